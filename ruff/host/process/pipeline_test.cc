#include "ruff/host/process/pipeline.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/host/posix/fault_plan.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

using Commands = std::vector<std::vector<std::string>>;
using Clock = std::chrono::steady_clock;

constexpr char kSearchPath[] = "/bin:/usr/bin";
const std::vector<std::string> kEnvironment = {absl::StrCat("PATH=", kSearchPath)};

std::vector<StageOutcome> RunAll(const Commands& commands, const PipelineLimits& limits = {}) {
  Pipeline pipeline(limits, nullptr);
  pipeline.Start(commands, kEnvironment, kSearchPath);
  pipeline.Run();
  return {pipeline.outcomes().begin(), pipeline.outcomes().end()};
}

StageOutcome RunShell(const std::string& command, const PipelineLimits& limits = {}) {
  return RunAll({{"sh", "-c", command}}, limits)[0];
}

int OpenDescriptors() {
  DIR* folder = opendir("/proc/self/fd");
  if (folder == nullptr) return 0;
  int count = 0;
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

// Every test leaves as many descriptors as it found, and no children.
class PipelineTest : public testing::Test {
 protected:
  void TearDown() override {
    EXPECT_EQ(OpenDescriptors(), descriptors_);
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
  }

 private:
  const int descriptors_ = OpenDescriptors();
};

TEST_F(PipelineTest, OutputErrorsAndExitCode) {
  const StageOutcome outcome = RunShell("printf out; printf err >&2; exit 3");
  EXPECT_EQ(outcome.output.text, "out");
  EXPECT_EQ(outcome.errors.text, "err");
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(outcome.label, "sh -c printf out; printf err >&2; exit 3");
  EXPECT_FALSE(outcome.succeeded());
}

TEST_F(PipelineTest, ASignalHasNoExitCode) {
  EXPECT_EQ(RunShell("kill -9 $$").exit_code, -1);
  EXPECT_FALSE(RunShell("kill -9 $$").timed_out);
}

// Both pipes fill again and again while the child blocks on the other.
TEST_F(PipelineTest, MuchOutputOnBothStreams) {
  const StageOutcome outcome = RunShell(
      "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2; "
      "head -c 3000000 /dev/zero & head -c 3000000 /dev/zero >&2; wait",
      {.max_output_bytes = 16'000'000});
  EXPECT_EQ(outcome.output.text, std::string(6'000'000, '\0'));
  EXPECT_EQ(outcome.errors.text.size(), 6'000'000u);
  EXPECT_TRUE(outcome.succeeded());
}

TEST_F(PipelineTest, WhatIsBeyondTheLimitIsReadAndDropped) {
  const StageOutcome outcome =
      RunShell("head -c 1000000 /dev/zero; printf x >&2", {.max_output_bytes = 10});
  EXPECT_EQ(outcome.output.text, std::string(10, '\0'));
  EXPECT_TRUE(outcome.output.truncated);
  EXPECT_EQ(outcome.errors.text, "x");
  EXPECT_FALSE(outcome.errors.truncated);
  EXPECT_TRUE(outcome.succeeded());
}

TEST_F(PipelineTest, ATimeoutEndsTheWholeGroup) {
  const TempDir dir;
  const Clock::time_point begin = Clock::now();
  const StageOutcome outcome =
      RunShell(absl::StrCat("echo $$; (sleep 20 & exec sleep 20) & printf early; wait; touch ",
                            dir.Join("late")),
               {.timeout_ms = 300});
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(5));
  EXPECT_TRUE(outcome.timed_out);
  EXPECT_EQ(outcome.exit_code, -1);
  // Nobody of the group is left: the number of its leader names no group any more.
  const size_t line = outcome.output.text.find('\n');
  EXPECT_EQ(outcome.output.text.substr(line), "\nearly");
  int group = 0;
  ASSERT_TRUE(absl::SimpleAtoi(outcome.output.text.substr(0, line), &group));
  for (int i = 0; i < 200 && kill(-group, 0) == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));  // until init has reaped them
  }
  EXPECT_NE(kill(-group, 0), 0);
  EXPECT_NE(access(dir.Join("late").c_str(), F_OK), 0);
}

