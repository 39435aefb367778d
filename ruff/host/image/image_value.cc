#include "ruff/host/image/image_value.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/string.h"

namespace ruff {

Image::Image(Raster raster, std::string_view format) : raster_(std::move(raster)), format_(format) {
  Heap::Current()->ChargeForeign(static_cast<int64_t>(raster_.bytes.size()));
}

Image::~Image() { Heap::Current()->ChargeForeign(-static_cast<int64_t>(raster_.bytes.size())); }

std::string Image::Text() const {
  return absl::StrCat("<image ", raster_.width, "x", raster_.height, ">");
}

Value Image::Field(std::string_view name) const {
  if (name == "width") return Value::Int(raster_.width);
  if (name == "height") return Value::Int(raster_.height);
  if (name == "format") return Value::Heap(NewString(format_));
  return Value::Unset();
}

}  // namespace ruff
