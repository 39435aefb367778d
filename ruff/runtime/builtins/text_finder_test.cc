#include "ruff/runtime/builtins/text_finder.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace ruff {
namespace {

std::vector<size_t> Found(std::string_view text, std::string_view needle) {
  std::vector<size_t> found;
  for (TextFinder finder(text, needle); finder.Next();) {
    EXPECT_EQ(finder.end(), finder.begin() + needle.size());
    found.push_back(finder.begin());
  }
  EXPECT_EQ(CountText(text, needle), found.size());
  return found;
}

TEST(TextFinderTest, FindsWithoutOverlap) {
  EXPECT_EQ(Found("aaaaa", "aa"), (std::vector<size_t>{0, 2}));
  EXPECT_EQ(Found("", "a"), std::vector<size_t>());
  EXPECT_EQ(Found("ab", "abc"), std::vector<size_t>());
  EXPECT_EQ(FindText("abc", ""), 0u);
  EXPECT_EQ(FindText("", "a"), kNotFound);
}

// Sizes around the block's, needles around the longest short one, few letters.
TEST(TextFinderTest, AgainstSearchingOneByOne) {
  std::mt19937 random(17);
  const auto letters = [&](size_t size) {
    std::string text(size, 'a');
    for (char& c : text) c = "aab"[random() % 3];
    return text;
  };
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = letters(random() % 300);
    const std::string needle = letters(1 + random() % 10);
    std::vector<size_t> expected;
    for (size_t at = text.find(needle); at != std::string::npos;
         at = text.find(needle, at + needle.size())) {
      expected.push_back(at);
    }
    ASSERT_EQ(Found(text, needle), expected) << text << " / " << needle;
  }
}

}  // namespace
}  // namespace ruff