TEST_F(PipelineTest, BackgroundChildrenWithThePipesAreWaitedFor) {
  EXPECT_EQ(RunShell("(sleep 0.2; echo late) & echo early").output.text, "early\nlate\n");
  const StageOutcome outcome = RunShell("sleep 20 & echo hi", {.timeout_ms = 100});
  EXPECT_TRUE(outcome.timed_out);
  EXPECT_EQ(outcome.exit_code, -1);
  EXPECT_EQ(outcome.output.text, "hi\n");
}

// A grandchild that has left the group cannot be killed, but nobody waits for it.
TEST_F(PipelineTest, AnEscapedGrandchildDoesNotHoldUsUp) {
  const Clock::time_point begin = Clock::now();
  const StageOutcome outcome = RunShell("setsid sleep 3 & echo hi", {.timeout_ms = 200});
  EXPECT_LT(Clock::now() - begin, std::chrono::milliseconds(2500));
  EXPECT_TRUE(outcome.timed_out);
  EXPECT_EQ(outcome.output.text, "hi\n");
}

// While it lives, the standard input is a terminal.
class TerminalInput {
 public:
  TerminalInput() : terminal_(posix_openpt(O_RDWR | O_NOCTTY)), before_(dup(STDIN_FILENO)) {
    grantpt(terminal_);
    unlockpt(terminal_);
    const int input = open(ptsname(terminal_), O_RDWR | O_NOCTTY);
    dup2(input, STDIN_FILENO);
    close(input);
  }
  ~TerminalInput() {
    dup2(before_, STDIN_FILENO);
    close(before_);
    close(terminal_);
  }

 private:
  const int terminal_;
  const int before_;
};

TEST_F(PipelineTest, WithATerminalTheChildStaysInOurGroup) {
  const std::string group_of_child = "cut -d ' ' -f 5 /proc/self/stat";
  const std::string ours = absl::StrCat(getpgrp(), "\n");
  EXPECT_NE(RunShell(group_of_child).output.text, ours);
  const TerminalInput terminal;
  EXPECT_EQ(RunShell(group_of_child).output.text, ours);
  const Clock::time_point begin = Clock::now();
  const StageOutcome outcome = RunShell("sleep 3 & echo hi; wait", {.timeout_ms = 200});
  EXPECT_LT(Clock::now() - begin, std::chrono::milliseconds(2500));
  EXPECT_TRUE(outcome.timed_out);
  EXPECT_EQ(outcome.output.text, "hi\n");
}

TEST_F(PipelineTest, StoppingKills) {
  Pipeline pipeline({}, nullptr);
  pipeline.Start({{"sleep", "20"}, {"sleep", "20"}}, kEnvironment, kSearchPath);
  const Clock::time_point begin = Clock::now();
  std::thread runner([&] { pipeline.Run(); });
  pipeline.Stop();
  runner.join();
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(5));
}

TEST_F(PipelineTest, AnInterruptStops) {
  const std::atomic<bool> interrupt = true;
  Pipeline pipeline({}, &interrupt);
  pipeline.Start({{"sleep", "20"}}, kEnvironment, kSearchPath);
  pipeline.Run();
}

TEST_F(PipelineTest, WhatWasNotRunIsKilled) {
  Pipeline pipeline({}, nullptr);
  pipeline.Start({{"sleep", "20"}}, kEnvironment, kSearchPath);
}

TEST_F(PipelineTest, StagesPassOnWhateverBytes) {
  const auto outcomes =
      RunAll({{"head", "-c", "900000", "/dev/zero"}, {"cat"}, {"cat"}, {"wc", "-c"}});
  EXPECT_EQ(outcomes.size(), 4u);
  for (const StageOutcome& outcome : outcomes) EXPECT_FALSE(outcome.failed()) << outcome.label;
  EXPECT_EQ(std::stoi(outcomes[3].output.text), 900'000);
}

TEST_F(PipelineTest, AStageMayStopReading) {
  const auto outcomes = RunAll({{"seq", "1", "100000"}, {"head", "-n", "1"}});
  EXPECT_FALSE(outcomes[0].failed());  // no SIGPIPE
  EXPECT_EQ(outcomes[1].output.text, "1\n");
  struct sigaction action;
  ASSERT_EQ(sigaction(SIGPIPE, nullptr, &action), 0);
  EXPECT_EQ(action.sa_handler, SIG_DFL);
}

TEST_F(PipelineTest, TheFirstFailureDecidesAtOnce) {
  const Clock::time_point begin = Clock::now();
  const auto outcomes = RunAll({{"true"}, {"false"}, {"sleep", "20"}});
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(5));
  EXPECT_FALSE(outcomes[0].failed());
  EXPECT_EQ(outcomes[1].exit_code, 1);
}

