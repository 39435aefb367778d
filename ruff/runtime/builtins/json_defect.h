// JSON as RFC 8259 says, and what is wrong with a text that is none.

#ifndef RUFF_RUNTIME_BUILTINS_JSON_DEFECT_H_
#define RUFF_RUNTIME_BUILTINS_JSON_DEFECT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace ruff {

// How the message for a text that is no JSON begins.
inline constexpr std::string_view kJsonDefectStart = "JSON parse error: ";

// The message for the first thing wrong with `text` (valid UTF-8); empty when it is JSON whose
// arrays and objects stand in at most `max_depth` others and whose numbers are finite.
std::string FindJsonDefect(std::string_view text, size_t max_depth);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_JSON_DEFECT_H_
