#include "ruff/lang/ast/string_table.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(StringTable, EqualStringsShareAnId) {
  StringTable table;
  EXPECT_EQ(table.Intern("a"), 0u);
  EXPECT_EQ(table.Intern(""), 1u);
  EXPECT_EQ(table.Intern(std::string("a")), 0u);
  EXPECT_EQ(table.Intern(std::string_view("a\0b", 3)), 2u);
  EXPECT_EQ(table.Get(2), std::string_view("a\0b", 3));
  EXPECT_EQ(table.Get(1), "");
  EXPECT_EQ(table.size(), 3u);
}

TEST(StringTable, ViewsSurviveGrowthAndMove) {
  StringTable table;
  const std::string_view first = table.Get(table.Intern("first"));
  const std::string large(1 << 20, 'x');
  for (int i = 0; i < 100000; ++i) {
    ASSERT_EQ(table.Intern(std::to_string(i)), static_cast<uint32_t>(i + 1));
    if (i == 500) {
      StringTable moved = std::move(table);
      table = std::move(moved);
    }
  }
  EXPECT_EQ(table.Get(table.Intern(large)), large);
  EXPECT_EQ(first, "first");
  for (int i = 0; i < 100000; ++i) ASSERT_EQ(table.Get(i + 1), std::to_string(i));
}

}  // namespace
}  // namespace ruff
