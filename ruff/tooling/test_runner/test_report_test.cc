#include "ruff/tooling/test_runner/test_report.h"

#include "absl/strings/match.h"
#include "gtest/gtest.h"

namespace ruff {
namespace {

TestRun Mixed() {
  return {.results = {{.name = "one", .has_passed = true},
                      {.name = "two", .error = "boom", .milliseconds = 2}},
          .milliseconds = 3};
}

TEST(TestReportTest, ListsFailures) {
  EXPECT_EQ(RenderTestReport(Mixed(), {}),
            "\n"
            "============================================================\n"
            "Test Results\n"
            "============================================================\n"
            "  ✗ two (2ms)\n"
            "    Error: boom\n"
            "\n"
            "Tests: 2 total, 1 passed, 1 failed\n"
            "Time:  3ms\n"
            "============================================================\n"
            "\n"
            "1 test(s) failed\n");
}

TEST(TestReportTest, ListsEverythingWhenVerbose) {
  EXPECT_TRUE(absl::StrContains(RenderTestReport(Mixed(), {.verbose = true}),
                                "=\n  ✓ one (0ms)\n  ✗ two (2ms)\n    Error: boom\n\nTests: "));
}

TEST(TestReportTest, HasNoListWhenAllPassed) {
  const TestRun run = {.results = {{.name = "one", .has_passed = true}}};
  const std::string text = RenderTestReport(run, {});
  EXPECT_TRUE(absl::StrContains(text, "=\nTests: 1 total, 1 passed, 0 failed\n")) << text;
  EXPECT_TRUE(absl::EndsWith(text, "\nAll tests passed! ✨\n")) << text;
}

TEST(TestReportTest, ColorsMarks) {
  EXPECT_TRUE(
      absl::StrContains(RenderTestReport(Mixed(), {.color = true}), "\x1b[31m✗\x1b[0m two"));
}

}  // namespace
}  // namespace ruff
