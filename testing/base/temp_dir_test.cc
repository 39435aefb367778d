#include "testing/base/temp_dir.h"

#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "testing/base/file_text.h"

namespace ruff {
namespace {

namespace fs = std::filesystem;

TEST(TempDir, IsFreshAndRemoved) {
  std::string path;
  {
    const TempDir one;
    const TempDir other;
    EXPECT_NE(one.path(), other.path());
    path = one.path();
    EXPECT_TRUE(fs::is_directory(path));
    EXPECT_TRUE(fs::is_empty(path));
    fs::create_directories(one.Join("a/b"));
    EXPECT_TRUE(WriteFileText(one.Join("a/b/file"), "text"));
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TempDir, RemovesWhatIsUnwritableAndFollowsNoLinks) {
  const TempDir outside;
  ASSERT_TRUE(WriteFileText(outside.Join("keep"), "text"));
  std::string path;
  {
    const TempDir dir;
    path = dir.path();
    fs::create_directories(dir.Join("a/b"));
    fs::create_directory_symlink(outside.path(), dir.Join("a/link"));
    ASSERT_TRUE(WriteFileText(dir.Join("a/b/file"), "text"));
    fs::permissions(dir.Join("a/b"), fs::perms::none);
    fs::permissions(dir.Join("a"), fs::perms::none);
  }
  EXPECT_FALSE(fs::exists(path));
  EXPECT_EQ(ReadFileText(outside.Join("keep")), "text");
}

}  // namespace
}  // namespace ruff
