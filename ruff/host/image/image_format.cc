#include "ruff/host/image/image_format.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

constexpr ImageFormat kFormats[] = {
    {"png", DecodePng, EncodePng},    {"jpg", DecodeJpeg, EncodeJpeg},
    {"jpeg", DecodeJpeg, EncodeJpeg}, {"gif", DecodeGif, EncodeGif},
    {"bmp", DecodeBmp, EncodeBmp},    {"tga", DecodeTga, EncodeTga},
    {"qoi", DecodeQoi, EncodeQoi},    {"ppm", DecodePnm, EncodePpm},
    {"pgm", DecodePnm, EncodePgm},    {"pbm", DecodePnm, EncodePbm},
    {"pnm", DecodePnm, EncodePnm},    {"webp", DecodeWebp, EncodeWebp},
    {"tiff", DecodeTiff, EncodeTiff}, {"tif", DecodeTiff, EncodeTiff},
};

// "PNG" of "a/b.PNG"; empty when there is none. A dot in front makes no extension.
std::string_view ExtensionOf(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || name == "..") return {};
  return name.substr(dot + 1);
}

}  // namespace

const ImageFormat* FormatOf(std::string_view path, std::string* error) {
  const std::string_view extension = ExtensionOf(path);
  if (extension.empty()) {
    *error = "The image format could not be determined";
    return nullptr;
  }
  const std::string lower = absl::AsciiStrToLower(extension);
  for (const ImageFormat& format : kFormats) {
    if (format.extension == lower) return &format;
  }
  *error = absl::StrCat("The file extension `.\"", extension,
                        "\"` was not recognized as an image format");
  return nullptr;
}

std::string CheckImageSize(uint64_t width, uint64_t height, uint32_t channels) {
  if (width == 0 || height == 0) return "the image has no pixels";
  const bool fits = width <= kMaxPixels && height <= kMaxPixels / width &&
                    Heap::Current()->CanAllocate(width * height * channels);
  return fits ? std::string() : absl::StrCat("the image is too large (", width, " x ", height, ")");
}

std::string CheckImageSize(uint64_t width, uint64_t height, uint32_t channels, uint64_t file_size,
                           uint64_t pixels_of_byte) {
  std::string error = CheckImageSize(width, height, channels);
  const bool fits = !error.empty() || width * height / pixels_of_byte <= file_size;
  return fits ? error : "unexpected end of data";
}

}  // namespace ruff
