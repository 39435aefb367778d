#include "ruff/lang/bytecode/module.h"

#include <map>
#include <random>

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(PositionTable, FindsTheEntryThatCovers) {
  PositionTable table;
  EXPECT_EQ(table.Find(0), 0u);
  table.Add(2, 100);
  table.Add(5, 40);
  table.Add(6, 40);
  table.Add(9, 4000000000);
  EXPECT_EQ(table.Find(1), 0u) << "before the first entry";
  EXPECT_EQ(table.Find(2), 100u);
  EXPECT_EQ(table.Find(4), 100u);
  EXPECT_EQ(table.Find(5), 40u);
  EXPECT_EQ(table.Find(8), 40u);
  EXPECT_EQ(table.Find(9), 4000000000u);
  EXPECT_EQ(table.Find(0xffffffff), 4000000000u);
}

TEST(PositionTable, FirstEntryMayBeAtOffsetZero) {
  PositionTable table;
  table.Add(0, 0);
  table.Add(3, 7);
  EXPECT_EQ(table.Find(2), 0u);
  EXPECT_EQ(table.Find(3), 7u);
}

TEST(PositionTable, AgreesWithAMap) {
  std::mt19937 random(1);
  PositionTable table;
  std::map<uint32_t, uint32_t> model;
  uint32_t pc = 0;
  for (int i = 0; i < 2000; ++i) {
    pc += 1 + random() % 300;
    const uint32_t offset = random() >> random() % 32;
    table.Add(pc, offset);
    model[pc] = offset;
  }
  for (uint32_t at = 0; at < pc + 10; at += 1 + random() % 97) {
    const auto next = model.upper_bound(at);
    EXPECT_EQ(table.Find(at), next == model.begin() ? 0 : std::prev(next)->second) << at;
  }
}

TEST(PositionTable, SmallStepsTakeTwoBytes) {
  PositionTable table;
  for (uint32_t i = 0; i < 1000; ++i) table.Add(i, i * 5);
  EXPECT_EQ(table.byte_size(), 2000u);
}

}  // namespace
}  // namespace ruff
