#include "ruff/driver/repl/input.h"

#include <string>

#include "gtest/gtest.h"

namespace ruff {
namespace {

bool IsWhole(std::string_view line) { return ReplInput().AddLine(line); }

TEST(ReplInputTest, ALineIsWhole) {
  for (std::string_view line : {"", "1 + 2", "f(a[0], {1: 2})", "\"(\"", "# (", "// {", "/* ( */ 1",
                                "\"\\\"(\"", "\"${f(\"(\")}\"", "1 # \\", "x // \\"}) {
    EXPECT_TRUE(IsWhole(line)) << line;
  }
}

TEST(ReplInputTest, OpenBracketsGoOn) {
  for (std::string_view line :
       {"f(", "[1,", "func f() {", "/* comment", "(\"a\"", "\"${f(", "\"a ${", "1 + \\"}) {
    EXPECT_FALSE(IsWhole(line)) << line;
  }
}

TEST(ReplInputTest, WhatCannotGetBetterIsWhole) {
  for (std::string_view line : {")", "}", "f())", "\"abc", "f(\"abc", "\"abc\\", "\"${x} abc"}) {
    EXPECT_TRUE(IsWhole(line)) << line;
  }
}

TEST(ReplInputTest, CollectsLines) {
  ReplInput input;
  EXPECT_TRUE(input.empty());
  EXPECT_FALSE(input.AddLine("func f() {"));
  EXPECT_FALSE(input.empty());
  EXPECT_FALSE(input.AddLine("  return 1 /* }"));
  EXPECT_FALSE(input.AddLine("*/"));
  EXPECT_TRUE(input.AddLine("}"));
  EXPECT_EQ(input.Take(), "func f() {\n  return 1 /* }\n*/\n}\n");
  EXPECT_TRUE(input.empty());
  EXPECT_TRUE(input.AddLine("1"));
}

TEST(ReplInputTest, JoinsLines) {
  ReplInput input;
  EXPECT_FALSE(input.AddLine("let a := 1 + \\"));
  EXPECT_TRUE(input.AddLine("2"));
  EXPECT_EQ(input.Take(), "let a := 1 + 2\n");
  EXPECT_FALSE(input.AddLine("\\"));
  EXPECT_FALSE(input.empty());
}

TEST(ReplInputTest, ForgetsWhatIsTaken) {
  ReplInput input;
  EXPECT_FALSE(input.AddLine("f(/* "));
  EXPECT_EQ(input.Take(), "f(/* \n");
  EXPECT_TRUE(input.AddLine("1"));
}

TEST(ReplInputTest, LooksAtEachByteOnce) {
  ReplInput input;
  for (int i = 0; i < 200'000; ++i) EXPECT_FALSE(input.AddLine("("));
  for (int i = 1; i < 200'000; ++i) EXPECT_FALSE(input.AddLine(")"));
  EXPECT_TRUE(input.AddLine(")"));
}

}  // namespace
}  // namespace ruff
