// Resampling in two passes, columns first and then rows. Every pixel of the result is a weighted
// sum of the pixels around the place where it lies in the source. When shrinking, the window grows
// with the step, so nothing of the source is skipped.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ruff/host/image/raster.h"

namespace ruff {
namespace {

struct Kernel {
  float reach;  // the weight is 0 farther out
  float (*weight)(float distance, float parameter);
  float parameter = 0;
};

float Sinc(float t) {
  if (t == 0) return 1;
  const float a = t * std::numbers::pi_v<float>;
  return std::sin(a) / a;
}

float Lanczos3(float distance, float) {
  return std::fabs(distance) < 3 ? Sinc(distance) * Sinc(distance / 3) : 0;
}

float Gaussian(float distance, float sigma) {
  return std::exp(-(distance * distance) / (2 * sigma * sigma));
}

// What one line of the result takes from the source: `weights` from `first` on, in sum 1.
struct Window {
  uint32_t first = 0;
  std::vector<float> weights;
};

Window WindowAt(uint32_t position, uint32_t from_size, uint32_t to_size, const Kernel& kernel) {
  const float step = static_cast<float>(from_size) / static_cast<float>(to_size);
  const float scale = std::max(step, 1.0f);
  const float reach = kernel.reach * scale;
  const float centre = (static_cast<float>(position) + 0.5f) * step;
  const float last = static_cast<float>(from_size);
  Window window;
  window.first = static_cast<uint32_t>(std::clamp(std::floor(centre - reach), 0.0f, last - 1));
  const float end =
      std::clamp(std::ceil(centre + reach), static_cast<float>(window.first) + 1, last);
  const auto count = static_cast<uint32_t>(end) - window.first;
  float sum = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const float at = static_cast<float>(window.first + i) - (centre - 0.5f);
    window.weights.push_back(kernel.weight(at / scale, kernel.parameter));
    sum += window.weights.back();
  }
  for (float& weight : window.weights) weight /= sum;
  return window;
}

uint8_t ToByte(float value) {
  return static_cast<uint8_t>(std::clamp(std::round(value), 0.0f, 255.0f));
}

Raster Resample(const Raster& from, uint32_t width, uint32_t height, const Kernel& kernel) {
  const uint32_t channels = from.channels;
  std::vector<Window> columns;
  columns.reserve(width);
  for (uint32_t x = 0; x < width; ++x) columns.push_back(WindowAt(x, from.width, width, kernel));
  Raster to(width, height, channels);
  std::vector<float> row(size_t{from.width} * channels);
  for (uint32_t y = 0; y < height; ++y) {
    const Window window = WindowAt(y, from.height, height, kernel);
    std::fill(row.begin(), row.end(), 0.0f);
    for (uint32_t i = 0; i < window.weights.size(); ++i) {
      const uint8_t* source = from.at(0, window.first + i);
      for (size_t k = 0; k < row.size(); ++k) row[k] += window.weights[i] * source[k];
    }
    for (uint32_t x = 0; x < width; ++x) {
      const Window& column = columns[x];
      uint8_t* pixel = to.at(x, y);
      for (uint32_t c = 0; c < channels; ++c) {
        float sum = 0;
        for (uint32_t i = 0; i < column.weights.size(); ++i) {
          sum += column.weights[i] * row[size_t{column.first + i} * channels + c];
        }
        pixel[c] = ToByte(sum);
      }
    }
  }
  return to;
}

constexpr float kLeastSigma = 0.001f;

Kernel LanczosKernel() { return {.reach = 3, .weight = Lanczos3}; }
Kernel GaussianKernel(float sigma) {
  return {.reach = 2 * sigma, .weight = Gaussian, .parameter = sigma};
}

uint64_t ResampleBytes(const Raster& from, uint32_t width, uint32_t height, const Kernel& kernel) {
  const double scale = std::max(1.0, static_cast<double>(from.width) / width);
  const double weights = std::min<double>(from.width, 2 * kernel.reach * scale + 2);
  return (uint64_t{width} * height + sizeof(float) * from.width) * from.channels +
         width * (static_cast<uint64_t>(weights) * sizeof(float) * 2 + sizeof(Window));
}

}  // namespace

Raster Resized(const Raster& from, uint32_t width, uint32_t height) {
  if (width == from.width && height == from.height) return from;
  return Resample(from, width, height, LanczosKernel());
}

Raster Blurred(const Raster& from, float sigma) {
  if (sigma < kLeastSigma) return from;
  return Resample(from, from.width, from.height, GaussianKernel(sigma));
}

uint64_t ResizeBytes(const Raster& from, uint32_t width, uint32_t height) {
  return ResampleBytes(from, width, height, LanczosKernel());
}

uint64_t BlurBytes(const Raster& from, float sigma) {
  return ResampleBytes(from, from.width, from.height, GaussianKernel(sigma));
}

}  // namespace ruff
