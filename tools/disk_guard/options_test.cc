#include "tools/disk_guard/options.h"

#include "gtest/gtest.h"

namespace ruff::disk_guard {
namespace {

TEST(ReadOptions, IsADryRunByDefault) {
  std::string error;
  const auto options = ReadOptions({"/cache"}, &error);
  ASSERT_TRUE(options.has_value());
  EXPECT_FALSE(options->apply);
  EXPECT_EQ(options->goals.min_free, 0);
  EXPECT_EQ(options->goals.max_cache, UINT64_MAX);
  EXPECT_EQ(options->roots, std::vector<std::string>{"/cache"});
}

TEST(ReadOptions, ReadsAll) {
  std::string error;
  const auto options =
      ReadOptions({"--apply", "--min-free=5G", "--max-cache=1.5K", "--min-age=2h", "--keep=/w",
                   "--temp=/tmp", "--json", "--quiet", "/a", "--", "--b"},
                  &error);
  ASSERT_TRUE(options.has_value()) << error;
  EXPECT_TRUE(options->apply && options->json && options->quiet);
  EXPECT_EQ(options->goals.min_free, uint64_t{5} << 30);
  EXPECT_EQ(options->goals.max_cache, 1536);
  EXPECT_EQ(options->min_age, 7200);
  EXPECT_EQ(options->keep_workspace, "/w");
  EXPECT_EQ(options->temp_roots, std::vector<std::string>{"/tmp"});
  EXPECT_EQ(options->roots, (std::vector<std::string>{"/a", "--b"}));
}

// Every option in the help is one, examples included.
TEST(ReadOptions, KnowsWhatTheHelpShows) {
  EXPECT_NE(kUsage.find("Examples:"), std::string_view::npos);
  size_t options = 0;
  for (size_t at = kUsage.find(" --"); at != std::string_view::npos;
       at = kUsage.find(" --", at + 1)) {
    const size_t end = kUsage.find_first_of(" \n", at + 1);
    std::string option(kUsage.substr(at + 1, end - at - 1));
    for (const auto& [name, value] : {std::pair{"=SIZE", "=1G"}, {"=TIME", "=1h"}}) {
      const size_t place = option.find(name);
      if (place != std::string::npos) option.replace(place, std::string::npos, value);
    }
    std::string error;
    EXPECT_TRUE(ReadOptions({option}, &error).has_value()) << error;
    ++options;
  }
  EXPECT_GE(options, 16u);
}

TEST(ReadOptions, RejectsNonsense) {
  for (const char* argument : {"--min-free", "--min-free=", "--min-free=x", "--max-cache=-1",
                               "--min-age=1", "--temp=", "--delete-everything", "-f"}) {
    std::string error;
    EXPECT_FALSE(ReadOptions({argument}, &error).has_value()) << argument;
    EXPECT_NE(error.find(argument), std::string::npos);
  }
}

}  // namespace
}  // namespace ruff::disk_guard
