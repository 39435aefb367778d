// TOML 1.0 as text and as values.

#ifndef RUFF_RUNTIME_BUILTINS_TOML_H_
#define RUFF_RUNTIME_BUILTINS_TOML_H_

#include <string>
#include <string_view>

#include "ruff/runtime/builtins/bounded_text.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// The dict that `text` (valid UTF-8) says; Unset, with the message in `*error`, when it is not TOML
// or does not fit into memory.
Value ParseToml(std::string_view text, std::string* error);

// Appends the TOML of `value`; false, with the message in `*error`, when it has none or becomes too
// large (then `out->failed()` and no message).
bool WriteToml(Value value, BoundedText* out, std::string* error);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_TOML_H_
