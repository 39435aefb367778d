#include "tools/disk_guard/policy.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gtest/gtest.h"

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

// What must hold for any input.
void CheckProperties(const std::vector<Candidate>& candidates, const std::vector<uint64_t>& free,
                     const Goals& goals) {
  const Plan plan = MakePlan(candidates, free, goals);
  std::vector<bool> deleted(candidates.size());
  uint64_t freed = 0;
  for (const size_t i : plan.deletions) {
    ASSERT_LT(i, candidates.size());
    ASSERT_FALSE(deleted[i]) << "twice";
    ASSERT_FALSE(candidates[i].in_use);
    deleted[i] = true;
    freed += candidates[i].bytes;
  }
  ASSERT_EQ(plan.freed, freed);
  // Oldest first.
  ASSERT_TRUE(std::is_sorted(plan.deletions.begin(), plan.deletions.end(), [&](size_t a, size_t b) {
    return candidates[a].last_used < candidates[b].last_used;
  }));
  // `met` is the truth.
  const auto met_without = [&](const std::vector<bool>& gone) {
    uint64_t left = 0;
    std::vector<uint64_t> space = free;
    for (size_t i = 0; i < candidates.size(); ++i) {
      (gone[i] ? space[candidates[i].volume] : left) += candidates[i].bytes;
    }
    return left <= goals.max_cache && std::all_of(space.begin(), space.end(), [&](uint64_t bytes) {
             return bytes >= goals.min_free;
           });
  };
  ASSERT_EQ(plan.met, met_without(deleted));
  // Not one too many: without the last deletion the goals would be missed.
  if (plan.met && !plan.deletions.empty()) {
    deleted[plan.deletions.back()] = false;
    ASSERT_FALSE(met_without(deleted));
    deleted[plan.deletions.back()] = true;
  }
  // When the goals are missed, nothing that helps is left.
  for (size_t i = 0; !plan.met && i < candidates.size(); ++i) {
    if (deleted[i] || candidates[i].in_use || candidates[i].bytes == 0) continue;
    std::vector<bool> more = deleted;
    more[i] = true;
    ASSERT_FALSE(met_without(more));
  }
  // Nothing younger goes on a volume while something older, not in use, stays that would have
  // helped it as well.
  for (const size_t younger : plan.deletions) {
    for (size_t older = 0; older < candidates.size(); ++older) {
      if (deleted[older] || candidates[older].in_use || candidates[older].bytes == 0) continue;
      if (candidates[older].volume != candidates[younger].volume) continue;
      ASSERT_GE(candidates[older].last_used, candidates[younger].last_used);
    }
  }
}

TEST(MakePlan, HoldsItsPropertiesForRandomInputs) {
  std::minstd_rand random(1);
  const auto below = [&](uint64_t n) { return random() % n; };
  for (int round = 0; round < 20'000 && !HasFatalFailure(); ++round) {
    std::vector<uint64_t> free(1 + below(3));
    for (uint64_t& bytes : free) bytes = below(100);
    std::vector<Candidate> candidates(below(20));
    for (Candidate& candidate : candidates) {
      candidate = {.bytes = below(30),
                   .last_used = static_cast<int64_t>(below(10)),
                   .volume = static_cast<uint32_t>(below(free.size())),
                   .in_use = below(4) == 0};
    }
    CheckProperties(candidates, free,
                    {.min_free = below(150), .max_cache = below(2) == 0 ? UINT64_MAX : below(300)});
  }
}

}  // namespace
}  // namespace ruff::disk_guard
