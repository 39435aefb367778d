#include "ruff/tooling/test_runner/test_report.h"

#include <string_view>

#include "absl/strings/str_cat.h"

namespace ruff {
namespace {

constexpr std::string_view kGreen = "\x1b[32m";
constexpr std::string_view kRed = "\x1b[31m";
constexpr std::string_view kReset = "\x1b[0m";
constexpr size_t kRuleWidth = 60;

}  // namespace

std::string RenderTestReport(const TestRun& run, const TestReportOptions& options) {
  const auto colored = [&](std::string_view color, std::string_view text) {
    return options.color ? absl::StrCat(color, text, kReset) : std::string(text);
  };
  const std::string rule = std::string(kRuleWidth, '=') + "\n";
  std::string lines;
  size_t failed = 0;
  for (const TestResult& result : run.results) {
    if (!result.has_passed) ++failed;
    if (result.has_passed && !options.verbose) continue;
    absl::StrAppend(&lines, "  ", result.has_passed ? colored(kGreen, "✓") : colored(kRed, "✗"),
                    " ", result.name, " (", result.milliseconds, "ms)\n");
    if (!result.has_passed) absl::StrAppend(&lines, "    Error: ", result.error, "\n");
  }
  if (!lines.empty()) lines += "\n";

  const size_t total = run.results.size();
  const std::string verdict = failed == 0 ? colored(kGreen, "All tests passed! ✨")
                                          : colored(kRed, absl::StrCat(failed, " test(s) failed"));
  return absl::StrCat("\n", rule, "Test Results\n", rule, lines, "Tests: ", total, " total, ",
                      total - failed, " passed, ", failed, " failed\nTime:  ", run.milliseconds,
                      "ms\n", rule, "\n", verdict, "\n");
}

}  // namespace ruff
