#include <gtest/gtest.h>

#include "ruff/runtime/builtins/random_source.h"
#include "ruff/runtime/builtins/test_context.h"

namespace ruff {
namespace {

TEST(RandomTest, TheSequenceOfASeedIsPinned) {
  RandomStream stream(uint64_t{42});
  EXPECT_EQ(RandomFloat(stream), 0.5265574090027738);
  EXPECT_EQ(RandomFloat(stream), 0.5427252099031439);
  EXPECT_EQ(RandomInt(stream, 1, 6), 3);
  EXPECT_EQ(RandomInt(stream, 1, 6), 1);
  EXPECT_EQ(RandomInt(stream, -100, 100), -17);
}

TEST(RandomTest, WholeRangeAndErrors) {
  TestContext c;
  c.Call("random_int", {I(INT64_MIN), I(INT64_MAX)});
  EXPECT_EQ(c.failure(), "");
  EXPECT_EQ(c.Try("random_int", {I(5), I(1)}), "error: random_int() expects min <= max");
  EXPECT_EQ(c.Try("random_id", {I(INT64_MAX)}), "error: random_id() result exceeds maximum size");
  EXPECT_EQ(c.Try("random", {I(1)}), "error: random() expects 0 arguments, got 1");
}

}  // namespace
}  // namespace ruff
