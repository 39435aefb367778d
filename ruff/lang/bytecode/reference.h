// The instruction set as a page of documentation, generated from opcode.def.

#ifndef RUFF_LANG_BYTECODE_REFERENCE_H_
#define RUFF_LANG_BYTECODE_REFERENCE_H_

#include <string>

namespace ruff {

// The text of docs/bytecode.md.
std::string BytecodeReference();

}  // namespace ruff

#endif  // RUFF_LANG_BYTECODE_REFERENCE_H_
