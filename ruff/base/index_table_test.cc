#include "ruff/base/index_table.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(IndexTable, FindsWhatWasAdded) {
  IndexTable table;
  const auto find = [&](uint32_t number) {
    return table.Find(number * 0x9e3779b97f4a7c15, [&](uint32_t i) { return i == number; });
  };
  EXPECT_EQ(find(3), IndexTable::kNone);
  for (uint32_t i = 0; i < 100'000; ++i) table.Add(i * 0x9e3779b97f4a7c15, i);
  for (uint32_t i = 0; i < 100'000; ++i) ASSERT_EQ(find(i), i);
  EXPECT_EQ(find(100'000), IndexTable::kNone);
}

TEST(IndexTable, TellsEqualHashesApart) {
  IndexTable table;
  const std::vector<std::string> words = {"a", "b", "c"};
  for (uint32_t i = 0; i < 3; ++i) table.Add(42, i);
  for (uint32_t i = 0; i < 3; ++i) {
    EXPECT_EQ(table.Find(42, [&](uint32_t at) { return words[at] == words[i]; }), i);
  }
  EXPECT_EQ(table.Find(42, [&](uint32_t at) { return words[at] == "d"; }), IndexTable::kNone);
}

}  // namespace
}  // namespace ruff
