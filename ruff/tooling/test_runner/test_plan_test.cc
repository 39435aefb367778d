#include "ruff/tooling/test_runner/test_plan.h"

#include <vector>

#include "gtest/gtest.h"

namespace ruff {
namespace {

using Type = TestBlock::Type;
using Functions = std::vector<uint32_t>;

TEST(TestPlanTest, KeepsSourceOrder) {
  const auto plan = PlanTests({{Type::kTest, "a", 1}, {Type::kTest, "b", 2}});
  ASSERT_EQ(plan.size(), 2u);
  EXPECT_EQ(plan[0].name, "a");
  EXPECT_EQ(plan[1].body, 2u);
  EXPECT_TRUE(plan[0].setups.empty());
  EXPECT_TRUE(plan[0].teardowns.empty());
}

TEST(TestPlanTest, HooksNestFromTheOutsideInAndBack) {
  const auto plan = PlanTests({{Type::kSetup, "", 1},
                               {Type::kTeardown, "", 2},
                               {Type::kGroupBegin, "g", 0},
                               {Type::kSetup, "", 3},
                               {Type::kTeardown, "", 4},
                               {Type::kGroupBegin, "h", 0},
                               {Type::kTest, "inner", 5},
                               {Type::kGroupEnd, "", 0},
                               {Type::kGroupEnd, "", 0},
                               {Type::kTest, "outer", 6}});
  ASSERT_EQ(plan.size(), 2u);
  EXPECT_EQ(plan[0].setups, (Functions{1, 3}));
  EXPECT_EQ(plan[0].teardowns, (Functions{4, 2}));
  EXPECT_EQ(plan[1].setups, Functions{1});
  EXPECT_EQ(plan[1].teardowns, Functions{2});
}

TEST(TestPlanTest, TheLastHookOfAGroupCountsForAllItsTests) {
  const auto plan =
      PlanTests({{Type::kSetup, "", 1}, {Type::kTest, "a", 2}, {Type::kSetup, "", 3}});
  ASSERT_EQ(plan.size(), 1u);
  EXPECT_EQ(plan[0].setups, Functions{3});
}

}  // namespace
}  // namespace ruff
