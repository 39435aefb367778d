#include "ruff/host/path/path_text.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

struct Case {
  std::string_view path, parent, name, extension;
};

TEST(PathTextTest, Parts) {
  for (const Case& c : {Case{"a/b/c.txt", "a/b", "c.txt", "txt"},
                        Case{"c.txt", "", "c.txt", "txt"},
                        Case{"/", "/", "", ""},
                        Case{"//", "/", "", ""},
                        Case{"", "/", "", ""},
                        Case{"a/b/", "a", "b", ""},
                        Case{"/a", "/", "a", ""},
                        Case{"/a/.", "/", "a", ""},
                        Case{"..", "", "", ""},
                        Case{"/..", "/", "", ""},
                        Case{"a/..", "a", "", ""},
                        Case{"a//b", "a", "b", ""},
                        Case{"a/./b", "a", "b", ""},
                        Case{"./x", ".", "x", ""},
                        Case{".", "", "", ""},
                        Case{"a/.", "", "a", ""},
                        Case{".hidden", "", ".hidden", ""},
                        Case{".a.b", "", ".a.b", "b"},
                        Case{"...", "", "...", ""},
                        Case{"x.tar.gz", "", "x.tar.gz", "gz"},
                        Case{"x.", "", "x.", ""},
                        Case{"a\\b.c", "", "a\\b.c", "c"}}) {
    EXPECT_EQ(PathParent(c.path), c.parent) << c.path;
    EXPECT_EQ(PathName(c.path), c.name) << c.path;
    EXPECT_EQ(PathExtension(c.path), c.extension) << c.path;
  }
}

std::string Join(std::initializer_list<std::string_view> parts) {
  std::string path;
  for (const std::string_view part : parts) AppendPath(part, &path);
  return path;
}

TEST(PathTextTest, Join) {
  EXPECT_EQ(Join({"a", "b"}), "a/b");
  EXPECT_EQ(Join({"a/", "b"}), "a/b");
  EXPECT_EQ(Join({"a", "/b"}), "/b");
  EXPECT_EQ(Join({"a", ""}), "a/");
  EXPECT_EQ(Join({"a", "", "b"}), "a/b");
  EXPECT_EQ(Join({""}), "");
  EXPECT_EQ(Join({"", "b"}), "b");
  EXPECT_EQ(Join({"/", "b", "../c"}), "/b/../c");
}

}  // namespace
}  // namespace ruff
