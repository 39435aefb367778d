// The tables of builtins of this folder.

#ifndef RUFF_ASYNC_BUILTINS_FAMILIES_H_
#define RUFF_ASYNC_BUILTINS_FAMILIES_H_

#include "absl/types/span.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

absl::Span<const NativeFunction> PromiseBuiltins();
absl::Span<const NativeFunction> TaskBuiltins();
absl::Span<const NativeFunction> ParallelBuiltins();
absl::Span<const NativeFunction> ChannelBuiltins();
absl::Span<const NativeFunction> SharedBuiltins();
absl::Span<const NativeFunction> FileBuiltins();
absl::Span<const NativeFunction> SsgBuiltins();

}  // namespace ruff

#endif  // RUFF_ASYNC_BUILTINS_FAMILIES_H_
