#include "testing/base/text_diff.h"

#include <string>

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(TextDiff, Equal) {
  EXPECT_EQ(TextDiff("", ""), "");
  EXPECT_EQ(TextDiff("a\nb\n", "a\nb\n"), "");
}

TEST(TextDiff, OneLine) {
  EXPECT_EQ(TextDiff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n"),
            "--- expected\n+++ actual\n@@ line 2 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n");
}

TEST(TextDiff, InsertedAndDeleted) {
  EXPECT_EQ(TextDiff("a\nb\nc\n", "a\nc\nd\n"),
            "--- expected\n+++ actual\n@@ line 1 @@\n a\n-b\n c\n+d\n");
  EXPECT_EQ(TextDiff("", "a\n"), "--- expected\n+++ actual\n@@ line 1 @@\n+a\n");
  EXPECT_EQ(TextDiff("a\n", ""), "--- expected\n+++ actual\n@@ line 1 @@\n-a\n");
}

TEST(TextDiff, FarDifferencesAreTwoHunks) {
  std::string expected, actual;
  for (int i = 1; i <= 30; ++i) {
    expected += std::to_string(i) + "\n";
    actual += (i == 5 || i == 25 ? "x" : std::to_string(i)) + "\n";
  }
  EXPECT_EQ(
      TextDiff(expected, actual, {.context = 1}),
      "--- expected\n+++ actual\n@@ line 4 @@\n 4\n-5\n+x\n 6\n@@ line 24 @@\n 24\n-25\n+x\n 26\n");
}

TEST(TextDiff, ShowsWhatCannotBeSeen) {
  EXPECT_EQ(TextDiff("a\n", "a"),
            "--- expected\n+++ actual\n@@ line 1 @@\n-a\n+a  (no line end)\n");
  EXPECT_EQ(TextDiff("a\r\n", "a\n"), "--- expected\n+++ actual\n@@ line 1 @@\n-a\\r\n+a\n");
}

TEST(TextDiff, BoundsItsOutput) {
  std::string expected;
  for (int i = 0; i < 100; ++i) expected += "line\n";
  const std::string diff =
      TextDiff(expected, std::string(1000, 'x'), {.max_lines = 4, .max_width = 8});
  EXPECT_EQ(diff,
            "--- expected\n+++ actual\n@@ line 1 @@\n-line\n-line\n-line\n-line\n"
            "... 97 more differing lines\n");
}

TEST(TextDiff, HugeTextsTakeLinearTime) {
  std::string expected, actual;
  for (int i = 0; i < 300000; ++i) {
    expected += std::to_string(i) + "\n";
    actual += std::to_string(i * 7 + 1) + "\n";
  }
  EXPECT_LT(TextDiff(expected, actual).size(), 10000u);
}

}  // namespace
}  // namespace ruff
