#include "ruff/base/broken_utf8.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

constexpr char kMark[] = "\xEF\xBF\xBD";

std::string Marks(int n) {
  std::string text;
  while (n-- > 0) text += kMark;
  return text;
}

TEST(BrokenUtf8Test, ValidTextStays) {
  for (const char* text : {"", "abc", "gr\xC3\xBC\xC3\x9F", "\xF0\x9F\x98\x80"}) {
    EXPECT_EQ(MendUtf8(text), text);
    EXPECT_EQ(DescribeUtf8Defect(text), "");
  }
}

TEST(BrokenUtf8Test, ADefectIsTheLongestBeginningOfACharacter) {
  EXPECT_EQ(MendUtf8("a\xFF"
                     "b"),
            "a" + Marks(1) + "b");
  EXPECT_EQ(MendUtf8("\x80\x80"), Marks(2));
  EXPECT_EQ(MendUtf8("\xE2\x82z"), Marks(1) + "z");      // two bytes of three
  EXPECT_EQ(MendUtf8("\xF0\x9F\x98z"), Marks(1) + "z");  // three of four
  EXPECT_EQ(MendUtf8("\xC0\xAF"), Marks(2));             // overlong
  EXPECT_EQ(MendUtf8("\xE0\x80\xAF"), Marks(3));         // overlong
  EXPECT_EQ(MendUtf8("\xED\xA0\x80"), Marks(3));         // surrogate
  EXPECT_EQ(MendUtf8("\xF4\x90\x80\x80"), Marks(4));     // too large
  EXPECT_EQ(MendUtf8("\xF5\x80"), Marks(2));
  EXPECT_EQ(MendUtf8("x\xF0\x9F\x98"), "x" + Marks(1));  // cut off
}

TEST(BrokenUtf8Test, DefectsAreDescribed) {
  EXPECT_EQ(DescribeUtf8Defect("ab\xFF"), "invalid utf-8 sequence of 1 bytes from index 2");
  EXPECT_EQ(DescribeUtf8Defect("\xE2\x82z"), "invalid utf-8 sequence of 2 bytes from index 0");
  EXPECT_EQ(DescribeUtf8Defect("a\xE2\x82"), "incomplete utf-8 byte sequence from index 1");
}

}  // namespace
}  // namespace ruff
