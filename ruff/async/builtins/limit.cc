#include "ruff/async/builtins/limit.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace ruff {

bool ReadLimit(NativeContext& context, std::string_view name, Value argument, uint32_t* limit) {
  if (!argument.IsInt()) {
    context.Fail(absl::StrCat(name, "() optional concurrency_limit must be an integer"));
    return false;
  }
  if (argument.i <= 0) {
    context.Fail(absl::StrCat(name, "() concurrency_limit must be > 0, got ", argument.i));
    return false;
  }
  *limit = static_cast<uint32_t>(std::min<int64_t>(argument.i, UINT32_MAX));
  return true;
}

}  // namespace ruff
