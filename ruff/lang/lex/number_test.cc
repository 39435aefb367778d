#include "ruff/lang/lex/number.h"

#include <limits>
#include <string>

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(NumberTest, Int) {
  EXPECT_EQ(ParseInt("0"), 0);
  EXPECT_EQ(ParseInt("007"), 7);
  EXPECT_EQ(ParseInt(std::string(400, '0') + "12"), 12);
  EXPECT_EQ(ParseInt("9223372036854775807"), std::numeric_limits<int64_t>::max());
  EXPECT_EQ(ParseInt("9223372036854775808"), std::nullopt);
  EXPECT_EQ(ParseInt("92233720368547758070"), std::nullopt);
  EXPECT_EQ(ParseInt(std::string(400, '9')), std::nullopt);
}

TEST(NumberTest, Float) {
  EXPECT_EQ(ParseFloat("00.25"), 0.25);
  EXPECT_EQ(ParseFloat("0.1"), 0.1);
  EXPECT_EQ(ParseFloat("25e-2"), 0.25);
  EXPECT_EQ(ParseFloat("1.5E+1"), 15.0);
  EXPECT_EQ(ParseFloat("0e5"), 0.0);
  EXPECT_EQ(ParseFloat("0e99999999999999999999"), 0.0);
  EXPECT_EQ(ParseFloat("9007199254740993.0"), 9007199254740992.0);
  EXPECT_EQ(ParseFloat("1.7976931348623157e308"), std::numeric_limits<double>::max());
}

TEST(NumberTest, FloatOutOfRange) {
  EXPECT_EQ(ParseFloat("1.7976931348623159e308"), std::nullopt);
  EXPECT_EQ(ParseFloat("1e999"), std::nullopt);
  EXPECT_EQ(ParseFloat("1e99999999999999999999"), std::nullopt);
  EXPECT_EQ(ParseFloat(std::string(310, '9') + ".0"), std::nullopt);
  EXPECT_EQ(ParseFloat("5e-324"), std::numeric_limits<double>::denorm_min());
  EXPECT_EQ(ParseFloat("2.5e-310"), 2.5e-310);
  EXPECT_EQ(ParseFloat("1e-999"), 0.0);
  EXPECT_EQ(ParseFloat("1e-99999999999999999999"), 0.0);
}

}  // namespace
}  // namespace ruff
