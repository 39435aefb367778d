// All builtins by name. The families of this folder are in from the start; other rooms add theirs
// before the first VM is made.

#ifndef RUFF_RUNTIME_BUILTINS_REGISTRY_H_
#define RUFF_RUNTIME_BUILTINS_REGISTRY_H_

#include <string_view>

#include "absl/types/span.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// Who looks a name up: programs do not see the helpers of the prelude.
enum class NativeScope { kProgram, kPrelude };

// The row of a builtin function; null when there is none. An alias is a row of its own.
const NativeFunction* FindNative(std::string_view name, NativeScope scope = NativeScope::kProgram);

// The value that a name means before the program binds it: a builtin function, a constant such as
// PI, or Unset. Needs no release.
Value FindBuiltin(std::string_view name, NativeScope scope = NativeScope::kProgram);

// Every row, in the order of the families.
absl::Span<const NativeFunction* const> AllNatives();

// Adds a table, which must live as long as the process. The names are new. Not thread-safe.
void AddNatives(absl::Span<const NativeFunction> table);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_REGISTRY_H_
