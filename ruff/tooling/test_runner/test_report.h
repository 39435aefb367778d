#ifndef RUFF_TOOLING_TEST_RUNNER_TEST_REPORT_H_
#define RUFF_TOOLING_TEST_RUNNER_TEST_REPORT_H_

#include <string>

#include "ruff/tooling/test_runner/test_runner.h"

namespace ruff {

struct TestReportOptions {
  bool verbose = false;  // list the tests that passed, too
  bool color = false;
};

// The report at the end of a run. Failed tests are listed with their errors.
std::string RenderTestReport(const TestRun& run, const TestReportOptions& options);

}  // namespace ruff

#endif  // RUFF_TOOLING_TEST_RUNNER_TEST_REPORT_H_
