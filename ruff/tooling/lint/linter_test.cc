#include "ruff/tooling/lint/linter.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace ruff {
namespace {

SourceBuffer Source(const std::string& text) { return *SourceBuffer::FromText("t.ruff", text); }

// "rule line:column" for each issue, separated by a blank.
std::string Issues(const std::string& text) {
  std::string out;
  for (const LintIssue& issue : Lint(Source(text))) {
    absl::StrAppend(&out, out.empty() ? "" : " ", TraitsOf(issue.rule).id, " ", issue.at.line, ":",
                    issue.at.column);
  }
  return out;
}

std::string Fixed(const std::string& text) {
  const SourceBuffer source = Source(text);
  return ApplyFixes(source, Lint(source));
}

TEST(Linter, UnusedVariables) {
  EXPECT_EQ(Issues("let a := 1\n  mut b := 2 const C := 3\n"),
            "unused-variable 1:5 unused-variable 2:7 unused-variable 2:20");
  EXPECT_EQ(Issues("let a := 1\nprint(\"${a}\")\nlet _b := 1\n[c, d] := x\ne := 1\n"), "");
  EXPECT_EQ(Issues("export let a := 1\nexport const B := 2\n"), "");
  EXPECT_EQ(Issues("let [a] := x\nfor i in 3 { }\nfunc f(p) { }\n"), "");
}

TEST(Linter, UnreachableCode) {
  EXPECT_EQ(Issues("func f() {\nreturn 1\na()\nfunc g() { }\nif x {\ny()\n} z()\n}\n"),
            "unreachable-code 3:1 unreachable-code 5:1 unreachable-code 7:1");
  EXPECT_EQ(Issues("loop { break\na(); b() }\nreturn;\nc()\n"),
            "unreachable-code 2:1 unreachable-code 4:1");
  EXPECT_EQ(Issues("if x { return }\ny()\n"), "");
}

TEST(Linter, ObviousTypeMismatches) {
  EXPECT_EQ(Issues("let _a: int := \"x\"\nlet _b: float := \"x\" let _c: bool := 1.5\n"),
            "obvious-type-mismatch 1:1 obvious-type-mismatch 2:1 obvious-type-mismatch 2:1");
  EXPECT_EQ(Issues("let _a: string := 1\nlet _b: float := 1\nlet _c: int[] := \"x\"\n"), "");
}

TEST(Linter, MissingErrorHandling) {
  EXPECT_EQ(Issues("a := read_file(x) + read_file(y)\nhttp_get(z)\n"),
            "missing-error-handling-pattern 1:1 missing-error-handling-pattern 2:1");
  EXPECT_EQ(Issues("try { try { } except { }\nf(func() { parse_json(x) }) } except { }\n"), "");
  EXPECT_EQ(Issues("try { } except {\nparse_json(x) }\n"), "missing-error-handling-pattern 2:1");
  EXPECT_EQ(Issues("a := parse_json(x)?\nb := c.parse_json(x)\n"), "");
}

TEST(Linter, SourcesThatAreNoPrograms) {
  EXPECT_EQ(Issues("let a := @\n"), "lexer-error 1:10");
  EXPECT_EQ(Issues("let a := (\n"), "parser-error 2:1");
}

TEST(Linter, FixesKeepTheRestOfTheText) {
  EXPECT_EQ(Fixed("let a := 1 mut b := 2\r\n\tlet c := 3"),
            "let _a := 1 mut _b := 2\r\n\tlet _c := 3");
  // A constant is no mistake to be silenced, and a name in use cannot be taken.
  EXPECT_EQ(Fixed("const A := 1\nlet b := 1\nprint(_b)\n"),
            "const A := 1\nlet b := 1\nprint(_b)\n");
}

TEST(Linter, ReplacementLine) {
  const SourceBuffer source = Source("x()\n  let a := \"é\"  # why\r\n");
  const std::vector<LintIssue> issues = Lint(source);
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(ReplacementLine(source, issues[0]), "  let _a := \"é\"  # why");
}

}  // namespace
}  // namespace ruff
