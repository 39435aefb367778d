// Images as values of programs.

#ifndef RUFF_HOST_IMAGE_IMAGE_VALUE_H_
#define RUFF_HOST_IMAGE_IMAGE_VALUE_H_

#include <string>
#include <string_view>

#include "ruff/host/image/raster.h"
#include "ruff/runtime/value/handle.h"

namespace ruff {

// Never changes: transformations make new ones. Its memory counts for the heap it was made on.
class Image : public HandleState {
 public:
  static constexpr std::string_view kType = "image";

  // `format`, the extension that it was loaded from, lives for ever.
  Image(Raster raster, std::string_view format);
  ~Image() override;
  std::string_view type() const override { return kType; }
  std::string_view title() const override { return "Image"; }
  std::string Text() const override;
  Value Field(std::string_view name) const override;

  const Raster& raster() const { return raster_; }
  std::string_view format() const { return format_; }

 private:
  const Raster raster_;
  const std::string_view format_;
};

}  // namespace ruff

#endif  // RUFF_HOST_IMAGE_IMAGE_VALUE_H_
