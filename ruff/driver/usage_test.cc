#include "ruff/driver/usage.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(UsageTest, TopLevelHelpListsEveryCommand) {
  const std::string help = TopLevelHelp(AllCommands());
  for (const Command* command : AllCommands()) {
    EXPECT_TRUE(absl::StrContains(help, absl::StrCat("\n  ", command->name, " "))) << help;
  }
  EXPECT_TRUE(absl::StrContains(help, "\nUsage: ruff "));
}

TEST(UsageTest, EveryCommandHasAHelp) {
  for (const Command* command : AllCommands()) {
    const std::string help = CommandHelp(*command);
    EXPECT_TRUE(absl::StartsWith(
        help, absl::StrCat(command->summary, "\n\nUsage: ruff ", command->name, " [OPTIONS]")))
        << help;
    EXPECT_TRUE(absl::StrContains(help, "\nOptions:\n")) << help;
    EXPECT_TRUE(absl::StrContains(help, "-h, --help")) << help;
    EXPECT_TRUE(absl::StrContains(help, "\nExamples:\n")) << help;
  }
}

TEST(UsageTest, ErrorsSayHowToGoOn) {
  EXPECT_EQ(UsageError(&kCheckCommand, "error: unexpected argument '--quite' found",
                       SimilarOptionTip("--quite", kCheckCommand)),
            "error: unexpected argument '--quite' found\n"
            "\n"
            "  tip: a similar argument exists: '--quiet'\n"
            "\n"
            "Usage: ruff check [OPTIONS] <FILE>\n"
            "\n"
            "For more information, try '--help'.\n");
}

TEST(UsageTest, UnknownCommandsNameTheNearest) {
  EXPECT_TRUE(absl::StartsWith(UnknownCommandError("chekc", AllCommands()),
                               "error: unrecognized subcommand 'chekc'\n\n"
                               "  tip: a similar subcommand exists: 'check'\n\nUsage: "));
  EXPECT_TRUE(absl::StartsWith(UnknownCommandError("frobnicate", AllCommands()),
                               "error: unrecognized subcommand 'frobnicate'\n\nUsage: "));
  EXPECT_TRUE(absl::StartsWith(UnknownOptionError("--versoin"),
                               "error: unexpected argument '--versoin' found\n\n"
                               "  tip: a similar argument exists: '--version'\n\n"));
}

}  // namespace
}  // namespace ruff
