#include <gtest/gtest.h>

#include <string>

#include "ruff/runtime/builtins/test_context.h"

namespace ruff {
namespace {

TEST(RegexTest, ClassesAreUnicodeInsideAndOutsideBrackets) {
  TestContext c;
  EXPECT_EQ(c.Try("regex_match", {S("日本"), S(R"(^[\w-]+$)")}), "Bool(true)");
  EXPECT_EQ(c.Try("regex_match", {S("٣"), S(R"(^[^\D]$)")}), "Bool(true)");
  EXPECT_EQ(c.Try("regex_match", {S("é"), S(R"(^[\W]$)")}), "Bool(false)");
  EXPECT_EQ(c.Try("regex_match", {S("\xC2\xA0"), S(R"(^[^\S]\s?$)")}), "Bool(true)");
  EXPECT_EQ(c.Try("regex_match", {S("]"), S(R"(^[]\d]$)")}), "Bool(true)");
}

TEST(RegexTest, EmptyMatchesDoNotTouchTheMatchBefore) {
  TestContext c;
  EXPECT_EQ(c.Try("regex_replace", {S("baaac"), S("a*"), S("-")}), "String(\"-b-c-\")");
  EXPECT_EQ(c.Try("regex_find_all", {S("日本"), S("")}),
            "Array[String(\"\"), String(\"\"), String(\"\")]");
}

TEST(RegexTest, InvalidPatternsMatchNothing) {
  TestContext c;
  for (const char* pattern : {"(", "[", "*", "(?=a)", R"((a)\1)", R"(\C)", R"(\Qa\E)", "[[:x"}) {
    EXPECT_EQ(c.Try("regex_match", {S("a"), S(pattern)}), "Bool(false)") << pattern;
    EXPECT_EQ(c.Try("regex_split", {S("a"), S(pattern)}), "Array[String(\"a\")]") << pattern;
  }
}

TEST(RegexTest, ReplacementNames) {
  TestContext c;
  const auto replace = [&](const char* with) {
    return c.Try("regex_replace", {S("ab"), S("(?P<n>a)(x)?"), S(with)});
  };
  EXPECT_EQ(replace("[$n|${1}1|$1x|$2|$9]"), "String(\"[a|a1|||]b\")");
  EXPECT_EQ(replace("$$ $ ${n $-"), "String(\"$ $ ${n $-b\")");
}

TEST(RegexTest, HostilePatternsEnd) {
  TestContext c;
  const std::string text(100'000, 'a');
  EXPECT_EQ(c.Try("regex_match", {S(text), S("(a*)*b")}), "Bool(false)");
  EXPECT_EQ(c.Try("regex_match", {S(text), S("(a|aa)+$")}), "Bool(true)");
  EXPECT_EQ(c.Try("regex_match", {S("a"), S(std::string(100'000, '('))}), "Bool(false)");
  EXPECT_EQ(c.Try("regex_match", {S("a"), S("((a{1000}){1000}){1000}")}), "Bool(false)");
}

}  // namespace
}  // namespace ruff
