// Helpers of the compiler's tests.

#ifndef RUFF_LANG_COMPILE_COMPILE_TEXT_H_
#define RUFF_LANG_COMPILE_COMPILE_TEXT_H_

#include <memory>
#include <string>

#include "ruff/lang/bytecode/module.h"
#include "ruff/lang/compile/compile.h"

namespace ruff {

struct Compiled {
  std::unique_ptr<Module> module;  // verified; null on errors
  std::string error;  // "LINE:COLUMN MESSAGE" of the first one, or the verifier's complaint
};

// Lexes, parses, compiles and verifies `text`.
Compiled CompileText(std::string text, const CompileOptions& options = {});

// The code of function `index`: one instruction a line, without positions and comments; or the
// error.
std::string CodeOf(std::string text, uint32_t index = 0, const CompileOptions& options = {});

}  // namespace ruff

#endif  // RUFF_LANG_COMPILE_COMPILE_TEXT_H_
