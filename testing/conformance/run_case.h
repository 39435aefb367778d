// Runs one case and judges what came of it.

#ifndef RUFF_TESTING_CONFORMANCE_RUN_CASE_H_
#define RUFF_TESTING_CONFORMANCE_RUN_CASE_H_

#include <chrono>
#include <string>
#include <vector>

#include "testing/base/subprocess.h"
#include "testing/conformance/test_case.h"

namespace ruff {

struct CaseSettings {
  std::string binary;                   // absolute path of ruff
  std::vector<std::string> ruff_flags;  // further options of `ruff run`, before those of the case
  std::chrono::milliseconds limit{20000};
};

// Runs `test` in `directory`, a copy of its area that it may write to. Its environment is small and
// fixed: PATH, TZ, what sanitizers read, NO_COLOR, and a fresh folder as HOME and RUFF_TEST_TMP.
ProcessResult RunCase(const TestCase& test, const CaseSettings& settings,
                      const std::string& directory);

// What is wrong with `result`, for people; empty when it is what `test` expects.
std::string Judge(const TestCase& test, const ProcessResult& result);

}  // namespace ruff

#endif  // RUFF_TESTING_CONFORMANCE_RUN_CASE_H_
