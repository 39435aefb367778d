// What a bare word of TOML (a number, a date, true …) means.

#ifndef RUFF_RUNTIME_BUILTINS_TOML_SCALAR_H_
#define RUFF_RUNTIME_BUILTINS_TOML_SCALAR_H_

#include <string_view>

#include "ruff/runtime/value/value.h"

namespace ruff {

// The value of `word`, which contains no whitespace except the space between a date and a time. A
// date or time is a string in RFC 3339 form. Unset, with the reason in `*problem`, for anything
// else.
Value TomlScalar(std::string_view word, std::string_view* problem);

// Does `word` begin like a date, so that a space and a time may follow?
bool IsTomlDate(std::string_view word);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_TOML_SCALAR_H_
