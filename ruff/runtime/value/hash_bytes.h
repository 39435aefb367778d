// The hashes of keys, members and names. They depend on a number drawn when the process starts, so
// that nobody can prepare keys that all fall into one place of a table. Nothing a program can see
// depends on a hash: dicts are in order of their keys, sets in order of insertion.

#ifndef RUFF_RUNTIME_VALUE_HASH_BYTES_H_
#define RUFF_RUNTIME_VALUE_HASH_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace ruff {

namespace internal {
extern uint64_t hash_seed;  // set before static objects are made, constant from then on
}  // namespace internal

// 64 x 64 -> 128 bit product folded to 64 bits: the mixing step of all hashes here.
inline uint64_t MixHash(uint64_t a, uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

// Hash of a byte string: 16 bytes a round, the last round over the final 16 bytes (overlapping) or
// over what a short string has.
inline uint64_t HashBytes(std::string_view bytes) {
  const uint64_t secret = 0xa0761d6478bd642fu ^ internal::hash_seed;
  constexpr uint64_t kB = 0xe7037ed1a0b428dbu;
  const auto load64 = [](const char* p) {
    uint64_t v;
    std::memcpy(&v, p, 8);
    return v;
  };
  const auto load32 = [](const char* p) {
    uint32_t v;
    std::memcpy(&v, p, 4);
    return uint64_t{v};
  };
  const char* p = bytes.data();
  const size_t n = bytes.size();
  uint64_t h = n * kB;
  if (n > 16) {
    const char* last = p + n - 16;
    for (; p < last; p += 16) h = MixHash(load64(p) ^ secret, load64(p + 8) ^ h);
    return MixHash(MixHash(load64(last) ^ secret, load64(last + 8) ^ h), kB);
  }
  uint64_t a = 0;
  uint64_t b = 0;
  if (n >= 8) {
    a = load64(p);
    b = load64(p + n - 8);
  } else if (n >= 4) {
    a = load32(p);
    b = load32(p + n - 4);
  } else if (n > 0) {
    const auto at = [p](size_t i) { return uint64_t{static_cast<uint8_t>(p[i])}; };
    a = at(0) << 16 | at(n / 2) << 8 | at(n - 1);
  }
  return MixHash(MixHash(a ^ secret, b ^ h), kB);
}

inline uint64_t HashInt(int64_t i) {
  return MixHash(static_cast<uint64_t>(i) ^ 0x9e3779b97f4a7c15u ^ internal::hash_seed,
                 0xd6e8feb86659fd93u);
}

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_HASH_BYTES_H_
