#include "ruff/driver/arguments.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace ruff {
namespace {

using Words = std::vector<std::string>;

Arguments Parse(const Command& command, std::vector<std::string_view> words) {
  std::string error;
  const std::optional<Arguments> arguments = Arguments::Parse(command, words, &error);
  EXPECT_TRUE(arguments.has_value()) << error;
  return arguments.value_or(Arguments());
}

// The first line of the usage error.
std::string Error(const Command& command, std::vector<std::string_view> words) {
  std::string error;
  EXPECT_FALSE(Arguments::Parse(command, words, &error).has_value());
  return error.substr(0, error.find('\n'));
}

TEST(ArgumentsTest, OptionsStandAnywhere) {
  const Arguments before = Parse(kCheckCommand, {"--json", "a.ruff"});
  const Arguments after = Parse(kCheckCommand, {"a.ruff", "--json"});
  for (const Arguments* arguments : {&before, &after}) {
    EXPECT_TRUE(arguments->Has(OptionId::kJson));
    EXPECT_EQ(arguments->positionals(), Words{"a.ruff"});
  }
}

TEST(ArgumentsTest, TwoDashesEndOptions) {
  EXPECT_EQ(Parse(kCheckCommand, {"--", "--json"}).positionals(), Words{"--json"});
}

TEST(ArgumentsTest, ValuesFollowOrAreAttached) {
  EXPECT_EQ(Parse(kRunCommand, {"--timeout-ms", "5", "f"}).Number(OptionId::kTimeoutMs, 0), 5u);
  EXPECT_EQ(Parse(kRunCommand, {"--timeout-ms=6", "f"}).Number(OptionId::kTimeoutMs, 0), 6u);
  EXPECT_EQ(Parse(kRunCommand, {"f"}).Number(OptionId::kTimeoutMs, 7), 7u);
}

TEST(ArgumentsTest, RunPassesTheRestOn) {
  struct Case {
    std::vector<std::string_view> words;
    Words passed_on;
  };
  const Case cases[] = {
      {{"f"}, {}},
      {{"f", "a", "--b", "-c"}, {"a", "--b", "-c"}},
      {{"f", "--unknown", "v"}, {"--unknown", "v"}},
      {{"f", "--", "--help"}, {"--help"}},
      {{"f", "--"}, {}},
      {{"f", "--", "--", "x"}, {"--", "x"}},
      {{"f", "a", "--", "b"}, {"a", "--", "b"}},
      {{"f", "--untrusted", "x", "--untrusted"}, {"x", "--untrusted"}},
      {{"f", "-e", "1"}, {"-e", "1"}},
      {{"--", "f", "--", "x"}, {"x"}},
      {{"--", "f", "--untrusted"}, {"--untrusted"}},
      {{"f", ""}, {""}},
  };
  for (const Case& c : cases) {
    const Arguments arguments = Parse(kRunCommand, c.words);
    EXPECT_EQ(arguments.positionals(), Words{"f"});
    EXPECT_EQ(arguments.program_arguments(), c.passed_on);
  }
}

TEST(ArgumentsTest, EvalStandsForTheFile) {
  const Arguments arguments = Parse(kRunCommand, {"--untrusted", "-e", "-1", "--untrusted", "--"});
  EXPECT_TRUE(arguments.positionals().empty());
  EXPECT_EQ(arguments.Text(OptionId::kEval), "-1");
  EXPECT_EQ(arguments.program_arguments(), (Words{"--untrusted", "--"}));
}

TEST(ArgumentsTest, HelpNeedsNothingElse) {
  EXPECT_TRUE(Parse(kRunCommand, {"--help"}).Has(OptionId::kHelp));
  EXPECT_TRUE(Parse(kRunCommand, {"f", "-h"}).Has(OptionId::kHelp));
}

TEST(ArgumentsTest, ComplainsLikeClap) {
  EXPECT_EQ(Error(kRunCommand, {}), "error: the following required arguments were not provided:");
  EXPECT_EQ(Error(kCheckCommand, {"a", "extra"}), "error: unexpected argument 'extra' found");
  EXPECT_EQ(Error(kCheckCommand, {"--bogus", "a"}), "error: unexpected argument '--bogus' found");
  EXPECT_EQ(Error(kCheckCommand, {"-q", "-v", "a"}),
            "error: the argument '--quiet' cannot be used with '--verbose'");
  EXPECT_EQ(Error(kRunCommand, {"--timeout-ms", "x", "a"}),
            "error: invalid value 'x' for '--timeout-ms <TIMEOUT_MS>': invalid digit found in "
            "string");
  EXPECT_EQ(Error(kRunCommand, {"--timeout-ms", "--jit"}),
            "error: a value is required for '--timeout-ms <TIMEOUT_MS>' but none was supplied");
  EXPECT_EQ(Error(kRunCommand, {"--jit=yes", "a"}),
            "error: unexpected value 'yes' for '--jit' found; no more were expected");
  EXPECT_EQ(Error(kRunCommand, {"--dispatch=goto", "a"}),
            "error: invalid value 'goto' for '--dispatch <DISPATCH>'");
}

}  // namespace
}  // namespace ruff
