// Pixels in memory, and what can be done with them.

#ifndef RUFF_HOST_IMAGE_RASTER_H_
#define RUFF_HOST_IMAGE_RASTER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ruff {

// The most pixels of an image.
inline constexpr uint64_t kMaxPixels = uint64_t{1} << 28;

// Rows from the top, pixels from the left, one byte per channel. The channels are grey, grey and
// alpha, RGB, or RGB and alpha. Never empty when it is an image.
struct Raster {
  uint32_t width = 0;
  uint32_t height = 0;
  uint32_t channels = 3;  // 1 to 4
  std::vector<uint8_t> bytes;

  Raster() = default;
  // Zeroed.
  Raster(uint32_t w, uint32_t h, uint32_t c)
      : width(w), height(h), channels(c), bytes(size_t{w} * h * c) {}

  bool has_alpha() const { return channels % 2 == 0; }
  bool is_grey() const { return channels < 3; }
  uint64_t pixels() const { return uint64_t{width} * height; }
  const uint8_t* at(uint32_t x, uint32_t y) const {
    return &bytes[(size_t{y} * width + x) * channels];
  }
  uint8_t* at(uint32_t x, uint32_t y) { return &bytes[(size_t{y} * width + x) * channels]; }
};

// The same picture with `channels` channels: alpha is dropped or opaque, colours become luma.
Raster WithChannels(const Raster& from, uint32_t channels);

// (2126 R + 7152 G + 722 B) / 10000.
uint8_t Luma(const uint8_t* rgb);

// Must lie inside.
Raster Crop(const Raster& from, uint32_t x, uint32_t y, uint32_t width, uint32_t height);
enum class Turn : uint8_t { k90, k180, k270, kMirrorHorizontal, kMirrorVertical };
// Rotations are clockwise.
Raster Turned(const Raster& from, Turn turn);
// Adds `delta` to the colours.
Raster Brightened(const Raster& from, int delta);
// Stretches all channels around the middle by ((100 + percent) / 100)².
Raster Contrasted(const Raster& from, float percent);

// resample.cc

// Lanczos with three lobes.
Raster Resized(const Raster& from, uint32_t width, uint32_t height);
// Gaussian; `sigma`, in pixels, is not negative.
Raster Blurred(const Raster& from, float sigma);
// The bytes that these need, with the result.
uint64_t ResizeBytes(const Raster& from, uint32_t width, uint32_t height);
uint64_t BlurBytes(const Raster& from, float sigma);

}  // namespace ruff

#endif  // RUFF_HOST_IMAGE_RASTER_H_
