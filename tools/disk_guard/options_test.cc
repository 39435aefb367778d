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
