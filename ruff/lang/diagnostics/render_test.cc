#include "ruff/lang/diagnostics/render.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

SourceBuffer Source(std::string text) {
  return *SourceBuffer::FromText("dir/t.ruff", std::move(text));
}

TEST(RenderHumanTest, ThreeLines) {
  const SourceBuffer source = Source("x := 1\ny := @\n");
  EXPECT_EQ(RenderHuman(source, MakeDiagnostic(DiagnosticKind::kInvalidCharacter, 12, "@")),
            "[RUFLEX001] [lexer] error: Invalid character: '@'\n"
            "  --> dir/t.ruff:2:6\n"
            "  = help: Fix the lexical error in source and run again.\n");
}

TEST(RenderHumanTest, LeavesOutWhatIsNotKnown) {
  const SourceBuffer source = Source("x");
  EXPECT_EQ(RenderHuman(source, MakeDiagnostic(DiagnosticKind::kCompile, 0, "bad")),
            "[RUFVM001] [vm] error: Compilation error: bad\n"
            "  --> dir/t.ruff:1:1\n");
  EXPECT_EQ(RenderHuman(source,
                        MakeDiagnostic(DiagnosticKind::kCli, Diagnostic::kNowhere,
                                       "Failed to read .ruff file 'a': no"),
                        {.color = false, .show_source = true}),
            "[RUFCLI001] [cli] error: Failed to read .ruff file 'a': no\n");
}

TEST(RenderHumanTest, QuotesTheSource) {
  const SourceBuffer source = Source("a\r\n\tsé := @ + 1\r\nb");
  EXPECT_EQ(RenderHuman(source, MakeDiagnostic(DiagnosticKind::kParse, 11, "Expected expression"),
                        {.color = false, .show_source = true}),
            "[RUFPARSE001] [parser] error: Expected expression\n"
            "  --> dir/t.ruff:2:8\n"
            "\tsé := @ + 1\n"
            "\t      ^\n"
            "  = help: Fix the parse error and rerun Ruff.\n");
}

TEST(RenderHumanTest, PointsBehindTheLastCharacter) {
  const SourceBuffer source = Source("f(");
  EXPECT_EQ(RenderSourceLine(source, 2, false), "f(\n  ^\n");
  EXPECT_EQ(RenderSourceLine(Source("a\n"), 2, false), "\n^\n");
}

TEST(RenderHumanTest, QuotesPartOfALongLine) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "é";
  EXPECT_EQ(RenderSourceLine(Source(text), 1000, false),
            "…" + text.substr(0, 480) + "…\n " + std::string(120, ' ') + "^\n");
  EXPECT_EQ(RenderSourceLine(Source(text), 2, false), text.substr(0, 242) + "…\n ^\n");
  EXPECT_EQ(RenderSourceLine(Source("x" + text), 2001, false),
            "…" + text.substr(0, 240) + "\n " + std::string(120, ' ') + "^\n");
}

TEST(RenderHumanTest, Colors) {
  const SourceBuffer source = Source("@");
  EXPECT_EQ(RenderHuman(source, MakeDiagnostic(DiagnosticKind::kInvalidCharacter, 0, "@"),
                        {.color = true, .show_source = true}),
            "\x1b[1;95m[RUFLEX001]\x1b[0m \x1b[96m[lexer]\x1b[0m \x1b[1;31merror\x1b[0m: "
            "\x1b[1mInvalid character: '@'\x1b[0m\n"
            "  --> dir/t.ruff:1:1\n"
            "@\n"
            "\x1b[1;31m^\x1b[0m\n"
            "  = help: Fix the lexical error in source and run again.\n");
}

TEST(RenderJsonTest, SortedKeys) {
  const SourceBuffer source = Source("x\n  é");
  EXPECT_EQ(RenderJson(source, MakeDiagnostic(DiagnosticKind::kInvalidCharacter, 4, "é")),
            R"({
  "code": "RUFLEX001",
  "column": 3,
  "file": "dir/t.ruff",
  "help": "Fix the lexical error in source and run again.",
  "line": 2,
  "message": "Invalid character: 'é'",
  "severity": "error",
  "subsystem": "lexer"
})");
}

TEST(RenderJsonTest, NullsAndIndentation) {
  const SourceBuffer source = Source("x");
  EXPECT_EQ(RenderJson(source, MakeDiagnostic(DiagnosticKind::kCompile, Diagnostic::kNowhere, "\""),
                       {.include_file = false, .indent = 4}),
            R"({
      "code": "RUFVM001",
      "column": 0,
      "file": null,
      "help": null,
      "line": 0,
      "message": "Compilation error: \"",
      "severity": "error",
      "subsystem": "vm"
    })");
}

}  // namespace
}  // namespace ruff
