// The meaning of a generated program: the oracle for its output and exit code.

#ifndef RUFF_TESTING_GENERATOR_IR_EVALUATOR_H_
#define RUFF_TESTING_GENERATOR_IR_EVALUATOR_H_

#include "testing/generator/family.h"
#include "testing/generator/ir.h"

namespace ruff::generator {

// Runs the program on the tree. `known` of the result is false when it took more steps or awaits
// than the oracle follows.
Expectation Evaluate(const Program& program);

}  // namespace ruff::generator

#endif  // RUFF_TESTING_GENERATOR_IR_EVALUATOR_H_
