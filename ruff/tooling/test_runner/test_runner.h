#ifndef RUFF_TOOLING_TEST_RUNNER_TEST_RUNNER_H_
#define RUFF_TOOLING_TEST_RUNNER_TEST_RUNNER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "ruff/runtime/vm/function.h"
#include "ruff/runtime/vm/link.h"
#include "ruff/runtime/vm/vm.h"
#include "ruff/tooling/test_runner/test_plan.h"

namespace ruff {

struct TestResult {
  std::string name;
  bool has_passed = false;
  std::string error;  // why not
  int64_t milliseconds = 0;
};

struct TestRun {
  std::vector<TestResult> results;
  int64_t milliseconds = 0;
  bool has_exited = false;  // a test ended the program; the rest did not run
};

// Calls a function without arguments (borrowed) to its end.
using CallTestFunction = absl::FunctionRef<Outcome(Function*)>;

// Runs the tests of `plan`, whose file level `module` has been run in `vm`. Before each test the
// globals get the values back that they have now; setups, body and teardowns of one test share
// them. Teardowns run whatever came before. The first error of a test counts.
TestRun RunTests(const std::vector<PlannedTest>& plan, LinkedModule& module, Vm& vm,
                 CallTestFunction call);

}  // namespace ruff

#endif  // RUFF_TOOLING_TEST_RUNNER_TEST_RUNNER_H_
