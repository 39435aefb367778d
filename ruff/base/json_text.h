#ifndef RUFF_BASE_JSON_TEXT_H_
#define RUFF_BASE_JSON_TEXT_H_

#include <string>
#include <string_view>

namespace ruff {

// Appends `text` as a JSON string with its quotes. Only what JSON demands is escaped: quote,
// backslash and control characters; other characters stay as they are.
void AppendJsonString(std::string_view text, std::string* out);

}  // namespace ruff

#endif  // RUFF_BASE_JSON_TEXT_H_
