// PNG, JPEG, BMP and TGA, by stb_image. Each decoder takes its own format only.

#include <stb_image.h>
#include <stb_image_write.h>
#include <stb_limit.h>

#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "ruff/host/image/codec.h"

namespace ruff {
namespace {

constexpr int kJpegQuality = 75;
constexpr uint32_t kMaxSide = 65535;  // of JPEG and TGA
// stb_image_write counts in int, and packed rows can take more room than their bytes.
constexpr size_t kMaxPngBytes = size_t{1} << 29;
// At most: bits of BMP; the longest run of TGA in two bytes; bits of PNG, as deflate packs them;
// bits of JPEG, each for a block of a colour that has the fewest samples.
constexpr uint64_t kBmpPixels = 8;
constexpr uint64_t kTgaPixels = 64;
constexpr uint64_t kPngPixels = 8 * 1032;
constexpr uint64_t kJpegPixels = 8 * 64 * 16;
// Every scan of a JPEG goes over all pixels, however short it is.
constexpr int kMaxScans = 100;

constexpr std::string_view kDamaged = "the data is damaged";
constexpr std::string_view kPngMagic("\x89PNG\r\n\x1a\n");
constexpr std::string_view kJpegMagic("\xff\xd8");
constexpr std::string_view kJpegScan("\xff\xda");
constexpr std::string_view kBmpMagic("BM");

struct Freer {
  void operator()(void* p) const { free(p); }
};

// The largest block that a decoder may need: for samples of 16 bits and of a few pixels beyond the
// borders, and twice that, since it enlarges by doubling.
uint64_t MaxBlock(uint64_t file_size, uint64_t width, uint64_t height) {
  constexpr uint64_t kBytesOfPixel = 2 * 2 * 4;
  constexpr uint64_t kBeyond = 64;
  return 2 * file_size + kBytesOfPixel * (width + kBeyond) * (height + kBeyond);
}

// `pixels_of_byte`: see CheckImageSize.
std::string Decode(std::string_view content, uint64_t pixels_of_byte, Raster* image) {
  if (content.size() > INT_MAX) return "the file is too large";
  const auto* bytes = reinterpret_cast<const stbi_uc*>(content.data());
  const int size = static_cast<int>(content.size());
  int width = 0;
  int height = 0;
  int channels = 0;
  if (stbi_info_from_memory(bytes, size, &width, &height, &channels) == 0) {
    return std::string(kDamaged);
  }
  std::string error =
      CheckImageSize(static_cast<uint64_t>(width), static_cast<uint64_t>(height),
                     static_cast<uint32_t>(channels), content.size(), pixels_of_byte);
  if (!error.empty()) return error;
  stb_limit_allocation(
      MaxBlock(content.size(), static_cast<uint64_t>(width), static_cast<uint64_t>(height)));
  const std::unique_ptr<stbi_uc, Freer> pixels(
      stbi_load_from_memory(bytes, size, &width, &height, &channels, 0));
  if (pixels == nullptr) return std::string(kDamaged);
  *image = Raster(static_cast<uint32_t>(width), static_cast<uint32_t>(height),
                  static_cast<uint32_t>(channels));
  std::memcpy(image->bytes.data(), pixels.get(), image->bytes.size());
  return {};
}

void Append(void* content, void* data, int size) {
  static_cast<std::string*>(content)->append(static_cast<const char*>(data),
                                             static_cast<size_t>(size));
}

// What stb_image_write's functions say.
std::string Written(int result) { return result != 0 ? "" : "the image cannot be encoded"; }

bool IsTooLarge(const Raster& image) { return image.width > kMaxSide || image.height > kMaxSide; }

int Width(const Raster& image) { return static_cast<int>(image.width); }
int Height(const Raster& image) { return static_cast<int>(image.height); }
int Channels(const Raster& image) { return static_cast<int>(image.channels); }

}  // namespace

std::string DecodePng(std::string_view content, Raster* image) {
  return content.starts_with(kPngMagic) ? Decode(content, kPngPixels, image) : "not a PNG file";
}

std::string EncodePng(const Raster& image, std::string* content) {
  if (image.bytes.size() > kMaxPngBytes) return "the image is too large for PNG";
  return Written(stbi_write_png_to_func(Append, content, Width(image), Height(image),
                                        Channels(image), image.bytes.data(),
                                        Width(image) * Channels(image)));
}

std::string DecodeJpeg(std::string_view content, Raster* image) {
  if (!content.starts_with(kJpegMagic)) return "not a JPEG file";
  int scans = 0;
  for (size_t at = 0; (at = content.find(kJpegScan, at)) != std::string_view::npos; ++at) {
    if (++scans > kMaxScans) return "the file has too many scans";
  }
  return Decode(content, kJpegPixels, image);
}

std::string EncodeJpeg(const Raster& image, std::string* content) {
  if (IsTooLarge(image)) return "the image is too large for JPEG";
  return Written(stbi_write_jpg_to_func(Append, content, Width(image), Height(image),
                                        Channels(image), image.bytes.data(), kJpegQuality));
}

std::string DecodeBmp(std::string_view content, Raster* image) {
  return content.starts_with(kBmpMagic) ? Decode(content, kBmpPixels, image) : "not a BMP file";
}

std::string EncodeBmp(const Raster& image, std::string* content) {
  const Raster colour = WithChannels(image, image.has_alpha() ? 4 : 3);
  return Written(stbi_write_bmp_to_func(Append, content, Width(colour), Height(colour),
                                        Channels(colour), colour.bytes.data()));
}

std::string DecodeTga(std::string_view content, Raster* image) {
  // A TGA file begins with nothing special: it is what the others are not.
  for (const std::string_view magic : {kPngMagic, kJpegMagic, kBmpMagic}) {
    if (content.starts_with(magic)) return "not a TGA file";
  }
  return Decode(content, kTgaPixels, image);
}

std::string EncodeTga(const Raster& image, std::string* content) {
  if (IsTooLarge(image)) return "the image is too large for TGA";
  return Written(stbi_write_tga_to_func(Append, content, Width(image), Height(image),
                                        Channels(image), image.bytes.data()));
}

}  // namespace ruff
