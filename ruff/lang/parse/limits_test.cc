// Deep and long programs. The depth tests run on a small stack, which the parser must not notice.

#include <string>
#include <string_view>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/lang/ast/printer.h"
#include "ruff/lang/parse/parse_text.h"
#include "ruff/lang/parse/parser.h"

namespace ruff {
namespace {

std::string Repeat(std::string_view text, size_t count) {
  std::string result;
  result.reserve(text.size() * count);
  for (size_t i = 0; i < count; ++i) result += text;
  return result;
}

std::string Nested(std::string_view open, std::string_view inside, std::string_view close,
                   size_t depth) {
  return absl::StrCat(Repeat(open, depth), inside, Repeat(close, depth));
}

std::string ExpressionError(int limit, int column, std::string_view what) {
  return absl::StrCat("1:", column, " Maximum expression nesting depth of ", limit,
                      " exceeded while parsing ", what);
}

TEST(Limits, ExpressionNesting) {
  const ParseLimits ten = {.expression_depth = 10};
  EXPECT_EQ(ErrorsOf(Nested("(", "x", ")", 10), ten), "");
  EXPECT_EQ(ErrorsOf(Nested("(", "x", ")", 11), ten), ExpressionError(10, 11, "expression"));
  EXPECT_EQ(ErrorsOf(Nested("[", "", "]", 11), ten), ExpressionError(10, 11, "array literal"));
  EXPECT_EQ(ErrorsOf(Nested("[", "a", "]", 11) + " := x", ten),
            ExpressionError(10, 11, "array literal"));
  EXPECT_EQ(ErrorsOf(Nested("{1:", "x", "}", 11), ten),
            ExpressionError(10, 31, "dictionary literal"));
  EXPECT_EQ(ErrorsOf(Nested("-", "x", "", 11), ten), ExpressionError(10, 11, "unary expression"));
  EXPECT_EQ(ErrorsOf(Nested("await ", "x", "", 11), ten),
            ExpressionError(10, 61, "unary expression"));
  for (std::string_view open : {"f(", "f[", "a.m(", "E::V(", "Ok(", "throw(", "P{x:"}) {
    const char* close = open.back() == '(' ? ")" : open.back() == '[' ? "]" : "}";
    EXPECT_EQ(ErrorsOf(Nested(open, "x", close, 10), ten), "") << open;
    EXPECT_NE(ErrorsOf(Nested(open, "x", close, 11), ten), "") << open;
  }
  EXPECT_NE(ErrorsOf(Nested("\"${", "x", "}\"", 11), ten), "");
  EXPECT_NE(ErrorsOf(absl::StrCat("let x: ", Nested("A<", "B", ">", 11), " := 1"), ten), "");
  EXPECT_NE(ErrorsOf(Nested("yield ", "x", "", 11), ten), "");
  EXPECT_NE(ErrorsOf(Nested("export ", "x", "", 11), ten), "");
  EXPECT_NE(ErrorsOf(Nested("func() {return ", "x", "}", 11), ten), "");
  EXPECT_EQ(ErrorsOf(Repeat("((((((((((x))))))))));", 100), ten), "");
}

TEST(Limits, BlockNesting) {
  const ParseLimits ten = {.block_depth = 10};
  EXPECT_EQ(ErrorsOf(Nested("if a {", "", "}", 10), ten), "");
  EXPECT_EQ(ErrorsOf(Nested("if a {", "", "}", 11), ten),
            "1:66 Maximum block nesting depth of 10 exceeded while parsing if block");
  EXPECT_EQ(ErrorsOf(Nested("while a {", "", "}", 11), ten),
            "1:99 Maximum block nesting depth of 10 exceeded while parsing while body");
  EXPECT_EQ(ErrorsOf(Nested("match a { case b: {", "", "}}", 10), ten), "");
  EXPECT_NE(ErrorsOf(Nested("match a { case b: {", "", "}}", 11), ten), "");
  EXPECT_NE(ErrorsOf(Nested("struct S { func f() {", "", "}}", 11), ten), "");
}

TEST(Limits, DefaultsAndCap) {
  EXPECT_EQ(ErrorsOf(Nested("(", "x", ")", 2000)), "");
  EXPECT_EQ(ErrorsOf(Nested("(", "x", ")", 2001)), ExpressionError(2000, 2001, "expression"));
  const ParseLimits greedy = {.expression_depth = 1'000'000, .block_depth = 1'000'000};
  EXPECT_EQ(ErrorsOf(Nested("(", "x", ")", 10'000), greedy), "");
  EXPECT_EQ(ErrorsOf(Nested("(", "x", ")", 10'001), greedy),
            ExpressionError(10'000, 10'001, "expression"));
}

class Deep : public testing::TestWithParam<std::string_view> {};

// "open|inside|close", a million times.
TEST_P(Deep, EndsInADiagnostic) {
  const std::string_view pattern = GetParam();
  const size_t first = pattern.find('|');
  const size_t second = pattern.find('|', first + 1);
  const std::string_view open = pattern.substr(0, first);
  const std::string_view inside = pattern.substr(first + 1, second - first - 1);
  const std::string_view close = pattern.substr(second + 1);
  for (std::string_view end : {close, std::string_view()}) {
    std::thread([&] {
      const Parsed parsed = ParseText(Nested(open, inside, end, 1'000'000));
      ASSERT_EQ(parsed.errors.size(), 1u);
      const bool unterminated = end.empty() && open.front() == '"';
      EXPECT_NE(parsed.errors[0].find(unterminated ? "Unterminated" : "Maximum"), std::string::npos)
          << parsed.errors[0];
    }).join();
  }
}
INSTANTIATE_TEST_SUITE_P(Million, Deep,
                         testing::Values("(|x|)", "[||]", "[|5|]", "{1:|2|}", "-|x|", "!|x|",
                                         "f(|x|)", "f[|x|]", "Ok(|x|)", "if a {||}", "x=func(){||}",
                                         "f(func(){||})", "\"${|x|}\"", "yield |x|", "export |x|"));

// Text before, repeated, and after.
struct Chain {
  const char* before;
  const char* link;
  const char* after;
};

class Long : public testing::TestWithParam<Chain> {
 protected:
  static std::string Text(size_t count) {
    return absl::StrCat(GetParam().before, Repeat(GetParam().link, count), GetParam().after);
  }
};

TEST_P(Long, AMillionLinksParse) {
  std::thread([] {
    const Parsed parsed = ParseText(Text(1'000'000));
    EXPECT_TRUE(parsed.ast) << parsed.errors[0];
  }).join();
}

TEST_P(Long, PrintsAndParsesToTheSameTree) {
  const Parsed parsed = ParseText(Text(50'000));
  ASSERT_TRUE(parsed.ast) << parsed.errors[0];
  const Parsed again = ParseText(PrintAst(*parsed.ast));
  ASSERT_TRUE(again.ast) << again.errors[0];
  EXPECT_TRUE(SameTree(*parsed.ast, *again.ast));
}

constexpr Chain kChains[] = {
    {"x", " + x", ""},
    {"x", " |> f", ""},
    {"x", " ?? x", ""},
    {"x", " - x * x", ""},
    {"x", ".y", ""},
    {"x", "?.y", ""},
    {"x", "(1)", ""},
    {"x", ".m()", ""},
    {"x", "[0]", ""},
    {"x", "? ", ""},
    {"if a {}", " else if a {}", ""},
    {"func f() {", "x ", "}"},
    {"let x: int", "[]", " := 1"},
    {"x := [", "5, ", "]"},
    {"x := {", "1: 2, ", "}"},
    {"let [", "a, ", "] := x"},
    {"match x {", "case a: {}", "}"},
    {"x := \"", "${x}y", "\""},
    {"", "[a] := x\n[a]\n", ""},
};
INSTANTIATE_TEST_SUITE_P(Chains, Long, testing::ValuesIn(kChains));

TEST(Limits, ManyErrorsTakeLinearTime) {
  EXPECT_EQ(ParseText(Repeat("let 5\n", 300'000)).errors.size(), 300'000u);
  EXPECT_EQ(ParseText(Repeat("(\n", 500'000)).errors.size(), 250u);
  EXPECT_GE(ParseText(Repeat(")\n", 300'000)).errors.size(), 1u);
  EXPECT_GE(ParseText(Repeat("f(]\n", 300'000)).errors.size(), 300'000u);
  EXPECT_GE(ParseText(Repeat("{ a\n", 300'000)).errors.size(), 1u);
}

TEST(Limits, TreeMemory) {
  constexpr size_t kCount = 1'000'000;
  const Parsed ints = ParseText("x := [" + Repeat("5,", kCount) + "]");
  ASSERT_TRUE(ints.ast);
  EXPECT_LE(ints.ast->memory_bytes(), kCount * 24 + 1000);
  const Parsed calls = ParseText("x := [" + Repeat("f(1),", kCount) + "]");
  ASSERT_TRUE(calls.ast);
  EXPECT_LE(calls.ast->memory_bytes(), kCount * 72 + 1000);
}

}  // namespace
}  // namespace ruff
