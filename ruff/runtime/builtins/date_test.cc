#include <gtest/gtest.h>

#include "ruff/runtime/builtins/test_context.h"

namespace ruff {
namespace {

TEST(DateTest, FormatsTheEdgesOfTheRange) {
  TestContext c;
  EXPECT_EQ(c.Try("format_date", {I(-8334601228800), S("YYYY-MM-DD")}),
            "String(\"-262143-01-01\")");
  EXPECT_EQ(c.Try("format_date", {I(8210266876799), S("YYYY-MM-DD HH:mm:ss")}),
            "String(\"+262142-12-31 23:59:59\")");
  EXPECT_EQ(c.Try("format_date", {I(8210266876800), S("YYYY")}),
            "String(\"Invalid timestamp: value is out of supported range\")");
}

TEST(DateTest, ParsesSignsAndBlanks) {
  TestContext c;
  const auto parse = [&](const char* text) {
    return c.Try("parse_date", {S(text), S("YYYY-MM-DD")});
  };
  EXPECT_EQ(parse(" 1970- 1-\t2"), "Float(86400)");
  EXPECT_EQ(parse("+01970-01-01"), "Float(0)");
  EXPECT_NE(parse("+99999999999999999999-01-01").find("(input is out of range)"),
            std::string::npos);
  EXPECT_NE(parse("2023-02-29").find("(input is out of range)"), std::string::npos);
  EXPECT_NE(parse("2023-02-").find("(premature end of input)"), std::string::npos);
}

}  // namespace
}  // namespace ruff
