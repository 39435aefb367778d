#include "ruff/runtime/builtins/random_source.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <random>

namespace ruff {
namespace {

void QuarterRound(uint32_t* s, int a, int b, int c, int d) {
  s[a] += s[b];
  s[d] = std::rotl(s[d] ^ s[a], 16);
  s[c] += s[d];
  s[b] = std::rotl(s[b] ^ s[c], 12);
  s[a] += s[b];
  s[d] = std::rotl(s[d] ^ s[a], 8);
  s[c] += s[d];
  s[b] = std::rotl(s[b] ^ s[c], 7);
}

}  // namespace

RandomStream::RandomStream(uint64_t seed) {
  for (uint32_t& word : key_) {
    seed = seed * 6364136223846793005u + 11634580027462260723u;
    const auto x = static_cast<uint32_t>(((seed >> 18) ^ seed) >> 27);
    word = std::rotr(x, static_cast<int>(seed >> 59));
  }
}

RandomStream::RandomStream(const uint32_t key[8]) { std::copy(key, key + 8, key_); }

void RandomStream::MakeBlock() {
  uint32_t state[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
  std::copy(key_, key_ + 8, state + 4);
  state[12] = static_cast<uint32_t>(counter_);
  state[13] = static_cast<uint32_t>(counter_ >> 32);
  std::copy(state, state + 16, block_);
  for (int round = 0; round < 12; round += 2) {
    for (int i = 0; i < 4; ++i) QuarterRound(block_, i, 4 + i, 8 + i, 12 + i);
    for (int i = 0; i < 4; ++i) {
      QuarterRound(block_, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
    }
  }
  for (int i = 0; i < 16; ++i) block_[i] += state[i];
  ++counter_;
  used_ = 0;
}

uint64_t RandomStream::Next() {
  // Words are taken in pairs and a block holds eight of them.
  if (used_ == 16) MakeBlock();
  const uint64_t low = block_[used_];
  const uint64_t high = block_[used_ + 1];
  used_ += 2;
  return high << 32 | low;
}

double RandomFloat(RandomStream& stream) {
  return static_cast<double>(stream.Next() >> 11) * 0x1p-53;
}

int64_t RandomInt(RandomStream& stream, int64_t low, int64_t high) {
  const uint64_t range = static_cast<uint64_t>(high) - static_cast<uint64_t>(low) + 1;
  if (range == 0) return static_cast<int64_t>(stream.Next());
  // Draws above `zone` would make some results likelier than others.
  const uint64_t zone = (range << std::countl_zero(range)) - 1;
  while (true) {
    const auto product = static_cast<unsigned __int128>(stream.Next()) * range;
    if (static_cast<uint64_t>(product) <= zone) {
      return static_cast<int64_t>(static_cast<uint64_t>(low) +
                                  static_cast<uint64_t>(product >> 64));
    }
  }
}

void FillWithEntropy(void* bytes, size_t size) {
  std::random_device device;
  auto* out = static_cast<char*>(bytes);
  while (size > 0) {
    const unsigned word = device();
    const size_t part = std::min(size, sizeof word);
    std::memcpy(out, &word, part);
    out += part;
    size -= part;
  }
}

}  // namespace ruff
