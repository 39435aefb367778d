// What the builtins that write whole files share.

#ifndef RUFF_HOST_FILE_WRITE_FILE_H_
#define RUFF_HOST_FILE_WRITE_FILE_H_

#include <string_view>

#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// The optional third argument of builtin `name`. False after making the call fail.
bool ReadOverwrite(NativeContext& context, std::string_view name, const Value* args, uint32_t count,
                   bool* overwrite);

// Writes `content` to the file `path` (a string); true, or Unset after making the call fail with
// `what` in front of what the system says.
Value WriteContent(NativeContext& context, Value path, std::string_view content, bool overwrite,
                   std::string_view what);
Value AppendContent(NativeContext& context, Value path, std::string_view content,
                    std::string_view what);

}  // namespace ruff

#endif  // RUFF_HOST_FILE_WRITE_FILE_H_
