// A module as text, for people: one section per function with its captures, paths, templates,
// constants and code.
//
//   function 1 add(a, b), parameters: 2, registers: 3
//     constants
//       k0        10
//     code
//       0  1:21   AddK             r2, r0, k0                ; 10
//       1  1:14   JumpIfNotLtI     r2, 5, L1
//       ...
//     L1:
//
// Registers are r0, r1, ...; a window is shown whole (r4..r6); c0 is a captured variable, g0 a
// global slot, f0 a function, t0 a template, p0 a path, L1 a place that is jumped to. What an
// operand stands for follows the `;`. Any bytes can be listed, also those that the verifier
// rejects: what has no meaning is shown as a number.

#ifndef RUFF_LANG_BYTECODE_DISASSEMBLER_H_
#define RUFF_LANG_BYTECODE_DISASSEMBLER_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "ruff/lang/bytecode/module.h"

namespace ruff {

// Gives the text for a byte offset of the source, e.g. "12:5"; an empty text is not shown.
using DescribePosition = absl::FunctionRef<std::string(uint32_t offset)>;

std::string Disassemble(const Module& module);
std::string Disassemble(const Module& module, DescribePosition describe);

// The section of one function (index below module.functions.size()).
std::string DisassembleFunction(const Module& module, uint32_t function, DescribePosition describe);

}  // namespace ruff

#endif  // RUFF_LANG_BYTECODE_DISASSEMBLER_H_
