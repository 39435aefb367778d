#include "testing/generator/decisions.h"

namespace ruff::generator {

size_t Decisions::Weighted(std::span<const int> weights) {
  uint64_t sum = 0;
  for (int weight : weights) sum += static_cast<uint64_t>(weight);
  uint64_t left = Below(sum);
  size_t index = 0;
  while (left >= static_cast<uint64_t>(weights[index])) {
    left -= static_cast<uint64_t>(weights[index]);
    ++index;
  }
  return index;
}

uint64_t SeededDecisions::Below(uint64_t bound) {
  state_ += 0x9e3779b97f4a7c15;
  uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  z ^= z >> 31;
  return static_cast<uint64_t>((static_cast<unsigned __int128>(z) * bound) >> 64);
}

uint64_t ByteDecisions::Below(uint64_t bound) {
  uint64_t value = 0;
  for (uint64_t range = bound - 1; range > 0 && !bytes_.empty(); range >>= 8) {
    value = (value << 8) | bytes_[0];
    bytes_ = bytes_.subspan(1);
  }
  return value % bound;
}

}  // namespace ruff::generator
