#include "ruff/network/http/header.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(HeaderTest, Token) {
  for (const char* text : {"GET", "x-custom", "a!#$%&'*+-.^_`|~9"}) EXPECT_TRUE(IsHttpToken(text));
  for (const char* text : {"", "a b", "a:", "\xC3\xA4", "a\n", "(", "\x7f"}) {
    EXPECT_FALSE(IsHttpToken(text)) << text;
  }
}

TEST(HeaderTest, Value) {
  for (const char* text : {"", "a b", "a\tb", "\xC3\xA4"}) EXPECT_TRUE(IsHeaderValue(text));
  for (const char* text : {"a\nb", "\r", "\x7f", "\x01"}) EXPECT_FALSE(IsHeaderValue(text));
  EXPECT_FALSE(IsHeaderValue(std::string_view("\0", 1)));
  EXPECT_TRUE(IsVisibleAscii("a b\t~"));
  EXPECT_FALSE(IsVisibleAscii("\xC3\xA4"));
  EXPECT_FALSE(IsVisibleAscii("a\nb"));
}

TEST(HeaderTest, List) {
  HeaderList headers = {{"a", "1"}, {"b", "2"}, {"a", "3"}};
  EXPECT_EQ(*FindHeader(headers, "a"), "1");
  EXPECT_EQ(FindHeader(headers, "c"), nullptr);
  SetHeader(&headers, "a", "4");
  ASSERT_EQ(headers.size(), 2u);
  EXPECT_EQ(*FindHeader(headers, "a"), "4");
  RemoveHeader(&headers, "b");
  EXPECT_EQ(FindHeader(headers, "b"), nullptr);
}

}  // namespace
}  // namespace ruff
