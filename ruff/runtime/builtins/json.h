// JSON as text and as values.

#ifndef RUFF_RUNTIME_BUILTINS_JSON_H_
#define RUFF_RUNTIME_BUILTINS_JSON_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "ruff/runtime/builtins/bounded_text.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

inline constexpr size_t kDefaultJsonDepth = 10'000;  // arrays and objects within each other

// The value that `text` (valid UTF-8) says; Unset, with the message in `*error`, when it is not
// JSON, is nested deeper than `max_depth` or does not fit into memory.
Value ParseJson(std::string_view text, std::string* error, size_t max_depth = kDefaultJsonDepth);

// A message of ParseJson without its beginning, for a sentence that says itself what was read.
std::string_view JsonReason(std::string_view message);

enum class JsonLayout { kCompact, kPretty };

// Appends the JSON of `value`; false, with the message in `*error`, when it has none, is nested
// deeper than `max_depth` or becomes too large (then `out->failed()` and no message).
bool WriteJson(Value value, JsonLayout layout, BoundedText* out, std::string* error,
               size_t max_depth = kDefaultJsonDepth);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_JSON_H_
