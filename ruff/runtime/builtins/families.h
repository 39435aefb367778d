#ifndef RUFF_RUNTIME_BUILTINS_FAMILIES_H_
#define RUFF_RUNTIME_BUILTINS_FAMILIES_H_

#include <string_view>

#include "absl/types/span.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

#define RUFF_FAMILY(name) absl::Span<const NativeFunction> name##Builtins();
#include "ruff/runtime/builtins/families.def"

// A builtin that is a number.
struct NativeConstant {
  std::string_view name;
  double value;
  std::string_view doc;
};
absl::Span<const NativeConstant> MathConstants();

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_FAMILIES_H_
