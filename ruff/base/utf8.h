#ifndef RUFF_BASE_UTF8_H_
#define RUFF_BASE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ruff {

// UTF-8 as the standard defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
// "Character" below means one Unicode scalar value.

// True for the second and later bytes of a multi-byte character.
constexpr bool IsUtf8Continuation(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) == 0x80; }

// Offset of the first byte that is not part of valid UTF-8; `text.size()` when all is valid.
size_t FindInvalidUtf8(std::string_view text);

inline bool IsValidUtf8(std::string_view text) { return FindInvalidUtf8(text) == text.size(); }

// Length in bytes (1 to 4) of the valid character whose first byte is `lead`.
constexpr int Utf8Length(char lead) {
  const auto byte = static_cast<uint8_t>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// The character at `text[0]`. `text` must be valid UTF-8 and not empty.
char32_t DecodeUtf8(std::string_view text);

// Appends `character` (a scalar value).
void AppendUtf8(char32_t character, std::string* out);

// Number of characters in valid `text`.
size_t CountCharacters(std::string_view text);

// Byte offset of the character number `count` (from 0); `text.size()` if there are not so many.
size_t SkipCharacters(std::string_view text, size_t count);

}  // namespace ruff

#endif  // RUFF_BASE_UTF8_H_
