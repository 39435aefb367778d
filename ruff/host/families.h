#ifndef RUFF_HOST_FAMILIES_H_
#define RUFF_HOST_FAMILIES_H_

#include "absl/types/span.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

#define RUFF_FAMILY(name) absl::Span<const NativeFunction> name##Builtins();
#include "ruff/host/families.def"

}  // namespace ruff

#endif  // RUFF_HOST_FAMILIES_H_
