#ifndef RUFF_RUNTIME_BUILTINS_CASE_MAPPING_H_
#define RUFF_RUNTIME_BUILTINS_CASE_MAPPING_H_

#include <string>
#include <string_view>

namespace ruff {

// Full Unicode case mapping, without regard to language. One character may become several.

// Unicode property Uppercase.
bool IsUppercase(char32_t c);

void AppendUppercase(char32_t c, std::string* out);
// Without context: a capital sigma becomes the medial one.
void AppendLowercase(char32_t c, std::string* out);

// Appends all of `text` (valid UTF-8) in upper or lower case; a capital sigma at the end of a word
// becomes the final one.
void AppendUppercase(std::string_view text, std::string* out);
void AppendLowercase(std::string_view text, std::string* out);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_CASE_MAPPING_H_
