#include "ruff/host/image/raster.h"

#include <algorithm>
#include <cstring>

namespace ruff {
namespace {

// Calls f(from, to) for every pixel of two pictures of the same size.
template <typename F>
void ForEachPixel(const Raster& from, Raster* to, F f) {
  const uint8_t* in = from.bytes.data();
  uint8_t* out = to->bytes.data();
  for (uint64_t i = from.pixels(); i > 0; --i) {
    f(in, out);
    in += from.channels;
    out += to->channels;
  }
}

}  // namespace

uint8_t Luma(const uint8_t* rgb) {
  return static_cast<uint8_t>((2126u * rgb[0] + 7152u * rgb[1] + 722u * rgb[2]) / 10000);
}

Raster WithChannels(const Raster& from, uint32_t channels) {
  if (channels == from.channels) return from;
  Raster to(from.width, from.height, channels);
  const uint32_t colours = to.is_grey() ? 1 : 3;
  ForEachPixel(from, &to, [&](const uint8_t* in, uint8_t* out) {
    if (from.is_grey()) {
      std::memset(out, in[0], colours);
    } else if (to.is_grey()) {
      out[0] = Luma(in);
    } else {
      std::memcpy(out, in, colours);
    }
    if (to.has_alpha()) out[colours] = from.has_alpha() ? in[from.channels - 1] : 255;
  });
  return to;
}

Raster Crop(const Raster& from, uint32_t x, uint32_t y, uint32_t width, uint32_t height) {
  Raster to(width, height, from.channels);
  for (uint32_t row = 0; row < height; ++row) {
    std::memcpy(to.at(0, row), from.at(x, y + row), size_t{width} * from.channels);
  }
  return to;
}

Raster Turned(const Raster& from, Turn turn) {
  const bool swaps = turn == Turn::k90 || turn == Turn::k270;
  Raster to(swaps ? from.height : from.width, swaps ? from.width : from.height, from.channels);
  for (uint32_t y = 0; y < from.height; ++y) {
    for (uint32_t x = 0; x < from.width; ++x) {
      const uint32_t right = from.width - 1 - x;
      const uint32_t below = from.height - 1 - y;
      uint8_t* place = turn == Turn::k90                 ? to.at(below, x)
                       : turn == Turn::k180              ? to.at(right, below)
                       : turn == Turn::k270              ? to.at(y, right)
                       : turn == Turn::kMirrorHorizontal ? to.at(right, y)
                                                         : to.at(x, below);
      std::memcpy(place, from.at(x, y), from.channels);
    }
  }
  return to;
}

Raster Brightened(const Raster& from, int delta) {
  delta = std::clamp(delta, -255, 255);
  Raster to(from.width, from.height, from.channels);
  const uint32_t colours = from.is_grey() ? 1 : 3;
  ForEachPixel(from, &to, [&](const uint8_t* in, uint8_t* out) {
    for (uint32_t c = 0; c < from.channels; ++c) {
      out[c] = c < colours ? static_cast<uint8_t>(std::clamp(in[c] + delta, 0, 255)) : in[c];
    }
  });
  return to;
}

Raster Contrasted(const Raster& from, float percent) {
  const float base = (100.0f + percent) / 100.0f;
  const float factor = base * base;
  uint8_t table[256];
  for (int v = 0; v < 256; ++v) {
    const float stretched = ((static_cast<float>(v) / 255.0f - 0.5f) * factor + 0.5f) * 255.0f;
    // Not a number where zero meets infinity: the darkest, as a conversion would have it.
    table[v] = stretched > 0 ? static_cast<uint8_t>(std::min(stretched, 255.0f)) : 0;
  }
  Raster to = from;
  for (uint8_t& byte : to.bytes) byte = table[byte];
  return to;
}

}  // namespace ruff
