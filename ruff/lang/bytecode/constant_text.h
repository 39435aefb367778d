// Constants as text, for listings and messages.

#ifndef RUFF_LANG_BYTECODE_CONSTANT_TEXT_H_
#define RUFF_LANG_BYTECODE_CONSTANT_TEXT_H_

#include <string>

#include "ruff/lang/bytecode/module.h"

namespace ruff {

// `constant` as it would be written in a program, cut short where it is long or deeply nested: at
// most a few thousand bytes. A pool index out of range is shown as `?`.
std::string ConstantText(const Module& module, const Constant& constant);

}  // namespace ruff

#endif  // RUFF_LANG_BYTECODE_CONSTANT_TEXT_H_
