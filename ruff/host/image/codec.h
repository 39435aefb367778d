// Picture files as bytes and as pixels.

#ifndef RUFF_HOST_IMAGE_CODEC_H_
#define RUFF_HOST_IMAGE_CODEC_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "ruff/host/image/raster.h"

namespace ruff {

// These say what is wrong; empty when nothing is. The content may be anything.
using ImageDecoder = std::string (*)(std::string_view content, Raster* image);
using ImageEncoder = std::string (*)(const Raster& image, std::string* content);

// Is this a size that a decoder may make room for? Says why not.
std::string CheckImageSize(uint64_t width, uint64_t height, uint32_t channels);
// The same for a file of `file_size` bytes, each of which can stand for so many pixels at most: a
// small file makes no large picture.
std::string CheckImageSize(uint64_t width, uint64_t height, uint32_t channels, uint64_t file_size,
                           uint64_t pixels_of_byte);

#define RUFF_CODEC(name)                                             \
  std::string Decode##name(std::string_view content, Raster* image); \
  std::string Encode##name(const Raster& image, std::string* content);
RUFF_CODEC(Png)
RUFF_CODEC(Jpeg)
RUFF_CODEC(Bmp)
RUFF_CODEC(Tga)
RUFF_CODEC(Gif)
RUFF_CODEC(Webp)
RUFF_CODEC(Tiff)
RUFF_CODEC(Qoi)
#undef RUFF_CODEC

// PBM, PGM and PPM, plain or raw.
std::string DecodePnm(std::string_view content, Raster* image);
std::string EncodePbm(const Raster& image, std::string* content);
std::string EncodePgm(const Raster& image, std::string* content);
std::string EncodePpm(const Raster& image, std::string* content);
// PGM or PPM.
std::string EncodePnm(const Raster& image, std::string* content);

}  // namespace ruff

#endif  // RUFF_HOST_IMAGE_CODEC_H_
