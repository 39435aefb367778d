// The prelude as one engine sees it.

#ifndef RUFF_RUNTIME_ENGINE_LINKED_PRELUDE_H_
#define RUFF_RUNTIME_ENGINE_LINKED_PRELUDE_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "ruff/runtime/vm/link.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// Files are compiled once in a process. An engine links a file, which means a copy of its code,
// when one of the file's functions is first needed.
class LinkedPrelude {
 public:
  // The function behind `native`, a builtin of the kind kPrelude; borrowed.
  Function* Find(const NativeFunction* native);

  // Drops the functions; code stays.
  void ReleaseGlobals();

 private:
  LinkedModule* LinkFile(size_t file);

  std::vector<std::unique_ptr<LinkedModule>> files_;  // by position; null until linked
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_ENGINE_LINKED_PRELUDE_H_
