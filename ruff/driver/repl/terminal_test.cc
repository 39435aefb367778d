// Sessions on a terminal of their own.

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

constexpr int kPatienceSeconds = 60;

class Session {
 public:
  explicit Session(const std::string& home) {
    child_ = forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (child_ != 0) return;
    setenv("HOME", home.c_str(), 1);
    setenv("TERM", "xterm", 1);
    execl("ruff/cli", "ruff", "repl", static_cast<char*>(nullptr));
    _exit(127);
  }
  ~Session() {
    if (child_ <= 0) return;
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
    close(terminal_);
  }

  void Type(std::string_view keys) {
    EXPECT_EQ(write(terminal_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
  }

  // Waits until `text` is shown, behind what earlier calls waited for.
  testing::AssertionResult Shows(std::string_view text) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(kPatienceSeconds);
    for (;;) {
      if (const size_t at = shown_.find(text); at != std::string::npos) {
        shown_.erase(0, at + text.size());
        return testing::AssertionSuccess();
      }
      pollfd ready = {.fd = terminal_, .events = POLLIN, .revents = 0};
      poll(&ready, 1, 100);
      char bytes[4096];
      const ssize_t got = ready.revents != 0 ? read(terminal_, bytes, sizeof(bytes)) : 0;
      if (got > 0) shown_.append(bytes, static_cast<size_t>(got));
      if (got < 0 || std::chrono::steady_clock::now() > end) {
        return testing::AssertionFailure() << "no " << text << " in: " << shown_;
      }
    }
  }

  // The exit code, once the session has ended by itself.
  int Wait() {
    int status = 0;
    waitpid(child_, &status, 0);
    close(terminal_);
    child_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t child_ = -1;
  int terminal_ = -1;
  std::string shown_;
};

class Terminal : public testing::Test {
 protected:
  const TempDir home_;
};

constexpr std::string_view kInterrupt = "\x03";
constexpr std::string_view kUp = "\x1b[A";

TEST_F(Terminal, InterruptEndsTheRunningInputOnly) {
  Session session(home_.path());
  ASSERT_TRUE(session.Shows("ruff> "));
  session.Type("a := 41\r");
  ASSERT_TRUE(session.Shows("ruff> "));
  for (const std::string_view endless : {"while (true) { }", "await async_sleep(1000000)"}) {
    session.Type(absl::StrCat("if true { print(\"st\" + \"art\") ", endless, " }\r"));
    ASSERT_TRUE(session.Shows("start"));
    session.Type(kInterrupt);
    ASSERT_TRUE(session.Shows("Ctrl+C to interrupt"));
  }
  session.Type("a + 1\r");
  ASSERT_TRUE(session.Shows("=> 42"));
  session.Type("exit(3)\r");
  EXPECT_EQ(session.Wait(), 3);
}

TEST_F(Terminal, InterruptDropsPendingInput) {
  Session session(home_.path());
  ASSERT_TRUE(session.Shows("ruff> "));
  session.Type("x := [1,\r");
  ASSERT_TRUE(session.Shows("....> "));
  session.Type(kInterrupt);
  ASSERT_TRUE(session.Shows("Ctrl+C to interrupt"));
  session.Type("6 * 7\r");
  ASSERT_TRUE(session.Shows("=> 42"));
  session.Type(":quit\r");
  EXPECT_TRUE(session.Shows("Goodbye!"));
  EXPECT_EQ(session.Wait(), 0);
}

TEST_F(Terminal, RemembersLinesOfEarlierSessions) {
  {
    Session session(home_.path());
    ASSERT_TRUE(session.Shows("ruff> "));
    session.Type("100 + 23\r");
    ASSERT_TRUE(session.Shows("=> 123"));
    session.Type(":quit\r");
    EXPECT_EQ(session.Wait(), 0);
  }
  Session session(home_.path());
  ASSERT_TRUE(session.Shows("ruff> "));
  session.Type(absl::StrCat(kUp, kUp, "\r"));
  ASSERT_TRUE(session.Shows("=> 123"));
}

}  // namespace
}  // namespace ruff
