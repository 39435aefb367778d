// Many bytes of a string at a time: what JSON writes as it is, and what it does not.

#ifndef RUFF_RUNTIME_BUILTINS_JSON_SCAN_H_
#define RUFF_RUNTIME_BUILTINS_JSON_SCAN_H_

#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace ruff {

// True for the bytes that cannot stand for themselves in a JSON string: `"`, `\` and controls.
inline bool IsJsonSpecial(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

// The first special byte in [at, end), or `end`.
inline const char* SkipJsonPlain(const char* at, const char* end) {
#ifdef __SSE2__
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i plain = _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8(0x20)), bytes);
    const __m128i special = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                         _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    const int mask = (_mm_movemask_epi8(plain) ^ 0xffff) | _mm_movemask_epi8(special);
    if (mask != 0) return at + std::countr_zero(static_cast<uint32_t>(mask));
  }
#endif
  constexpr uint64_t kOnes = 0x0101010101010101;
  constexpr uint64_t kHigh = 0x8080808080808080;
  const auto zeros = [](uint64_t word) { return (word - kOnes) & ~word & kHigh; };
  while (end - at >= 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    const uint64_t control = (word - kOnes * 0x20) & ~word & kHigh;
    const uint64_t special =
        control | zeros(word ^ kOnes * uint64_t{'"'}) | zeros(word ^ kOnes * uint64_t{'\\'});
    // A borrow can only set marks above the first true one.
    if (special != 0) {
      if constexpr (std::endian::native == std::endian::little) {
        return at + std::countr_zero(special) / 8;
      }
      break;
    }
    at += 8;
  }
  while (at != end && !IsJsonSpecial(*at)) ++at;
  return at;
}

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_JSON_SCAN_H_
