#include "ruff/runtime/builtins/whitespace.h"

#include "ruff/base/utf8.h"

namespace ruff {

bool IsWhitespace(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

size_t LeadingWhitespace(std::string_view text) {
  if (text.empty() || !IsWhitespace(DecodeUtf8(text))) return 0;
  return static_cast<size_t>(Utf8Length(text[0]));
}

std::string_view TrimStart(std::string_view text) {
  while (const size_t length = LeadingWhitespace(text)) text.remove_prefix(length);
  return text;
}

std::string_view TrimEnd(std::string_view text) {
  while (!text.empty()) {
    size_t last = text.size() - 1;
    while (IsUtf8Continuation(text[last])) --last;
    if (!IsWhitespace(DecodeUtf8(text.substr(last)))) break;
    text.remove_suffix(text.size() - last);
  }
  return text;
}

}  // namespace ruff
