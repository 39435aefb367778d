// What a plain (unquoted) scalar of YAML means: the core schema.

#ifndef RUFF_RUNTIME_BUILTINS_YAML_SCALAR_H_
#define RUFF_RUNTIME_BUILTINS_YAML_SCALAR_H_

#include <string_view>

#include "ruff/runtime/value/value.h"

namespace ruff {

enum class YamlKind { kNull, kBool, kInt, kFloat, kString };

// The kind of the plain scalar `text`, by its form alone.
YamlKind YamlKindOf(std::string_view text);

// The value of a scalar read as `kind`; Unset when it does not have that form or its int does not
// fit. An int read as a float is a float.
Value YamlScalar(std::string_view text, YamlKind kind);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_YAML_SCALAR_H_
