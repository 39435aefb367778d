// Writes a generated program as Ruff source.

#ifndef RUFF_TESTING_GENERATOR_IR_PRINTER_H_
#define RUFF_TESTING_GENERATOR_IR_PRINTER_H_

#include "testing/generator/ir.h"
#include "testing/generator/sink.h"

namespace ruff::generator {

// The prologue of helper functions and the program.
void PrintProgram(const Program& program, Sink& sink);

}  // namespace ruff::generator

#endif  // RUFF_TESTING_GENERATOR_IR_PRINTER_H_
