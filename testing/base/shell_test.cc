#include "testing/base/shell.h"

#include <gtest/gtest.h>

#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

TEST(ShellTest, RunsInADirectory) {
  const TempDir dir;
  EXPECT_EQ(Shell("echo hello > f; cat f", dir.path()), "hello");
  EXPECT_EQ(Shell("cat f", dir.path()), "hello");
}

TEST(ShellTest, TellsHowACommandFailed) {
  EXPECT_EQ(Shell("echo no >&2; exit 3", "/"), "exit 3: no\n");
}

TEST(ShellTest, LooksForTools) {
  EXPECT_TRUE(HasTool("sh"));
  EXPECT_FALSE(HasTool("no-such-tool-anywhere"));
}

}  // namespace
}  // namespace ruff
