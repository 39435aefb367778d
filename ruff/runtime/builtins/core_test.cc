#include <gtest/gtest.h>

#include "ruff/runtime/builtins/test_context.h"
#include "ruff/runtime/value/collection.h"

namespace ruff {
namespace {

TEST(CoreTest, LenCountsCharactersAndElements) {
  TestContext c;
  EXPECT_EQ(c.Try("len", {S("é日a")}), "Int(3)");
  EXPECT_EQ(c.Try("len", {A({I(1), I(2)})}), "Int(2)");
  EXPECT_EQ(c.Try("len", {D({{"a", I(1)}})}), "Int(1)");
  EXPECT_EQ(c.Try("len", {Ref(NewBytes("abc"))}), "Int(3)");
  EXPECT_EQ(c.Try("len", {I(1)}),
            "error: len() requires an array, dict, bytes, set, queue, stack, or string");
  EXPECT_EQ(c.Try("len", {}), "error: len expects 1 arguments, got 0");
}

TEST(CoreTest, TypeNamesAndAliasMessages) {
  TestContext c;
  EXPECT_EQ(c.Try("type", {F(1)}), "String(\"float\")");
  EXPECT_EQ(c.Try("type_of", {}), "error: type expects 1 arguments, got 0");
}

TEST(CoreTest, Range) {
  TestContext c;
  EXPECT_EQ(c.Try("range", {I(3)}), "Array[Int(0), Int(1), Int(2)]");
  EXPECT_EQ(c.Try("range", {F(1.5), F(4.5)}), "Array[Int(1), Int(2), Int(3)]");
  EXPECT_EQ(c.Try("range", {I(10), I(0), I(-3)}), "Array[Int(10), Int(7), Int(4), Int(1)]");
  EXPECT_EQ(c.Try("range", {I(0), I(5), I(-1)}), "Array[]");
  EXPECT_EQ(c.Try("range", {I(INT64_MAX - 3), I(INT64_MAX), I(2)}),
            "Array[Int(9223372036854775804), Int(9223372036854775806)]");
  EXPECT_EQ(c.Try("range", {I(INT64_MAX), I(INT64_MIN), I(INT64_MIN)}),
            "Array[Int(9223372036854775807), Int(-1)]");
  EXPECT_EQ(c.Try("range", {I(INT64_MIN), I(INT64_MAX)}),
            "error: range() result exceeds maximum size");
  EXPECT_EQ(c.Try("range", {I(0), I(5), I(0)}), "error: range() step cannot be zero");
  EXPECT_EQ(c.Try("range", {S("5")}), "error: range() requires numeric arguments");
  EXPECT_EQ(c.Try("range", {}), "error: range() requires 1, 2, or 3 arguments");
}

TEST(CoreTest, ExitTakesTheLowByte) {
  TestContext c;
  c.Call("exit", {I(300)});
  EXPECT_TRUE(c.exit_requested());
  EXPECT_EQ(c.exit_code(), 44);
  c.Call("exit", {I(-1)});
  EXPECT_EQ(c.exit_code(), 255);
  EXPECT_EQ(c.Try("exit", {S("x")}), "error: exit() requires a numeric exit code when provided");
}

TEST(ConsoleTest, PrintJoinsTextForms) {
  TestContext c;
  c.Call("print", {S("a"), F(1), A({S("x"), Null()})});
  c.Call("println", {});
  EXPECT_EQ(c.TakeOutput(), "a 1 [x, null]\n\n");
  c.Call("eprint", {I(5)});
  EXPECT_EQ(c.TakeErrors(), "5\n");
  EXPECT_EQ(c.TakeOutput(), "");
}

}  // namespace
}  // namespace ruff
