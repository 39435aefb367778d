#include "ruff/driver/nearest.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

constexpr std::string_view kWords[] = {"run", "check", "test", "test-run", "--quiet"};

TEST(EditDistanceTest, CountsEachKindOfEdit) {
  EXPECT_EQ(EditDistance("", ""), 0);
  EXPECT_EQ(EditDistance("abc", "abc"), 0);
  EXPECT_EQ(EditDistance("abc", "ab"), 1);
  EXPECT_EQ(EditDistance("abc", "abxc"), 1);
  EXPECT_EQ(EditDistance("abc", "axc"), 1);
  EXPECT_EQ(EditDistance("abc", "bac"), 1);
  EXPECT_EQ(EditDistance("abc", ""), 3);
}

TEST(NearestWordTest, FindsWhatWasMeant) {
  EXPECT_EQ(NearestWord("chekc", kWords), "check");
  EXPECT_EQ(NearestWord("tset", kWords), "test");
  EXPECT_EQ(NearestWord("test-rn", kWords), "test-run");
  EXPECT_EQ(NearestWord("--quite", kWords), "--quiet");
}

TEST(NearestWordTest, DoesNotGuessWildly) {
  EXPECT_EQ(NearestWord("frobnicate", kWords), "");
  EXPECT_EQ(NearestWord("rn", kWords), "");
  EXPECT_EQ(NearestWord("", kWords), "");
  EXPECT_EQ(NearestWord("--", kWords), "");
}

}  // namespace
}  // namespace ruff
