// Grows a program from decisions.

#ifndef RUFF_TESTING_GENERATOR_IR_BUILDER_H_
#define RUFF_TESTING_GENERATOR_IR_BUILDER_H_

#include <cstdint>

#include "testing/generator/decisions.h"
#include "testing/generator/ir.h"

namespace ruff::generator {

// A program of `size` statements at file level, with functions in proportion. Well-typed, every
// name defined before use, every loop bounded; few programs end by an uncaught error.
Program BuildProgram(Decisions& decisions, uint64_t size);

}  // namespace ruff::generator

#endif  // RUFF_TESTING_GENERATOR_IR_BUILDER_H_
