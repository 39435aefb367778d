// How far window operands reach.

#ifndef RUFF_LANG_BYTECODE_WINDOW_H_
#define RUFF_LANG_BYTECODE_WINDOW_H_

#include <cstdint>

#include "ruff/lang/bytecode/module.h"

namespace ruff {

// Number of registers, from R[a] on, that the instruction may read or write as its window; 0 for an
// opcode without one. `function` supplies the templates; a template out of its range counts as
// empty.
uint64_t WindowSize(Instruction instruction, const FunctionProto& function);

}  // namespace ruff

#endif  // RUFF_LANG_BYTECODE_WINDOW_H_
