#include "ruff/base/safe_path.h"

#include <gtest/gtest.h>

namespace ruff {
namespace {

std::string Check(std::string_view raw) {
  std::string path;
  const std::string message = CheckSafePath("entry", raw, &path);
  return message.empty() ? path : message;
}

TEST(SafePathTest, NormalisesWhatIsSafe) {
  EXPECT_EQ(Check("a/b.txt"), "a/b.txt");
  EXPECT_EQ(Check("./d.txt"), "d.txt");
  EXPECT_EQ(Check("a\\b"), "a/b");
  EXPECT_EQ(Check("a//b/./c/"), "a/b/c");
  EXPECT_EQ(Check("..."), "...");
  EXPECT_EQ(Check("1:x"), "1:x");
  EXPECT_EQ(Check("é:x"), "é:x");
}

TEST(SafePathTest, RefusesTheRestInOrder) {
  EXPECT_EQ(Check(""), "Unsafe entry: empty path is not allowed");
  EXPECT_EQ(Check(std::string_view("/a\0", 3)),
            std::string("Unsafe entry '/a\0': null byte is not allowed", 44));
  EXPECT_EQ(Check("/../a"), "Unsafe entry '/../a': absolute path is not allowed");
  EXPECT_EQ(Check("\\a"), "Unsafe entry '\\a': absolute path is not allowed");
  EXPECT_EQ(Check("a/../C:/b"),
            "Unsafe entry 'a/../C:/b': parent directory traversal component is not allowed");
  EXPECT_EQ(Check("a/C:/../b"), "Unsafe entry 'a/C:/../b': drive-prefixed path is not allowed");
  EXPECT_EQ(Check("c:"), "Unsafe entry 'c:': drive-prefixed path is not allowed");
  EXPECT_EQ(Check("./."), "Unsafe entry './.': empty normalized path is not allowed");
}

}  // namespace
}  // namespace ruff
