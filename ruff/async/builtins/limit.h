// The concurrency limit that many builtins take.

#ifndef RUFF_ASYNC_BUILTINS_LIMIT_H_
#define RUFF_ASYNC_BUILTINS_LIMIT_H_

#include <cstdint>
#include <string_view>

#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// Reads a limit argument, clipped to 32 bits. False after making the call of builtin `name` fail.
bool ReadLimit(NativeContext& context, std::string_view name, Value argument, uint32_t* limit);

}  // namespace ruff

#endif  // RUFF_ASYNC_BUILTINS_LIMIT_H_
