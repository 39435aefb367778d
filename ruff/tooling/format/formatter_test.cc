#include "ruff/tooling/format/formatter.h"

#include <algorithm>
#include <string>

#include "gtest/gtest.h"
#include "ruff/tooling/format/check_format.h"

namespace ruff {
namespace {

// `text` formatted, and checked to keep its tokens and to stay as it is.
std::string Formatted(const std::string& text, const FormatOptions& options = {}) {
  return CheckedFormat(text, options).value_or("does not parse");
}

TEST(Formatter, SpacesAroundOperators) {
  EXPECT_EQ(Formatted("x:=-1+2*-y\n"), "x := -1 + 2 * -y\n");
  EXPECT_EQ(Formatted("a=!b&&c||d??e|>f\n"), "a = !b && c || d ?? e |> f\n");
  EXPECT_EQ(Formatted("x  +=  a . b ?. c\n"), "x += a.b?.c\n");
  EXPECT_EQ(Formatted("return-x\n"), "return -x\n");
  EXPECT_EQ(Formatted("x := - - 1\n"), "x := --1\n");
  EXPECT_EQ(Formatted("if a { }\n-b\n"), "if a {}\n-b\n");
  EXPECT_EQ(Formatted("x := {} - 1\n"), "x := {} - 1\n");
}

TEST(Formatter, KeepsTokensApartThatWouldJoin) {
  EXPECT_EQ(Formatted("x := f()? .y\n"), "x := f()? .y\n");
  EXPECT_EQ(Formatted("x := f()? ?.y\n"), "x := f()? ?.y\n");
  EXPECT_EQ(Formatted("x := (f() ? ) ?\n"), "x := (f()?)?\n");
  EXPECT_EQ(Formatted("let x: int? ? := 1\n"), "let x: int? ? := 1\n");
}

TEST(Formatter, BracketsAfterOperandsBelongToThem) {
  EXPECT_EQ(Formatted("f (x) [ 1 ] (y)\n"), "f(x)[1](y)\n");
  EXPECT_EQ(Formatted("if(a){b}\n"), "if (a) { b }\n");
  EXPECT_EQ(Formatted("for x in[1]{}\n"), "for x in [1] {}\n");
  EXPECT_EQ(Formatted("f(x)\n[ 1 ]\n(y)\n"), "f(x)\n[1]\n(y)\n");
  EXPECT_EQ(Formatted("a.match (x)\n"), "a.match(x)\n");
  EXPECT_EQ(Formatted("x:=func(){} (1)\n"), "x := func() {}(1)\n");
  EXPECT_EQ(Formatted("if a { } (b)\n"), "if a {} (b)\n");
}

TEST(Formatter, BracesSayWhatTheyHold) {
  EXPECT_EQ(Formatted("{ a,...r }:={\"k\":{ }}\n"), "{a, ...r} := {\"k\": {}}\n");
  EXPECT_EQ(Formatted("p:=P{x:1,y:{ 1:2 }}\n"), "p := P { x: 1, y: {1: 2} }\n");
  EXPECT_EQ(Formatted("struct P{x:int=1,func m(self){return 1}}\n"),
            "struct P { x: int = 1, func m(self) { return 1 } }\n");
  EXPECT_EQ(Formatted("enum E{A,B}\n"), "enum E { A, B }\n");
  EXPECT_EQ(Formatted("match x{case A::B(c,_)if c>1:{y}default:{z}}\n"),
            "match x { case A::B(c, _) if c > 1: { y } default: { z } }\n");
}

TEST(Formatter, Types) {
  EXPECT_EQ(Formatted("let x:Result < int , Option<string ? > > []:=f(a<b,c>d)\n"),
            "let x: Result<int, Option<string?>>[] := f(a < b, c > d)\n");
  EXPECT_EQ(Formatted("async  func * g(a:int)->Option<int>{}\n"),
            "async func* g(a: int) -> Option<int> {}\n");
}

TEST(Formatter, IndentsBelowTheLineThatOpened) {
  EXPECT_EQ(Formatted("f(a, {\n\"k\": [\n1\n]\n}, func() {\nreturn\n})\n"),
            "f(a, {\n"
            "    \"k\": [\n"
            "        1\n"
            "    ]\n"
            "}, func() {\n"
            "    return\n"
            "})\n");
  EXPECT_EQ(Formatted("x := xs\n.map(func(v) {\nreturn v\n})\n.take(1)\n"),
            "x := xs\n"
            "    .map(func(v) {\n"
            "        return v\n"
            "    })\n"
            "    .take(1)\n");
  EXPECT_EQ(Formatted("x :=\n1 +\n# why\n2\n"), "x :=\n    1 +\n    # why\n    2\n");
  EXPECT_EQ(Formatted("x := a\n# why\n|> b\n# next\ny := 1\n"),
            "x := a\n    # why\n    |> b\n# next\ny := 1\n");
}

TEST(Formatter, LeavesStringsAndCommentsAlone) {
  EXPECT_EQ(Formatted("x := \"a+b ${ 1+2 } ${ \"}\" }\"\n"), "x := \"a+b ${ 1+2 } ${ \"}\" }\"\n");
  EXPECT_EQ(Formatted("if a {\n/* one\n  two */\nb   //  c+d  \n}\n"),
            "if a {\n    /* one\n  two */\n    b //  c+d\n}\n");
  EXPECT_EQ(Formatted("f(/* a */x,/* b */)\n"), "f(/* a */ x, /* b */)\n");
}

TEST(Formatter, LineEnds) {
  EXPECT_EQ(Formatted(""), "");
  EXPECT_EQ(Formatted("\n \n"), "");
  EXPECT_EQ(Formatted("# only"), "# only\n");
  EXPECT_EQ(Formatted("a\r\n\r\n/* b\r\n */\r\n"), "a\n\n/* b\n */\n");
}

TEST(Formatter, SortsTheImportsOnTop) {
  EXPECT_EQ(Formatted("# head\n\nimport b\nfrom a import x # why\nimport a\n\nimport A\n"),
            "# head\n\nfrom a import x # why\nimport a\nimport b\n\nimport A\n");
  EXPECT_EQ(Formatted("import b\nimport a\n", {.sort_imports = false}), "import b\nimport a\n");
  // An import that goes on below stays where it is.
  EXPECT_EQ(Formatted("import b\nfrom a import x,\ny\n"), "import b\nfrom a import x,\ny\n");
  EXPECT_EQ(Formatted("x\nimport b\nimport a\n"), "x\nimport b\nimport a\n");
}

TEST(Formatter, BreaksLongLinesBehindCommas) {
  const FormatOptions narrow = {.line_length = 20};
  EXPECT_EQ(Formatted("call(aaaa, bbbb, cccc, \"d, e\")\n", narrow),
            "call(aaaa, bbbb,\n    cccc, \"d, e\")\n");
  EXPECT_EQ(Formatted("call(a_very_long_argument, b)\n", narrow),
            "call(a_very_long_argument,\n    b)\n");
  EXPECT_EQ(Formatted("a_very_long_name_without_comma := 1\n", narrow),
            "a_very_long_name_without_comma := 1\n");
  EXPECT_EQ(Formatted("f(\"éééééé\", \"é\", 1)\n", narrow), "f(\"éééééé\", \"é\", 1)\n");
  EXPECT_EQ(Formatted("xs := [1, 2, 3, # one two three four\n4]\n", narrow),
            "xs := [1, 2,\n    3, # one two three four\n    4]\n");
}

// One line of a million elements: no step may look at all of the rest of it.
TEST(Formatter, BreaksHugeLines) {
  std::string text = "x := [";
  for (int i = 0; i < 300'000; ++i) text += "1,";
  text += "]\n";
  const std::string formatted = Formatted(text);
  EXPECT_EQ(formatted.substr(0, 30), "x := [1, 1, 1, 1, 1, 1, 1, 1, ");
  EXPECT_GT(std::count(formatted.begin(), formatted.end(), '\n'), 8'000);
}

}  // namespace
}  // namespace ruff
