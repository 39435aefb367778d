#include "ruff/driver/program_options.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace ruff {
namespace {

Arguments Parse(std::vector<std::string_view> words) {
  words.push_back("f.ruff");
  std::string error;
  const std::optional<Arguments> arguments = Arguments::Parse(kRunCommand, words, &error);
  EXPECT_TRUE(arguments.has_value()) << error;
  return *arguments;
}

bool Allows(std::vector<std::string_view> words, Capability capability) {
  return ReadPolicy(Parse(std::move(words))).Allows(capability);
}

TEST(PolicyTest, DeniesOnlyWhenAsked) {
  EXPECT_TRUE(Allows({}, Capability::kClock));
  EXPECT_FALSE(Allows({"--untrusted"}, Capability::kClock));
  EXPECT_TRUE(Allows({"--untrusted"}, Capability::kNone));
  EXPECT_TRUE(Allows({"--untrusted", "--allow-clock"}, Capability::kClock));
  EXPECT_FALSE(Allows({"--allow-fs-read"}, Capability::kClock));
  EXPECT_TRUE(Allows({"--allow-fs-read"}, Capability::kFilesystemRead));
  EXPECT_TRUE(Allows({"--untrusted", "--allow-all"}, Capability::kClock));
}

TEST(PolicyTest, NetIsBothSides) {
  EXPECT_TRUE(Allows({"--allow-net"}, Capability::kNetworkClient));
  EXPECT_TRUE(Allows({"--allow-net"}, Capability::kNetworkServer));
  EXPECT_FALSE(Allows({"--allow-net-client"}, Capability::kNetworkServer));
}

// What the variable is after the options were read, having been `before` (null: not set).
std::string DestinationPolicy(std::vector<std::string_view> words, const char* before = nullptr) {
  constexpr char kName[] = "RUFF_NET_DESTINATION_POLICY";
  unsetenv(kName);
  if (before != nullptr) setenv(kName, before, 1);
  EXPECT_TRUE(ReadProgramOptions(Parse(std::move(words))).has_value());
  const char* after = getenv(kName);
  return after == nullptr ? "(not set)" : after;
}

TEST(PolicyTest, UntrustedProgramsStayAwayFromPrivateDestinations) {
  EXPECT_EQ(DestinationPolicy({"--untrusted", "--allow-net"}), "deny_private");
  EXPECT_EQ(DestinationPolicy({"--allow-net-client", "--untrusted"}), "deny_private");
  EXPECT_EQ(DestinationPolicy({"--untrusted", "--allow-net"}, "allow_all"), "allow_all");
  EXPECT_EQ(DestinationPolicy({"--untrusted", "--allow-net"}, ""), "");
  EXPECT_EQ(DestinationPolicy({"--untrusted", "--allow-net", "--allow-all"}), "(not set)");
  EXPECT_EQ(DestinationPolicy({"--untrusted", "--allow-net-server"}), "(not set)");
  EXPECT_EQ(DestinationPolicy({"--allow-net-client"}), "(not set)");
  EXPECT_EQ(DestinationPolicy({}), "(not set)");
}

TEST(ProgramOptionsTest, TakesLimits) {
  const auto options = ReadProgramOptions(
      Parse({"--max-instructions=5", "--timeout-ms=6", "--max-memory=7K", "--max-call-depth=8",
             "--max-nesting=9", "--dispatch=switch", "--scheduler-timeout-ms=10"}));
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->vm.max_instructions, 5u);
  EXPECT_EQ(options->vm.timeout_ms, 6u);
  EXPECT_EQ(options->vm.max_memory, 7u << 10);
  EXPECT_EQ(options->vm.max_call_depth, 8u);
  EXPECT_TRUE(options->vm.switch_dispatch);
  EXPECT_EQ(options->frontend.parse.block_depth, 9u);
  EXPECT_EQ(options->frontend.parse.expression_depth, 9u);
  EXPECT_EQ(options->async.timeout_ms, 10u);
}

TEST(ProgramOptionsTest, SchedulerTimeoutIsAboveZero) {
  EXPECT_FALSE(ReadProgramOptions(Parse({"--scheduler-timeout-ms=0"})).has_value());
}

TEST(ProgramOptionsTest, SchedulerTimeoutHasADefaultInTheEnvironment) {
  const auto timeout = [](const char* text) {
    setenv("RUFF_SCHEDULER_TIMEOUT_MS", text, 1);
    return ReadProgramOptions(Parse({}))->async.timeout_ms;
  };
  EXPECT_EQ(timeout("120"), 120u);
  EXPECT_EQ(timeout("0"), 0u);
  EXPECT_EQ(timeout("junk"), 0u);
  EXPECT_EQ(timeout("-1"), 0u);
}

}  // namespace
}  // namespace ruff
