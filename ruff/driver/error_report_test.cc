#include "ruff/driver/error_report.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace ruff {
namespace {

SourceBuffer Source(std::string text) {
  auto source = SourceBuffer::FromText("a.ruff", std::move(text));
  EXPECT_TRUE(source.ok());
  return *std::move(source);
}

TEST(ErrorReportTest, ShowsMessagePlaceAndCalls) {
  const SourceBuffer source = Source("x := 1\nthrow(\"no\")\n");
  const ErrorReport report = {
      .message = "no", .call_stack = {"outer", "inner"}, .source = &source, .offset = 7};
  EXPECT_EQ(RenderErrorReport(report, {}),
            "[RUFVM001] [vm] Runtime Error: no\n"
            "  --> a.ruff:2:1\n"
            "\n"
            "Call stack:\n"
            "  0 at inner\n"
            "  1 at outer\n"
            "\n");
  EXPECT_TRUE(absl::StrContains(RenderErrorReport(report, {.show_source = true}),
                                "a.ruff:2:1\nthrow(\"no\")\n^\n\n"));
}

TEST(ErrorReportTest, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(RenderErrorReport({.message = "no"}, {}), "[RUFVM001] [vm] Runtime Error: no\n\n");
}

TEST(ErrorReportTest, ColorsTheFirstLine) {
  EXPECT_EQ(RenderErrorReport({.message = "no"}, {.color = true}),
            "\x1b[1;95m[RUFVM001]\x1b[0m \x1b[96m[vm]\x1b[0m "
            "\x1b[1;31mRuntime Error\x1b[0m: \x1b[1mno\x1b[0m\n\n");
}

TEST(ErrorReportTest, AbbreviatesDeepStacks) {
  ErrorReport report = {.message = "deep"};
  for (int i = 99'999; i >= 0; --i) report.call_stack.push_back(absl::StrCat("f", i));
  const std::string text = RenderErrorReport(report, {});
  EXPECT_TRUE(absl::StrContains(text, "  24 at f24\n  ... 99950 more\n  99975 at f99975\n"))
      << text;
  EXPECT_TRUE(absl::EndsWith(text, "  99999 at f99999\n\n"));
}

TEST(ErrorReportTest, ShowsAllOfAModestStack) {
  ErrorReport report = {.message = "deep"};
  report.call_stack.assign(50, "f");
  EXPECT_FALSE(absl::StrContains(RenderErrorReport(report, {}), "more"));
}

TEST(ErrorReportTest, RendersJson) {
  const SourceBuffer source = Source("throw(\"no\")");
  EXPECT_EQ(RenderErrorReportJson({.message = "no", .source = &source}),
            "{\n"
            "  \"call_stack\": [],\n"
            "  \"command\": \"run\",\n"
            "  \"contract_version\": \"1.0.0-draft\",\n"
            "  \"diagnostic\": {\n"
            "    \"code\": \"RUFVM001\",\n"
            "    \"column\": 1,\n"
            "    \"file\": \"a.ruff\",\n"
            "    \"help\": null,\n"
            "    \"line\": 1,\n"
            "    \"message\": \"no\",\n"
            "    \"severity\": \"error\",\n"
            "    \"subsystem\": \"vm\"\n"
            "  },\n"
            "  \"exit_code\": 4,\n"
            "  \"kind\": \"runtime_diagnostic\",\n"
            "  \"runtime_kind\": \"Runtime Error\",\n"
            "  \"status\": \"error\"\n"
            "}\n");
  const std::string nowhere = RenderErrorReportJson({.message = "no", .call_stack = {"f"}});
  EXPECT_TRUE(absl::StrContains(nowhere, "\"call_stack\": [\n    \"f\"\n  ],\n")) << nowhere;
  EXPECT_TRUE(absl::StrContains(nowhere, "\"file\": null")) << nowhere;
  EXPECT_TRUE(absl::StrContains(nowhere, "\"line\": 0")) << nowhere;
}

TEST(ErrorReportTest, CompileErrorsHaveNoStack) {
  const SourceBuffer source = Source("break");
  const std::string text =
      RenderCompileErrorJson(source, MakeDiagnostic(DiagnosticKind::kCompile, 0, "no"));
  EXPECT_TRUE(absl::StartsWith(text, "{\n  \"command\": \"run\",\n")) << text;
  EXPECT_TRUE(absl::StrContains(text, "\"message\": \"Compilation error: no\"")) << text;
  EXPECT_FALSE(absl::StrContains(text, "runtime_kind")) << text;
}

}  // namespace
}  // namespace ruff
