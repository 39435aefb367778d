// The tables of builtins of this folder.

#ifndef RUFF_DATABASE_FAMILIES_H_
#define RUFF_DATABASE_FAMILIES_H_

#include "absl/types/span.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

absl::Span<const NativeFunction> ConnectionBuiltins();
absl::Span<const NativeFunction> PoolBuiltins();

}  // namespace ruff

#endif  // RUFF_DATABASE_FAMILIES_H_
