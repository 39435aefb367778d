#include "ruff/network/http_server/query.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace ruff {
namespace {

std::string Split(std::string_view query) {
  std::string text;
  for (const auto& [name, value] : SplitQuery(query)) absl::StrAppend(&text, name, ":", value, ";");
  return text;
}

TEST(QueryTest, Splits) {
  EXPECT_EQ(Split(""), "");
  EXPECT_EQ(Split("a=1&b=two%20words"), "a:1;b:two%20words;");
  EXPECT_EQ(Split("flag&flag2=&=skipped&&a=b=c"), "flag:;flag2:;a:b=c;");
  EXPECT_EQ(Split("x=1&x=2"), "x:1;x:2;");
}

TEST(QueryTest, Decodes) {
  EXPECT_EQ(DecodeQueryPart("a+b%20c%2B"), "a b c+");
  EXPECT_EQ(DecodeQueryPart("%E2%82%ac"), "€");
  EXPECT_EQ(DecodeQueryPart("a+%2"), "a+%2");
  EXPECT_EQ(DecodeQueryPart("a+%zz"), "a+%zz");
  EXPECT_EQ(DecodeQueryPart("a+%ff"), "a+%ff");
  EXPECT_EQ(DecodeQueryPart("%"), "%");
}

}  // namespace
}  // namespace ruff
