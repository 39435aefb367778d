// QOI ("Quite OK Image"), version 1.0 of its specification: each pixel is told by its difference to
// the one before or by a place among 64 pixels seen lately.

#include <array>
#include <cstring>

#include "ruff/host/image/codec.h"

namespace ruff {
namespace {

constexpr std::string_view kMagic = "qoif";
constexpr size_t kHeaderBytes = 14;
constexpr std::string_view kEnd("\0\0\0\0\0\0\0\1", 8);

constexpr uint8_t kRgb = 0xfe;
constexpr uint8_t kRgba = 0xff;
// The upper two bits of the others.
constexpr uint8_t kIndex = 0x00;
constexpr uint8_t kDiff = 0x40;
constexpr uint8_t kLuma = 0x80;
constexpr uint8_t kRun = 0xc0;
constexpr uint8_t kTag = 0xc0;
constexpr int kMaxRun = 62;  // pixels of one byte

using Pixel = std::array<uint8_t, 4>;

size_t PlaceOf(const Pixel& p) { return (p[0] * 3u + p[1] * 5u + p[2] * 7u + p[3] * 11u) % 64; }

uint32_t ReadSize(std::string_view content, size_t at) {
  uint32_t size = 0;
  for (size_t i = 0; i < 4; ++i) size = size << 8 | static_cast<uint8_t>(content[at + i]);
  return size;
}

void AppendSize(uint32_t size, std::string* content) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    content->push_back(static_cast<char>(size >> shift));
  }
}

}  // namespace

std::string DecodeQoi(std::string_view content, Raster* image) {
  if (content.size() < kHeaderBytes || !content.starts_with(kMagic)) return "not a QOI file";
  const uint32_t width = ReadSize(content, 4);
  const uint32_t height = ReadSize(content, 8);
  const auto channels = static_cast<uint8_t>(content[12]);
  if (channels != 3 && channels != 4) return "the number of channels is invalid";
  std::string error = CheckImageSize(width, height, channels, content.size(), kMaxRun);
  if (!error.empty()) return error;
  *image = Raster(width, height, channels);
  std::array<Pixel, 64> seen{};
  Pixel pixel = {0, 0, 0, 255};
  int run = 0;
  size_t at = kHeaderBytes;
  for (uint8_t* out = image->bytes.data(); out < image->bytes.data() + image->bytes.size();
       out += channels) {
    if (run > 0) {
      --run;
      std::memcpy(out, pixel.data(), channels);
      continue;
    }
    if (at >= content.size()) return "unexpected end of data";
    const auto byte = static_cast<uint8_t>(content[at++]);
    const auto operand = static_cast<uint8_t>(byte & ~kTag);
    if (byte == kRgb || byte == kRgba) {
      const size_t count = byte == kRgb ? 3 : 4;
      if (content.size() - at < count) return "unexpected end of data";
      std::memcpy(pixel.data(), content.data() + at, count);
      at += count;
    } else if ((byte & kTag) == kIndex) {
      pixel = seen[operand];
    } else if ((byte & kTag) == kDiff) {
      pixel[0] = static_cast<uint8_t>(pixel[0] + (operand >> 4) - 2);
      pixel[1] = static_cast<uint8_t>(pixel[1] + (operand >> 2 & 3) - 2);
      pixel[2] = static_cast<uint8_t>(pixel[2] + (operand & 3) - 2);
    } else if ((byte & kTag) == kLuma) {
      if (at >= content.size()) return "unexpected end of data";
      const auto rest = static_cast<uint8_t>(content[at++]);
      const int green = operand - 32;
      pixel[0] = static_cast<uint8_t>(pixel[0] + green - 8 + (rest >> 4));
      pixel[1] = static_cast<uint8_t>(pixel[1] + green);
      pixel[2] = static_cast<uint8_t>(pixel[2] + green - 8 + (rest & 15));
    } else {
      run = operand;
    }
    seen[PlaceOf(pixel)] = pixel;
    std::memcpy(out, pixel.data(), channels);
  }
  return {};
}

std::string EncodeQoi(const Raster& image, std::string* content) {
  const Raster colour = WithChannels(image, image.has_alpha() ? 4 : 3);
  content->append(kMagic);
  AppendSize(colour.width, content);
  AppendSize(colour.height, content);
  content->push_back(static_cast<char>(colour.channels));
  content->push_back(0);  // sRGB
  const auto put = [&](int byte) { content->push_back(static_cast<char>(byte)); };
  std::array<Pixel, 64> seen{};
  Pixel before = {0, 0, 0, 255};
  int run = 0;
  const auto end_run = [&] {
    if (run > 0) put(kRun | (run - 1));
    run = 0;
  };
  const uint8_t* in = colour.bytes.data();
  for (uint64_t i = colour.pixels(); i > 0; --i, in += colour.channels) {
    Pixel pixel = before;
    std::memcpy(pixel.data(), in, colour.channels);
    if (pixel == before) {
      if (++run == kMaxRun) end_run();
      continue;
    }
    end_run();
    const size_t place = PlaceOf(pixel);
    if (seen[place] == pixel) {
      put(kIndex | static_cast<int>(place));
    } else if (seen[place] = pixel; pixel[3] != before[3]) {
      put(kRgba);
      content->append(reinterpret_cast<const char*>(pixel.data()), 4);
    } else {
      const auto red = static_cast<int8_t>(pixel[0] - before[0]);
      const auto green = static_cast<int8_t>(pixel[1] - before[1]);
      const auto blue = static_cast<int8_t>(pixel[2] - before[2]);
      const auto fits = [](int value, int half) { return value >= -half && value < half; };
      if (fits(red, 2) && fits(green, 2) && fits(blue, 2)) {
        put(kDiff | (red + 2) << 4 | (green + 2) << 2 | (blue + 2));
      } else if (fits(green, 32) && fits(red - green, 8) && fits(blue - green, 8)) {
        put(kLuma | (green + 32));
        put((red - green + 8) << 4 | (blue - green + 8));
      } else {
        put(kRgb);
        content->append(reinterpret_cast<const char*>(pixel.data()), 3);
      }
    }
    before = pixel;
  }
  end_run();
  content->append(kEnd);
  return {};
}

}  // namespace ruff
