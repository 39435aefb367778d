// The portable maps: P1 to P3 with numbers as text, P4 to P6 with bytes. Bits count as black.

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ruff/host/image/codec.h"

namespace ruff {
namespace {

constexpr std::string_view kTruncated = "unexpected end of data";
constexpr uint32_t kMaxSample = 65535;

// Reads white space, comments and numbers.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  // False when there is no number, or one above `max`.
  bool Number(uint32_t max, uint32_t* number) {
    SkipSpace();
    if (rest_.empty() || !absl::ascii_isdigit(rest_[0])) return false;
    uint64_t value = 0;
    while (!rest_.empty() && absl::ascii_isdigit(rest_[0]) && value <= max) {
      value = value * 10 + static_cast<uint64_t>(rest_[0] - '0');
      rest_.remove_prefix(1);
    }
    *number = static_cast<uint32_t>(value);
    return value <= max;
  }
  // A bit of P1, which needs no space around it.
  bool Bit(uint32_t* bit) {
    SkipSpace();
    if (rest_.empty() || (rest_[0] != '0' && rest_[0] != '1')) return false;
    *bit = static_cast<uint32_t>(rest_[0] - '0');
    rest_.remove_prefix(1);
    return true;
  }
  // The bytes after the one white space that ends a header.
  std::string_view Bytes() const { return rest_.substr(std::min<size_t>(1, rest_.size())); }

 private:
  void SkipSpace() {
    while (!rest_.empty()) {
      if (rest_[0] == '#') {
        rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
      } else if (absl::ascii_isspace(rest_[0])) {
        rest_.remove_prefix(1);
      } else {
        return;
      }
    }
  }
  std::string_view rest_;
};

uint8_t Scaled(uint32_t sample, uint32_t max) {
  return static_cast<uint8_t>((std::min(sample, max) * 255 + max / 2) / max);
}

std::string ReadBits(std::string_view bytes, Raster* image) {
  const size_t stride = (size_t{image->width} + 7) / 8;
  if (bytes.size() / stride < image->height) return std::string(kTruncated);
  for (uint32_t y = 0; y < image->height; ++y) {
    for (uint32_t x = 0; x < image->width; ++x) {
      const auto byte = static_cast<uint8_t>(bytes[y * stride + x / 8]);
      *image->at(x, y) = (byte >> (7 - x % 8) & 1) != 0 ? 0 : 255;
    }
  }
  return {};
}

std::string ReadSamples(std::string_view bytes, uint32_t max, Raster* image) {
  const size_t width = max > 255 ? 2 : 1;
  if (bytes.size() / width < image->bytes.size()) return std::string(kTruncated);
  for (size_t i = 0; i < image->bytes.size(); ++i) {
    uint32_t sample = static_cast<uint8_t>(bytes[i * width]);
    if (width == 2) sample = sample << 8 | static_cast<uint8_t>(bytes[i * width + 1]);
    image->bytes[i] = Scaled(sample, max);
  }
  return {};
}

void AppendHeader(char kind, const Raster& image, std::string* content) {
  absl::StrAppend(content, "P", std::string_view(&kind, 1), "\n", image.width, " ", image.height,
                  kind == '4' ? "\n" : "\n255\n");
}

void AppendBytes(const Raster& image, std::string* content) {
  content->append(reinterpret_cast<const char*>(image.bytes.data()), image.bytes.size());
}

}  // namespace

std::string DecodePnm(std::string_view content, Raster* image) {
  if (content.size() < 2 || content[0] != 'P' || content[1] < '1' || content[1] > '6') {
    return "not a PBM, PGM or PPM file";
  }
  const char kind = content[1];
  const bool is_bitmap = kind == '1' || kind == '4';
  const bool is_colour = kind == '3' || kind == '6';
  Scanner scanner(content.substr(2));
  uint32_t width;
  uint32_t height;
  uint32_t max = 1;
  if (!scanner.Number(UINT32_MAX - 1, &width) || !scanner.Number(UINT32_MAX - 1, &height) ||
      (!is_bitmap && (!scanner.Number(kMaxSample, &max) || max == 0))) {
    return "the header is invalid";
  }
  const uint32_t channels = is_colour ? 3 : 1;
  const uint64_t pixels_of_byte = kind == '4' ? 8 : 1;
  std::string error = CheckImageSize(width, height, channels, content.size(), pixels_of_byte);
  if (!error.empty()) return error;
  *image = Raster(width, height, channels);
  if (kind == '4') return ReadBits(scanner.Bytes(), image);
  if (kind > '4') return ReadSamples(scanner.Bytes(), max, image);
  for (uint8_t& byte : image->bytes) {
    uint32_t sample;
    if (is_bitmap ? !scanner.Bit(&sample) : !scanner.Number(kMaxSample, &sample)) {
      return std::string(kTruncated);
    }
    byte = is_bitmap ? (sample != 0 ? 0 : 255) : Scaled(sample, max);
  }
  return {};
}

std::string EncodePpm(const Raster& image, std::string* content) {
  AppendHeader('6', image, content);
  AppendBytes(WithChannels(image, 3), content);
  return {};
}

std::string EncodePgm(const Raster& image, std::string* content) {
  AppendHeader('5', image, content);
  AppendBytes(WithChannels(image, 1), content);
  return {};
}

std::string EncodePnm(const Raster& image, std::string* content) {
  return image.is_grey() ? EncodePgm(image, content) : EncodePpm(image, content);
}

std::string EncodePbm(const Raster& image, std::string* content) {
  const Raster grey = WithChannels(image, 1);
  AppendHeader('4', image, content);
  for (uint32_t y = 0; y < grey.height; ++y) {
    for (uint32_t x = 0; x < grey.width; x += 8) {
      int byte = 0;
      for (uint32_t bit = 0; bit < 8 && x + bit < grey.width; ++bit) {
        if (*grey.at(x + bit, y) < 128) byte |= 0x80 >> bit;
      }
      content->push_back(static_cast<char>(byte));
    }
  }
  return {};
}

}  // namespace ruff
