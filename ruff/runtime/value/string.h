// Strings: immutable UTF-8 with a cached hash.
//
// A string knows whether it is ASCII (then code point = byte and indexing is O(1)); a long
// non-ASCII string that gets indexed carries a sparse index (one byte offset per 64 code points).
// Immutable means: nobody sees a string change. A string with one owner may grow in place
// (AppendString), which makes `s = s + t` amortised O(length of t).

#ifndef RUFF_RUNTIME_VALUE_STRING_H_
#define RUFF_RUNTIME_VALUE_STRING_H_

#include <cstdint>
#include <string_view>

#include "ruff/runtime/value/value.h"

namespace ruff {

struct String {
  enum Flag : uint8_t {
    kAscii = 1,     // every byte < 0x80
    kHasIndex = 2,  // a sparse code point index is kept beside the heap
    kInterned = 4,  // equal interned strings are one object
  };
  Object header;
  uint32_t hash;         // 0: not computed yet
  uint32_t size;         // bytes
  uint32_t capacity;     // bytes available in data
  uint32_t code_points;  // exact, always
  char data[];           // not NUL-terminated

  std::string_view view() const { return {data, size}; }
  bool ascii() const { return (header.flags & kAscii) != 0; }
};
static_assert(sizeof(String) == 24);

inline constexpr uint64_t kMaxStringBytes = 0xfffffff0;

// New string with a copy of `text`, which is valid UTF-8 of at most kMaxStringBytes.
String* NewString(std::string_view text);
// The single interned string equal to `text` (constants, dict keys, names). One reference is handed
// over.
String* InternString(std::string_view text);
// New string with room for `size` bytes, contents undefined; the caller fills data and then calls
// FinishString.
String* NewStringBuffer(size_t size);
void FinishString(String* s);  // computes flags and code_points from the bytes

// a + b. Consumes `a`: when it is its only owner the bytes are appended in place.
// Returns null when the result would exceed kMaxStringBytes (then `a` is still the caller's).
String* AppendString(String* owned_a, const String* b);

uint32_t HashString(String* s);  // cached, never 0
inline uint32_t StringHash(String* s) { return s->hash != 0 ? s->hash : HashString(s); }
bool StringsEqual(String* a, String* b);

// The code point at `index` (0 <= index < code_points) as a one-character string. One-character
// ASCII strings are shared.
String* StringAt(String* s, uint32_t index);
// Byte offset of code point `index` (0..code_points).
uint32_t StringOffset(String* s, uint32_t index);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_STRING_H_
