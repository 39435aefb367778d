#include "tools/disk_guard/policy.h"

#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "tools/disk_guard/policy_properties.h"

namespace ruff::disk_guard {
namespace {

using Indices = std::vector<size_t>;

TEST(MakePlan, DeletesNothingWithoutNeed) {
  const std::vector<Candidate> candidates = {{10, 1, 0, false}, {20, 2, 0, false}};
  const Plan plan =
      MakePlan(candidates, std::vector<uint64_t>{100}, {.min_free = 100, .max_cache = 30});
  EXPECT_EQ(plan.deletions, Indices{});
  EXPECT_TRUE(plan.met);
}

TEST(MakePlan, TakesTheOldestFirstUntilThereIsEnoughSpace) {
  const std::vector<Candidate> candidates = {
      {10, 3, 0, false}, {10, 1, 0, true}, {10, 2, 0, false}, {10, 9, 0, false}};
  const Plan plan = MakePlan(candidates, std::vector<uint64_t>{5}, {.min_free = 20});
  EXPECT_EQ(plan.deletions, (Indices{2, 0}));
  EXPECT_EQ(plan.freed, 20);
  EXPECT_TRUE(plan.met);
}

TEST(MakePlan, OfEquallyOldOnesTakesTheLargest) {
  const std::vector<Candidate> candidates = {
      {10, 1, 0, false}, {30, 1, 0, false}, {10, 1, 0, false}};
  const Plan plan = MakePlan(candidates, std::vector<uint64_t>{0}, {.max_cache = 15});
  EXPECT_EQ(plan.deletions, (Indices{1, 0}));
}

TEST(MakePlan, FreesEachVolumeForItself) {
  const std::vector<Candidate> candidates = {{10, 1, 0, false}, {10, 2, 1, false}};
  const Plan plan = MakePlan(candidates, std::vector<uint64_t>{50, 0}, {.min_free = 10});
  EXPECT_EQ(plan.deletions, Indices{1});
  EXPECT_TRUE(plan.met);
}

TEST(MakePlan, SaysWhenItCannotHelp) {
  const std::vector<Candidate> candidates = {{10, 1, 0, true}, {0, 1, 0, false}};
  const Plan plan = MakePlan(candidates, std::vector<uint64_t>{0}, {.min_free = 5, .max_cache = 5});
  EXPECT_EQ(plan.deletions, Indices{});
  EXPECT_FALSE(plan.met);
}

TEST(MakePlan, StandsSizesThatOverflow) {
  const std::vector<Candidate> candidates = {{UINT64_MAX, 1, 0, false}, {UINT64_MAX, 2, 0, false}};
  const Plan plan =
      MakePlan(candidates, std::vector<uint64_t>{0}, {.min_free = UINT64_MAX, .max_cache = 0});
  EXPECT_EQ(plan.freed, UINT64_MAX);
  EXPECT_TRUE(plan.met);
}

TEST(MakePlan, HoldsItsPropertiesForRandomInputs) {
  std::minstd_rand random(1);
  const auto below = [&](uint64_t n) { return random() % n; };
  for (int round = 0; round < 20'000; ++round) {
    std::vector<uint64_t> free(1 + below(3));
    for (uint64_t& bytes : free) bytes = below(100);
    std::vector<Candidate> candidates(below(20));
    for (Candidate& candidate : candidates) {
      candidate = {.bytes = below(30),
                   .last_used = static_cast<int64_t>(below(10)),
                   .volume = static_cast<uint32_t>(below(free.size())),
                   .in_use = below(4) == 0};
    }
    const Goals goals{.min_free = below(150), .max_cache = below(2) == 0 ? UINT64_MAX : below(300)};
    ASSERT_EQ(BrokenProperty(candidates, free, goals), "") << "round " << round;
  }
}

}  // namespace
}  // namespace ruff::disk_guard
