#include <gtest/gtest.h>

#include <cmath>

#include "ruff/runtime/builtins/test_context.h"

namespace ruff {
namespace {

TEST(MathTest, ResultsAreFloats) {
  TestContext c;
  EXPECT_EQ(c.Try("abs", {I(-3)}), "Float(3)");
  EXPECT_EQ(c.Try("round", {F(2.5)}), "Float(3)");
  EXPECT_EQ(c.Try("round", {F(-2.5)}), "Float(-3)");
  EXPECT_EQ(c.Try("round", {F(0.49999999999999994)}), "Float(0)");
  EXPECT_EQ(c.Try("ceil", {F(-0.5)}), "Float(-0)");
  EXPECT_EQ(c.Try("pow", {I(0), I(0)}), "Float(1)");
  EXPECT_EQ(c.Try("pow", {I(-8), F(0.5)}), "Float(NaN)");
  EXPECT_EQ(c.Try("min", {F(NAN), I(2)}), "Float(2)");
  EXPECT_EQ(c.Try("exp", {I(1000)}), "Float(inf)");
}

TEST(MathTest, Errors) {
  TestContext c;
  EXPECT_EQ(c.Try("sqrt", {F(-0.5)}), "error: sqrt() domain error: value must be >= 0");
  EXPECT_EQ(c.Try("log", {I(0)}), "error: log() domain error: value must be > 0");
  EXPECT_EQ(c.Try("sqrt", {S("9")}),
            "error: sqrt() expects numeric argument 'value' , got Str(\"9\")");
  EXPECT_EQ(c.Try("abs", {}), "error: abs() expects 1 argument");
  EXPECT_EQ(c.Try("max", {S("a"), I(1)}), "error: max() expects numeric arguments");
  EXPECT_EQ(c.Try("pow", {I(1)}), "error: pow() expects 2 arguments");
}

TEST(BitsTest, WorkOnTwosComplement) {
  TestContext c;
  EXPECT_EQ(c.Try("bit_and", {I(-1), I(10)}), "Int(10)");
  EXPECT_EQ(c.Try("bit_xor", {I(12), I(10)}), "Int(6)");
  EXPECT_EQ(c.Try("bit_not", {I(0)}), "Int(-1)");
  EXPECT_EQ(c.Try("bit_shl", {I(1), I(63)}), "Int(-9223372036854775808)");
  EXPECT_EQ(c.Try("bit_shr", {I(-16), I(2)}), "Int(-4)");
  EXPECT_EQ(c.Try("bit_shl", {I(1), I(64)}),
            "error: bit_shl() expects a shift amount between 0 and 63");
  EXPECT_EQ(c.Try("bit_or", {I(1), F(2)}),
            "error: bit_or() expects integer argument 'right' , got Float(2)");
  EXPECT_EQ(c.Try("bit_not", {F(2)}),
            "error: bit_not() expects integer argument 'value' , got Float(2)");
}

}  // namespace
}  // namespace ruff
