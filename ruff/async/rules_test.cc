// Every rule of the language reference, chapter "Asynchrony", is named by a test in this folder, as
// in "A45_Finished" or "// A43".

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "gtest/gtest.h"

namespace ruff {
namespace {

constexpr struct {
  int first;
  int last;
} kRules[] = {{1, 8}, {20, 26}, {30, 46}, {50, 51}, {60, 68}, {70, 74}, {80, 84}};

std::set<int> ListedRules() {
  std::set<int> rules;
  for (const auto& [first, last] : kRules) {
    for (int rule = first; rule <= last; ++rule) rules.insert(rule);
  }
  return rules;
}

// Adds N for every AN in `text` that is no part of a longer word, but for underscores.
void AddRules(std::string_view text, std::set<int>* rules) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != 'A' || (i > 0 && absl::ascii_isalnum(text[i - 1]))) continue;
    size_t end = i + 1;
    int rule = 0;
    for (; end < text.size() && absl::ascii_isdigit(text[end]) && rule < 1000; ++end) {
      rule = rule * 10 + (text[end] - '0');
    }
    const bool is_word = end < text.size() && absl::ascii_isalnum(text[end]);
    if (end > i + 1 && !is_word) rules->insert(rule);
  }
}

TEST(Rules, EveryOneIsNamedByATest) {
  std::set<int> named;
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("ruff/async")) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with("_test.cc")) continue;
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_FALSE(text.empty()) << name;
    AddRules(text, &named);
    ++files;
  }
  EXPECT_GE(files, 8);
  const std::set<int> listed = ListedRules();
  for (const int rule : listed) EXPECT_TRUE(named.contains(rule)) << "A" << rule << " has no test";
  for (const int rule : named) EXPECT_TRUE(listed.contains(rule)) << "there is no rule A" << rule;
}

}  // namespace
}  // namespace ruff
