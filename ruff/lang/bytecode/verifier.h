// Decides whether a module may be run.
//
// The VM trusts its code: it indexes registers, constants and tables without looking. So every
// index, every jump and every window is checked here once, in time linear in the size of the
// module, and whatever the compiler emits passes.
//
// What is checked
//   instructions  known opcodes, unused operands 0, operand words where the format has them
//   registers     within the frame, also whole windows, place roots and index registers
//   indices       constants (of the right kind), slots, captures, functions, paths, templates
//   jumps         to the start of an instruction; backwards only by instructions that use fuel, so
//   that a budget
//                 ends every loop; the last instruction does not fall off the end
//   handlers      ranges made of whole instructions, forwards to an instruction behind them
//   sequences     RangePrep, ForPrep and ForNext of one loop; CallMethod and NewStruct with what
//   they skip functions     parameters fit the frame; captures exist wherever a closure is made;
//   Yield only in generators pools         valid UTF-8, no cycles, no duplicate keys
//
// What registers hold is not tracked. An instruction that wants an array, a cell or a loop's state
// in a register finds one only because the compiler put it there; it must stay harmless otherwise.

#ifndef RUFF_LANG_BYTECODE_VERIFIER_H_
#define RUFF_LANG_BYTECODE_VERIFIER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "ruff/lang/bytecode/module.h"

namespace ruff {

// A frame has at most so many registers.
inline constexpr uint32_t kMaxRegisters = 1u << 24;

// OK, or an InvalidArgument that names the function, the instruction and what is wrong with it.
absl::Status VerifyModule(const Module& module);

}  // namespace ruff

#endif  // RUFF_LANG_BYTECODE_VERIFIER_H_
