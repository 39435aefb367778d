// Every process builtin in worlds where system calls are interrupted, transfer single bytes or
// fail.

#include <string>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/async/run_program.h"
#include "ruff/host/host_builtins.h"

namespace ruff {
namespace {

struct Call {
  std::string_view expression;
  std::string_view output;
};
constexpr Call kCalls[] = {
    {"execute(\"seq 40; seq 40 >&2\") == numbers", "true\n"},
    {"execute_status(\"seq 40\").stdout == numbers", "true\n"},
    {"spawn_process([\"seq\", \"40\"]).stdout == numbers", "true\n"},
    {"pipe_commands([[\"seq\", \"40\"], [\"cat\"], [\"cat\"]]) == numbers", "true\n"},
};

std::string Output(const Call& call, uint64_t seed, uint32_t io_fails) {
  RegisterHostBuiltins();
  RunOptions options;
  options.seed = seed;
  options.io_fails = io_fails;
  return RunProgram(absl::StrCat("numbers := \"\"\nfor i in range(1, 41) { numbers = numbers + "
                                 "to_string(i) + \"\\n\" }\ntry { print(",
                                 call.expression, ") } except e { print(e.message) }"),
                    options)
      .output;
}

TEST(ProcessFaultTest, InterruptionsAndShortTransfersDoNotShow) {
  for (const Call& call : kCalls) {
    for (uint64_t seed = 1; seed <= 4; ++seed) {
      EXPECT_EQ(Output(call, seed, 0), call.output) << call.expression;
    }
  }
}

TEST(ProcessFaultTest, AnErrorEndsInItsMessage) {
  int failures = 0;
  for (const Call& call : kCalls) {
    for (uint64_t seed = 1; seed <= 10; ++seed) {
      const std::string output = Output(call, seed, 20);
      if (output == call.output) continue;
      EXPECT_TRUE(absl::EndsWith(output, "': Input/output error (os error 5)\n")) << output;
      ++failures;
    }
  }
  EXPECT_GT(failures, 4);
}

}  // namespace
}  // namespace ruff
