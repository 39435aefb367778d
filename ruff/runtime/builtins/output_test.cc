#include "ruff/runtime/builtins/output.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>

namespace ruff {
namespace {

// The bytes that arrive at the other end of a pipe when `write` runs in a process of its own with
// descriptors 1 and 2 on it.
template <typename F>
std::string Captured(F write) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    write(StandardOutput());
    _exit(0);
  }
  close(ends[1]);
  std::string text;
  char chunk[4096];
  for (ssize_t n; (n = read(ends[0], chunk, sizeof chunk)) > 0;) {
    text.append(chunk, static_cast<size_t>(n));
  }
  close(ends[0]);
  return text;
}

TEST(OutputTest, KeepsTheOrderOfBothStreams) {
  EXPECT_EQ(Captured([](Output* out) {
              out->Write("one\n");
              out->WriteError("two\n");
              out->Write("three\n");
              out->Flush();
            }),
            "one\ntwo\nthree\n");
}

TEST(OutputTest, HoldsTextBackUntilFlushed) {
  EXPECT_EQ(Captured([](Output* out) { out->Write("lost\n"); }), "");
}

TEST(OutputTest, LargeTextPassesThrough) {
  const std::string large(1 << 20, 'x');
  EXPECT_EQ(Captured([&](Output* out) {
              out->Write("a");
              out->Write(large);
              out->Write("b");
              out->Flush();
            }),
            "a" + large + "b");
}

void WriteInto(int descriptor) {
  dup2(descriptor, STDOUT_FILENO);
  StandardOutput()->Write("x");
  StandardOutput()->Flush();
}

TEST(OutputDeathTest, AClosedPipeEndsTheProcessSilently) {
  EXPECT_EXIT(
      {
        std::signal(SIGPIPE, SIG_IGN);
        int ends[2];
        if (pipe(ends) != 0) std::_Exit(1);
        close(ends[0]);
        WriteInto(ends[1]);
      },
      testing::KilledBySignal(SIGPIPE), "^$");
}

TEST(OutputDeathTest, AFullDiskIsReported) {
  EXPECT_EXIT(WriteInto(open("/dev/full", O_WRONLY)), testing::ExitedWithCode(6),
              "ruff: cannot write output: No space left on device");
}

}  // namespace
}  // namespace ruff
