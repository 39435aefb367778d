#include "ruff/base/unicode.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace ruff {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

// Sorted, disjoint, above ASCII.
constexpr Range kAlphanumeric[] = {
#include "ruff/base/unicode_alphanumeric.inc"
};

constexpr bool IsAsciiAlphanumeric(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}

}  // namespace

bool IsAlphanumeric(char32_t character) {
  if (character < 0x80) return IsAsciiAlphanumeric(character);
  const Range* range =
      std::lower_bound(std::begin(kAlphanumeric), std::end(kAlphanumeric), character,
                       [](const Range& range, char32_t value) { return range.last < value; });
  return range != std::end(kAlphanumeric) && range->first <= character;
}

}  // namespace ruff
