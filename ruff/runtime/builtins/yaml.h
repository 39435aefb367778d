// YAML 1.2 (core schema) as text and as values.

#ifndef RUFF_RUNTIME_BUILTINS_YAML_H_
#define RUFF_RUNTIME_BUILTINS_YAML_H_

#include <string>
#include <string_view>

#include "ruff/runtime/builtins/bounded_text.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// The value of the one document in `text` (valid UTF-8); Unset, with the message in `*error`, when
// it is not YAML, nests deeper than 500 collections, or its aliases stand for an unreasonable
// number of nodes.
Value ParseYaml(std::string_view text, std::string* error);

// Appends the YAML of `value`; false, with the message in `*error`, when it has none or becomes too
// large (then `out->failed()` and no message).
bool WriteYaml(Value value, BoundedText* out, std::string* error);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_YAML_H_
