#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/lang/parse/parse_text.h"

namespace ruff {
namespace {

TEST(Recovery, StatementsReportSeparately) {
  EXPECT_EQ(ErrorsOf("a := [1, 2\nb := (3\nlet c 4\nfunc (x) { }\nok := 1\nx := Ok 5; y := Err 6"),
            "2:1 Expected ']' to close array literal but found Identifier(\"b\")\n"
            "3:1 Expected ')' to close parenthesized expression but found Keyword(\"let\")\n"
            "3:7 Expected assignment operator (':=' or '=') in let declaration but found Int(4)\n"
            "4:6 Expected function name after 'func'\n"
            "6:9 Expected '(' after 'Ok'\n"
            "6:21 Expected '(' after 'Err'");
}

TEST(Recovery, ABrokenStatementReportsOnce) {
  EXPECT_EQ(ErrorsOf("func f() {\n  let 5\n  let 6\n}\nlet 7"),
            "2:7 Invalid statement\n5:5 Invalid statement");
  EXPECT_EQ(ErrorsOf("let if := 5"), "1:5 Invalid statement");
  EXPECT_EQ(ErrorsOf("struct P {\n  5 + x\n  y: int\n}\nlet 7"),
            "2:3 Expected field or method in struct body but found Int(5)\n5:5 Invalid statement");
  EXPECT_EQ(
      ErrorsOf("d := {1: 2 3: 4,\n  5: 6}\nlet 7"),
      "1:12 Expected '}' to close dictionary literal but found Int(3)\n3:5 Invalid statement");
  EXPECT_EQ(ErrorsOf("if x == 3 print()\nelse { z }"),
            "1:11 Expected '{' to start if block but found Identifier(\"print\")");
  EXPECT_EQ(ErrorsOf("func g(x = 5) {\n  return x\n}"),
            "1:10 Expected ')' to close function parameter list but found Operator(\"=\")");
  EXPECT_EQ(ErrorsOf("f(\"${1 +} ${2 +}\", 1 2)"), "1:3 Expected expression");
}

TEST(Recovery, AMissingBraceDoesNotHideTheRest) {
  EXPECT_EQ(ErrorsOf("func f() {\n  if x {\n    let 5\n}\nfunc g() {\n  let 6\n}\nlet 7"),
            "3:9 Invalid statement\n6:7 Invalid statement\n8:5 Invalid statement");
}

TEST(Recovery, StrayBracketsAreReported) {
  EXPECT_EQ(ErrorsOf("print(\"x\")\n}\nprint(\"y\")"), "2:1 Expected expression");
  EXPECT_EQ(ErrorsOf("f(1))\n]\nlet 5"), "1:5 Expected expression\n3:5 Invalid statement");
}

TEST(Recovery, DiagnosticsAreBounded) {
  std::string text;
  for (int i = 0; i < 100; ++i) absl::StrAppend(&text, "let 5\n");
  EXPECT_EQ(ParseText(text, {.diagnostics = 7}).errors.size(), 7u);
  EXPECT_EQ(ParseText(text).errors.size(), 100u);
}

}  // namespace
}  // namespace ruff
