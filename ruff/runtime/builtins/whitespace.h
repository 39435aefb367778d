#ifndef RUFF_RUNTIME_BUILTINS_WHITESPACE_H_
#define RUFF_RUNTIME_BUILTINS_WHITESPACE_H_

#include <cstddef>
#include <string_view>

namespace ruff {

// Unicode White_Space.
bool IsWhitespace(char32_t character);

// Bytes of the whitespace character that valid UTF-8 `text` begins with; 0 when it begins with
// none.
size_t LeadingWhitespace(std::string_view text);

// `text` (valid UTF-8) without whitespace at its ends.
std::string_view TrimStart(std::string_view text);
std::string_view TrimEnd(std::string_view text);
inline std::string_view Trim(std::string_view text) { return TrimEnd(TrimStart(text)); }

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_WHITESPACE_H_
