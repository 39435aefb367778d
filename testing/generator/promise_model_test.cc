#include "testing/generator/promise_model.h"

#include <vector>

#include "gtest/gtest.h"

namespace ruff::generator {
namespace {

using Members = std::vector<ModelMember>;

ModelMember Fulfils(uint8_t turns) { return {.turns = turns}; }
ModelMember Rejects(uint8_t turns) { return {.turns = turns, .rejects = true}; }

TEST(FirstRejection, IsTheLowestOfThoseSettledAtTheCall) {
  EXPECT_EQ(FirstRejection(Members{Fulfils(0), Rejects(0), Rejects(0)}, 0), 1);
  EXPECT_EQ(FirstRejection(Members{Rejects(1), Rejects(0)}, 0), 1);
}

TEST(FirstRejection, IsElseTheFirstInTimeThenInOrder) {
  EXPECT_EQ(FirstRejection(Members{Rejects(3), Rejects(2), Rejects(2)}, 0), 1);
  EXPECT_EQ(FirstRejection(Members{Fulfils(3), Fulfils(0)}, 0), std::nullopt);
  EXPECT_EQ(FirstRejection(Members{}, 0), std::nullopt);
}

TEST(FirstRejection, IsNoticedWhenTheWindowReachesIt) {
  // Index 2 is rejected from the start but comes into the window when index 0 has settled.
  EXPECT_EQ(FirstRejection(Members{Fulfils(1), Rejects(2), Rejects(0)}, 2), 2);
  EXPECT_EQ(FirstRejection(Members{Fulfils(3), Rejects(2), Rejects(0)}, 2), 1);
}

TEST(FirstRejection, PromisesMadeBeforeTheListSettleFirst) {
  // Index 1 was made before index 0, leaves the window before it, and lets index 2 in.
  const ModelMember shared = {.turns = 1, .start = 0};
  EXPECT_EQ(FirstRejection(Members{Rejects(1), shared, Rejects(0)}, 2), 2);
  EXPECT_EQ(FirstRejection(Members{Rejects(1), Fulfils(1), Rejects(0)}, 2), 0);
  EXPECT_EQ(FirstSettled(Members{Fulfils(1), shared}), 1);
  EXPECT_EQ(FirstSettled(Members{Fulfils(1), {.turns = 1, .start = 2}, shared, shared}), 2);
}

TEST(FirstSettled, CountsRejectionsFirstFulfilledDoesNot) {
  const Members members = {Fulfils(2), Rejects(1), Fulfils(2)};
  EXPECT_EQ(FirstSettled(members), 1);
  EXPECT_EQ(FirstFulfilled(members), 0);
  EXPECT_EQ(FirstFulfilled(Members{Rejects(0)}), std::nullopt);
}

TEST(RunMap, StartsNothingAfterTheFirstRejection) {
  const MapOutcome outcome = RunMap(Members{Fulfils(1), Rejects(1), Fulfils(1), Fulfils(1)}, 2);
  EXPECT_EQ(outcome.rejected, 1);
  EXPECT_LT(outcome.started, 4);
  EXPECT_EQ(RunMap(Members{Fulfils(1), Fulfils(0), Fulfils(2)}, 1).started, 3);
}

}  // namespace
}  // namespace ruff::generator
