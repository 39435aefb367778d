#include "ruff/runtime/value/number_text.h"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

#include "gtest/gtest.h"

namespace ruff {
namespace {

std::string Text(double d) {
  std::string text;
  AppendFloat(d, &text);
  return text;
}

TEST(NumberTextTest, FloatsOfTheSpecification) {
  EXPECT_EQ(Text(1.0), "1");
  EXPECT_EQ(Text(2.50), "2.5");
  EXPECT_EQ(Text(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(Text(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(Text(100000000000000000000.0), "100000000000000000000");
  EXPECT_EQ(Text(9223372036854775807.0), "9223372036854776000");
  EXPECT_EQ(Text(0.0000001), "0.0000001");
  EXPECT_EQ(Text(123456789.0 * 1000000000.0 * 1000000000.0), "123456789000000000000000000");
  EXPECT_EQ(Text(1e21), "1000000000000000000000");
  EXPECT_EQ(Text(-0.0), "-0");
  EXPECT_EQ(Text(0.0), "0");
  EXPECT_EQ(Text(-2.0), "-2");
  EXPECT_EQ(Text(-1234.5), "-1234.5");
  EXPECT_EQ(Text(std::numeric_limits<double>::quiet_NaN()), "NaN");
  EXPECT_EQ(Text(-std::numeric_limits<double>::quiet_NaN()), "NaN");
  EXPECT_EQ(Text(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(Text(-std::numeric_limits<double>::infinity()), "-inf");
  EXPECT_EQ(Text(1e308).size(), 309u);
  EXPECT_EQ(Text(5e-324).size(), 326u);
}

TEST(NumberTextTest, EveryTextRoundTripsAndFits) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200'000; ++i) {
    const uint64_t bits = random();
    double d;
    static_assert(sizeof d == sizeof bits);
    __builtin_memcpy(&d, &bits, sizeof d);
    if (!std::isfinite(d)) continue;
    const std::string text = Text(d);
    ASSERT_LE(text.size(), kMaxFloatText);
    ASSERT_EQ(std::strtod(text.c_str(), nullptr), d) << text;
    ASSERT_EQ(text.find_first_of("eE"), std::string::npos);
  }
}

TEST(NumberTextTest, Ints) {
  std::string text;
  AppendInt(std::numeric_limits<int64_t>::min(), &text);
  EXPECT_EQ(text, "-9223372036854775808");
}

}  // namespace
}  // namespace ruff
