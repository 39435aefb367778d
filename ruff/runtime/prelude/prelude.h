#ifndef RUFF_RUNTIME_PRELUDE_PRELUDE_H_
#define RUFF_RUNTIME_PRELUDE_PRELUDE_H_

#include <string_view>

#include "absl/types/span.h"

namespace ruff {

// A Ruff source file inside the binary.
struct PreludeFile {
  std::string_view name;  // "array.ruff"
  std::string_view text;
};

// The files of this folder. Each declares functions only and uses nothing but builtins.
absl::Span<const PreludeFile> PreludeFiles();

}  // namespace ruff

#endif  // RUFF_RUNTIME_PRELUDE_PRELUDE_H_
