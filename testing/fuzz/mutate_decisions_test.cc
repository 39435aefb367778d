#include "testing/fuzz/mutate_decisions.h"

#include <algorithm>
#include <set>

#include "gtest/gtest.h"

namespace ruff::fuzz {
namespace {

using generator::Decisions;
using generator::PartKind;
using generator::TracedDecisions;

// Three members of two bytes each, behind a byte that belongs to none.
TracedDecisions Trace(const Bytes& bytes) {
  TracedDecisions trace(bytes);
  trace.Below(10);
  for (int i = 0; i < 3; ++i) {
    const Decisions::Part part(trace, PartKind::kMember);
    trace.Below(100);
    trace.Below(100);
  }
  return trace;
}

const Bytes kInput = {1, 10, 11, 20, 21, 30, 31};

TEST(TracedDecisions, KnowsChoicesAndParts) {
  const TracedDecisions trace = Trace(kInput);
  ASSERT_EQ(trace.choices().size(), 7u);
  EXPECT_EQ(trace.choices()[0].bound, 10u);
  ASSERT_EQ(trace.parts().size(), 3u);
  EXPECT_EQ(trace.parts()[1].begin, 3u);
  EXPECT_EQ(trace.parts()[1].end, 5u);
}

TEST(TracedDecisions, HasNothingOfWhatTookNoBytes) {
  const TracedDecisions trace = Trace({1, 10});
  EXPECT_EQ(trace.choices().size(), 2u);
  EXPECT_EQ(trace.parts().size(), 1u);
}

TEST(MutateDecisions, MovesWholeMembersOrChangesOneChoice) {
  const TracedDecisions trace = Trace(kInput);
  std::set<size_t> sizes;
  for (uint32_t seed = 0; seed < 500; ++seed) {
    const Bytes output = MutateDecisions(trace, kInput, 100, seed);
    sizes.insert(output.size());
    if (output.size() != kInput.size()) continue;
    int changed = 0;
    for (size_t i = 0; i < output.size(); ++i) changed += output[i] != kInput[i];
    EXPECT_LE(changed, 2);
    EXPECT_LT(output[0], 10);
    EXPECT_TRUE(std::all_of(output.begin(), output.end(), [](uint8_t b) { return b < 100; }));
  }
  EXPECT_EQ(sizes, (std::set<size_t>{5, 7, 9}));
}

TEST(MutateDecisions, KeepsToTheSizeAndGrowsFromNothing) {
  const TracedDecisions trace = Trace(kInput);
  for (uint32_t seed = 0; seed < 100; ++seed) {
    EXPECT_LE(MutateDecisions(trace, kInput, 6, seed).size(), 6u);
    EXPECT_EQ(MutateDecisions(trace, kInput, 6, seed), MutateDecisions(trace, kInput, 6, seed));
  }
  EXPECT_FALSE(MutateDecisions(Trace({}), {}, 100, 1).empty());
}

TEST(CrossDecisions, TakesAMemberOfTheOther) {
  const Bytes other = {2, 50, 51};
  const TracedDecisions trace = Trace(kInput);
  const TracedDecisions other_trace = Trace(other);
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const Bytes output = CrossDecisions(trace, kInput, other_trace, other, 100, seed);
    const auto at = std::find(output.begin(), output.end(), 50);
    ASSERT_NE(at, output.end());
    EXPECT_EQ(*(at + 1), 51);
    EXPECT_EQ(output.size(), kInput.size());
  }
  EXPECT_EQ(CrossDecisions(trace, kInput, Trace({}), {}, 100, 1), kInput);
}

}  // namespace
}  // namespace ruff::fuzz
