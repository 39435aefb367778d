#ifndef RUFF_TOOLING_TEST_RUNNER_TEST_PLAN_H_
#define RUFF_TOOLING_TEST_RUNNER_TEST_PLAN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "ruff/lang/bytecode/module.h"

namespace ruff {

// A test and the functions that run it, as indices into the module's functions.
struct PlannedTest {
  std::string name;
  std::vector<uint32_t> setups;  // outermost group first
  uint32_t body = 0;
  std::vector<uint32_t> teardowns;  // innermost group first
};

// The tests of `blocks` in source order. A setup or teardown holds for all tests of its group and
// of the groups inside, wherever it stands; of several in one group the last counts.
std::vector<PlannedTest> PlanTests(const std::vector<TestBlock>& blocks);

}  // namespace ruff

#endif  // RUFF_TOOLING_TEST_RUNNER_TEST_PLAN_H_
