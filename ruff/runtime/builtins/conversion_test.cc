#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/test_context.h"

namespace ruff {
namespace {

TEST(ConversionTest, ParsesInts) {
  TestContext c;
  EXPECT_EQ(c.Try("parse_int", {S("\u00a0-7 ")}), "Int(-7)");
  EXPECT_EQ(c.Try("parse_int", {S("+5")}), "Int(5)");
  EXPECT_EQ(c.Try("parse_int", {S("-9223372036854775808")}), "Int(-9223372036854775808)");
  for (const char* bad :
       {"", "+", "-", "+-5", "--5", "3.5", "1_000", "0x10", "1 2", "9223372036854775808"}) {
    EXPECT_EQ(c.Try("parse_int", {S(bad)}),
              std::string("error: Cannot parse '") + bad + "' as integer");
  }
  EXPECT_EQ(c.Try("parse_int", {S("1"), I(10)}), "error: parse_int requires a string argument");
}

TEST(ConversionTest, ParsesFloats) {
  TestContext c;
  EXPECT_EQ(c.Try("parse_float", {S("  1e3 ")}), "Float(1000)");
  EXPECT_EQ(c.Try("parse_float", {S("-.5")}), "Float(-0.5)");
  EXPECT_EQ(c.Try("parse_float", {S("5.")}), "Float(5)");
  EXPECT_EQ(c.Try("parse_float", {S("1e400")}), "Float(inf)");
  EXPECT_EQ(c.Try("parse_float", {S("-1e400")}), "Float(-inf)");
  EXPECT_EQ(c.Try("parse_float", {S("1e-400")}), "Float(0)");
  EXPECT_EQ(c.Try("parse_float", {S("-Infinity")}), "Float(-inf)");
  EXPECT_EQ(c.Try("parse_float", {S("nan")}), "Float(NaN)");
  for (const char* bad : {"", ".", "-", "+-1", "1,5", "0x10", "1e", "in", "nan(1)", "1_0", "e5"}) {
    EXPECT_EQ(c.Try("parse_float", {S(bad)}),
              std::string("error: Cannot parse '") + bad + "' as float");
  }
}

TEST(ConversionTest, RandomNumbersRoundTrip) {
  std::mt19937_64 random(5);
  TestContext c;
  for (int i = 0; i < 2000; ++i) {
    const uint64_t bits = random();
    double d;
    std::memcpy(&d, &bits, sizeof d);
    if (std::isnan(d)) continue;
    const Ref parsed = c.Call("parse_float", {c.Call("to_string", {F(d)})});
    ASSERT_EQ(parsed.get().d, d);
    const auto n = static_cast<int64_t>(random() >> (random() % 64));
    ASSERT_EQ(c.Call("parse_int", {c.Call("to_string", {I(n)})}).get().i, n);
  }
}

TEST(ConversionTest, ToIntTruncatesAndSaturates) {
  TestContext c;
  EXPECT_EQ(c.Try("to_int", {F(-3.9)}), "Int(-3)");
  EXPECT_EQ(c.Try("to_int", {F(1e30)}), "Int(9223372036854775807)");
  EXPECT_EQ(c.Try("to_int", {F(-1e30)}), "Int(-9223372036854775808)");
  EXPECT_EQ(c.Try("to_int", {F(NAN)}), "Int(0)");
  EXPECT_EQ(c.Try("to_int", {S(" 8 ")}), "Int(8)");
  EXPECT_EQ(c.Try("to_int", {S("3.5")}), "error: Cannot convert '3.5' to int");
  EXPECT_EQ(c.Try("to_int", {D({})}), "error: Cannot convert dict to int");
  EXPECT_EQ(c.Try("to_float", {Null()}), "error: Cannot convert null to float");
  EXPECT_EQ(c.Try("to_int", {}), "error: to_int() requires one argument");
}

TEST(ConversionTest, Bools) {
  TestContext c;
  EXPECT_EQ(c.Try("to_bool", {S("FALSE")}), "Bool(false)");
  EXPECT_EQ(c.Try("to_bool", {S("0.0")}), "Bool(true)");
  EXPECT_EQ(c.Try("is_truthy", {S("false")}), "Bool(true)");
  EXPECT_EQ(c.Try("is_truthy", {D({})}), "Bool(false)");
}

TEST(ConversionTest, KindChecks) {
  TestContext c;
  EXPECT_EQ(c.Try("is_int", {F(1)}), "Bool(false)");
  EXPECT_EQ(c.Try("is_null", {}), "Bool(false)");
  EXPECT_EQ(c.Try("is_array", {A({})}), "Bool(true)");
  EXPECT_EQ(c.Try("is_int", {I(1), I(2)}), "error: is_int() expects 1 argument");
}

TEST(ConversionTest, BytesAndError) {
  TestContext c;
  EXPECT_EQ(c.Try("bytes", {A({I(1), I(255)})}), "Bytes(2 bytes)");
  EXPECT_EQ(c.Try("bytes", {A({I(256)})}),
            "error: bytes() requires integers in range 0-255, got 256");
  EXPECT_EQ(c.Try("bytes", {A({F(1)})}), "error: bytes() requires an array of integers");
  EXPECT_EQ(c.Try("bytes", {}), "error: bytes() requires an array argument");
  EXPECT_EQ(c.Try("error", {S("m")}), "error: m");
  EXPECT_EQ(c.Try("error", {I(5)}), "error: Int(5)");
}

}  // namespace
}  // namespace ruff
