// What the examples and the conformance cases do not show.

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/host/run_host_program.h"
#include "testing/base/file_text.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

class ImageTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(chdir(dir_.path().c_str()), 0);
    ASSERT_TRUE(WriteFileText("a.ppm", "P3 3 2 255 255 0 0 0 255 0 0 0 255 9 9 9 8 8 8 7 7 7"));
  }
  void TearDown() override { ASSERT_EQ(chdir("/"), 0); }

  // What `expression` of the image `i` prints, or throws.
  static std::string Try(std::string_view expression) {
    std::string said =
        RunHostProgram(absl::StrCat("i := load_image(\"a.ppm\")\ntry { print(", expression,
                                    ") } except e { print(e.message) }"));
    if (said.ends_with('\n')) said.pop_back();
    return said;
  }

  const TempDir dir_;
};

TEST_F(ImageTest, ASizeThatIsTooLargeIsRefused) {
  EXPECT_EQ(Try("i.resize(1000000, 1000000)"), "resize result is too large (1000000 x 1000000)");
  EXPECT_EQ(Try("i.resize(9e30, 9e30, \"fit\")").substr(0, 27), "resize result is too large ");
  EXPECT_EQ(Try("i.resize(1e300, 1)").substr(0, 27), "resize result is too large ");
  EXPECT_EQ(Try("i.resize(to_float(\"nan\"), 1)"), "resize requires positive width and height");
}

TEST_F(ImageTest, NumbersOfAllKinds) {
  EXPECT_EQ(Try("i.resize(6.9, 4.9)"), "<image 6x4>");
  EXPECT_EQ(Try("i.resize(100, 1, \"fit\")"), "<image 2x1>");
  EXPECT_EQ(Try("i.resize(1, 100, \"fit\")"), "<image 1x1>");
  EXPECT_EQ(Try("i.resize(6, 6, \"other\")"), "<image 6x6>");
  EXPECT_EQ(Try("i.crop(-1, -1, 9223372036854775807, 1e300)"), "<image 3x2>");
  EXPECT_EQ(Try("i.crop(9223372036854775807, 0, 1, 1)"), "crop area is empty");
  EXPECT_EQ(Try("i.rotate(90.9)"), "<image 2x3>");
  EXPECT_EQ(Try("i.rotate(-90)"), "rotate only supports 90, 180, or 270 degrees");
  EXPECT_EQ(Try("i.blur(1e300)"), "<image 3x2>");
  EXPECT_EQ(Try("i.blur(to_float(\"nan\"))"), "blur requires a non-negative sigma");
  EXPECT_EQ(Try("i.adjust_brightness(-1e300)"), "<image 3x2>");
  EXPECT_EQ(Try("i.adjust_contrast(to_float(\"nan\"))"), "<image 3x2>");
}

TEST_F(ImageTest, SurplusArgumentsAreIgnored) {
  EXPECT_EQ(Try("i.to_grayscale(1, 2)"), "<image 3x2>");
  EXPECT_EQ(Try("i.flip(\"vertical\", 2)"), "<image 3x2>");
  EXPECT_EQ(Try("i.save(\"b.png\", 2)"), "true");
}

TEST_F(ImageTest, SavingReplacesAFileWhole) {
  ASSERT_TRUE(WriteFileText("b.qoi", "old"));
  ASSERT_EQ(chmod("b.qoi", 0640), 0);
  EXPECT_EQ(Try("i.save(\"b.qoi\") && load_image(\"b.qoi\").width == 3"), "true");
  struct stat info;
  ASSERT_EQ(stat("b.qoi", &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0640u);
  ASSERT_EQ(mkdir("d.png", 0777), 0);
  EXPECT_EQ(Try("i.save(\"d.png\")"), "Failed to save image: Is a directory (os error 21)");
}

TEST_F(ImageTest, SavingNeedsItsCapability) {
  CapabilityPolicy read_only;
  read_only.DenyAll();
  read_only.Allow(Capability::kFilesystemRead);
  EXPECT_EQ(RunHostProgram("i := load_image(\"a.ppm\")\n"
                           "try { i.resize(1, 1).save() } except e { print(e.message) }",
                           read_only),
            "Capability denied: filesystem-write required for save; rerun with --allow-fs-write\n");
}

// The program is looked for in PATH: here it writes down what it is given.
TEST_F(ImageTest, AnimationsAreConvertedByAProgram) {
  ASSERT_TRUE(WriteFileText("a.gif", "GIF89a"));
  ASSERT_TRUE(WriteFileText("gif2webp",
                            "#!/bin/sh\n[ \"$4\" = \"-q\" ] || exit 1\n"
                            "[ \"$5\" = 99 ] && { echo ' bad ' >&2; exit 3; }\n"
                            "[ \"$5\" = 98 ] && exit 3\necho \"$@\" >\"$3\"\n"));
  ASSERT_EQ(chmod("gif2webp", 0755), 0);
  const std::string path = getenv("PATH");
  ASSERT_EQ(setenv("PATH", dir_.path().c_str(), 1), 0);
  EXPECT_EQ(Try("gif_to_webp(\"a.gif\", \"o\")"), "true");
  EXPECT_EQ(ReadFileText("o"), "a.gif -o o -q 85 -m 4 -mt -lossy\n");
  EXPECT_EQ(Try("gif_to_webp(\"a.gif\", \"o\", 10.9, 6, true)"), "true");
  EXPECT_EQ(ReadFileText("o"), "a.gif -o o -q 10 -m 6 -mt -lossless\n");
  EXPECT_EQ(Try("gif_to_webp(\"a.gif\", \"o\", 99)"), "gif_to_webp failed: bad");
  EXPECT_EQ(Try("gif_to_webp(\"a.gif\", \"o\", 98)"), "gif_to_webp failed with unknown error");
  ASSERT_EQ(chmod("gif2webp", 0644), 0);
  EXPECT_EQ(Try("gif_to_webp(\"a.gif\", \"o\")").substr(0, 27), "gif_to_webp command failed:");
  ASSERT_EQ(unlink("gif2webp"), 0);
  EXPECT_EQ(Try("gif_to_webp(\"a.gif\", \"o\")"),
            "gif_to_webp requires the 'gif2webp' CLI tool to be installed and available in PATH");
  ASSERT_EQ(setenv("PATH", path.c_str(), 1), 0);
}

}  // namespace
}  // namespace ruff
