// A small valid module with something of everything: what the tests of this folder list, verify and
// mutate.

#ifndef RUFF_LANG_BYTECODE_SAMPLE_MODULE_H_
#define RUFF_LANG_BYTECODE_SAMPLE_MODULE_H_

#include "ruff/lang/bytecode/module.h"

namespace ruff {

// Function 0 is the file level; 1 a generator with a loop, a closure and a handler; 2 the lambda it
// makes; 3 a method that changes self.
Module SampleModule();

// A module whose file level is `code` (to which ReturnNull is added) with `registers` registers.
Module ModuleOf(std::vector<Instruction> code, uint32_t registers);

}  // namespace ruff

#endif  // RUFF_LANG_BYTECODE_SAMPLE_MODULE_H_
