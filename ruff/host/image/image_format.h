// Formats by the extensions of files.

#ifndef RUFF_HOST_IMAGE_IMAGE_FORMAT_H_
#define RUFF_HOST_IMAGE_IMAGE_FORMAT_H_

#include <string>
#include <string_view>

#include "ruff/host/image/codec.h"

namespace ruff {

struct ImageFormat {
  std::string_view extension;  // in lower case
  ImageDecoder decode;
  ImageEncoder encode;
};

// The format that the name of the file `path` says; null with `*error` when it says none.
const ImageFormat* FormatOf(std::string_view path, std::string* error);

}  // namespace ruff

#endif  // RUFF_HOST_IMAGE_IMAGE_FORMAT_H_
