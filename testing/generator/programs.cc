// General programs: grown as a tree, printed, and given a meaning by the tree's evaluator.

#include <algorithm>

#include "testing/generator/family.h"
#include "testing/generator/ir_builder.h"
#include "testing/generator/ir_evaluator.h"
#include "testing/generator/ir_printer.h"

namespace ruff::generator {
namespace {

void WriteProgram(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  const Program tree = BuildProgram(decisions, std::min<uint64_t>(size, 5000));
  PrintProgram(tree, program);
  expectation = Evaluate(tree);
}

}  // namespace

std::span<const Kind> ProgramKinds() {
  static constexpr Kind kKinds[] = {
      {"mixed", "all statements and expressions, at most 5,000 statements", WriteProgram},
  };
  return kKinds;
}

}  // namespace ruff::generator
