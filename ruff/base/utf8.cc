#include "ruff/base/utf8.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace ruff {
namespace {

constexpr uint64_t kHighBits = 0x8080808080808080;

uint64_t LoadWord(const char* p) {
  uint64_t word;
  std::memcpy(&word, p, sizeof(word));
  return word;
}

// Length of the valid multi-byte character at `p`, of which `left` bytes may be read; else 0.
size_t ValidSequence(const char* p, size_t left) {
  const auto lead = static_cast<uint8_t>(p[0]);
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const size_t length = Utf8Length(p[0]);
  if (left < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if (!IsUtf8Continuation(p[i])) return 0;
  }
  const auto second = static_cast<uint8_t>(p[1]);
  if (lead == 0xE0 && second < 0xA0) return 0;  // overlong
  if (lead == 0xED && second > 0x9F) return 0;  // surrogate
  if (lead == 0xF0 && second < 0x90) return 0;  // overlong
  if (lead == 0xF4 && second > 0x8F) return 0;  // above U+10FFFF
  return length;
}

}  // namespace

size_t FindInvalidUtf8(std::string_view text) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const char* p = begin;
  while (p < end) {
    if (static_cast<size_t>(end - p) >= 8 && (LoadWord(p) & kHighBits) == 0) {
      p += 8;
    } else if (static_cast<uint8_t>(*p) < 0x80) {
      ++p;
    } else {
      const size_t length = ValidSequence(p, end - p);
      if (length == 0) break;
      p += length;
    }
  }
  return p - begin;
}

char32_t DecodeUtf8(std::string_view text) {
  const auto byte = [&text](size_t i) { return static_cast<uint8_t>(text[i]); };
  const auto tail = [&byte](size_t i) { return static_cast<char32_t>(byte(i) & 0x3F); };
  switch (Utf8Length(text[0])) {
    case 1:
      return byte(0);
    case 2:
      return (byte(0) & 0x1Fu) << 6 | tail(1);
    case 3:
      return (byte(0) & 0x0Fu) << 12 | tail(1) << 6 | tail(2);
    default:
      return (byte(0) & 0x07u) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3);
  }
}

void AppendUtf8(char32_t character, std::string* out) {
  const auto tail = [character](int shift) {
    return static_cast<char>(0x80 | (character >> shift & 0x3F));
  };
  if (character < 0x80) {
    *out += static_cast<char>(character);
  } else if (character < 0x800) {
    *out += static_cast<char>(0xC0 | character >> 6);
    *out += tail(0);
  } else if (character < 0x10000) {
    *out += static_cast<char>(0xE0 | character >> 12);
    *out += tail(6);
    *out += tail(0);
  } else {
    *out += static_cast<char>(0xF0 | character >> 18);
    *out += tail(12);
    *out += tail(6);
    *out += tail(0);
  }
}

size_t CountCharacters(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  size_t count = 0;
  while (end - at >= 8) {
    // Eight counters of a byte, summed up before one of them can overflow.
    const char* const stop = at + std::min<ptrdiff_t>((end - at) / 8, 255) * 8;
    uint64_t counters = 0;
    for (; at != stop; at += 8) {
      const uint64_t word = LoadWord(at);
      counters += (~word >> 7 | word >> 6) & 0x0101010101010101;
    }
    constexpr uint64_t kEven = 0x00ff00ff00ff00ff;
    count += ((counters & kEven) + (counters >> 8 & kEven)) * 0x0001000100010001 >> 48;
  }
  for (; at != end; ++at) count += !IsUtf8Continuation(*at);
  return count;
}

size_t SkipCharacters(std::string_view text, size_t count) {
  size_t offset = 0;
  while (offset < text.size()) {
    if (count >= 8 && text.size() - offset >= 8 &&
        (LoadWord(text.data() + offset) & kHighBits) == 0) {
      offset += 8;
      count -= 8;
    } else if (count > 0) {
      offset += Utf8Length(text[offset]);
      --count;
    } else {
      break;
    }
  }
  return offset;
}

}  // namespace ruff