TEST_F(PipelineTest, WhatCannotBeStarted) {
  EXPECT_EQ(RunAll({{"no_such_program"}})[0].not_started, "No such file or directory (os error 2)");
  EXPECT_EQ(RunAll({{""}})[0].not_started, "No such file or directory (os error 2)");
  EXPECT_EQ(RunAll({{"/"}})[0].not_started, "Permission denied (os error 13)");
  EXPECT_EQ(RunAll({{"/etc/passwd"}})[0].not_started, "Permission denied (os error 13)");
  EXPECT_EQ(RunAll({{"sh", std::string("a\0b", 3)}})[0].not_started,
            "nul byte found in provided data");
  EXPECT_EQ(RunAll({{"echo", std::string(size_t{4} << 20, 'x')}})[0].not_started,
            "Argument list too long (os error 7)");
  const auto outcomes = RunAll({{"cat", "/dev/null"}, {"no_such_program"}, {"cat"}});
  ASSERT_EQ(outcomes.size(), 2u);
  EXPECT_FALSE(outcomes[0].failed());
  EXPECT_EQ(outcomes[1].not_started, "No such file or directory (os error 2)");
}

TEST_F(PipelineTest, ChildrenInheritNoDescriptors) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);  // not closed on exec
  EXPECT_EQ(RunShell("echo /proc/self/fd/*").output.text,
            "/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3\n");
  close(ends[0]);
  close(ends[1]);
}

TEST_F(PipelineTest, SignalsAreAsAProgramExpectsThem) {
  sigset_t signals, before;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, &before);
  signal(SIGPIPE, SIG_IGN);
  EXPECT_EQ(RunShell("kill -TERM $$; echo blocked").output.text, "");
  EXPECT_EQ(RunShell("kill -PIPE $$; echo ignored").output.text, "");
  signal(SIGPIPE, SIG_DFL);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST_F(PipelineTest, NoDescriptorsLeft) {
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  for (int spare = 0; spare < 8; ++spare) {
    rlimit few = before;
    few.rlim_cur = static_cast<rlim_t>(OpenDescriptors() - 1 + spare);
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
    const auto outcomes = RunAll({{"echo", "x"}, {"cat"}});
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
    ASSERT_FALSE(outcomes.empty());
    const StageOutcome& last = outcomes.back();
    if (last.not_started.empty()) {
      EXPECT_EQ(last.output.text, "x\n");
    } else {
      EXPECT_EQ(last.not_started, "Too many open files (os error 24)") << spare;
    }
  }
}

// An error at any system call ends in a message and leaves nothing behind.
TEST_F(PipelineTest, EveryCallMayFail) {
  const Commands commands = {{"seq", "1", "2000"}, {"cat"}};
  uint32_t questions;
  {
    FaultPlan none([](uint32_t) { return IoFaults::Fault::kNone; });
    EXPECT_FALSE(RunAll(commands)[1].failed());
    questions = none.asked();
  }
  int failures = 0;
  for (uint32_t n = 0; n < questions + 4; ++n) {
    FaultPlan plan(ErrorAt(n));
    const auto outcomes = RunAll(commands);
    bool failed = false;
    for (const StageOutcome& outcome : outcomes) {
      const std::string message =
          outcome.not_started.empty() ? outcome.data_lost : outcome.not_started;
      failed |= !message.empty();
      if (!message.empty()) EXPECT_TRUE(message.ends_with("Input/output error (os error 5)"));
    }
    if (!failed) EXPECT_EQ(outcomes[1].output.text.size(), 8'893u) << n;
    failures += failed;
  }
  EXPECT_GE(failures, 7);  // the pipes, the starts, reading, writing
}

TEST_F(PipelineTest, InterruptedAndShortTransfers) {
  FaultPlan plan(Hiccups);
  const auto outcomes = RunAll({{"seq", "1", "500"}, {"cat"}});
  EXPECT_FALSE(outcomes[0].failed());
  EXPECT_EQ(outcomes[1].output.text.size(), 1892u);
}

}  // namespace
}  // namespace ruff
