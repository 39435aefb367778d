#include "testing/base/subprocess.h"

#include <signal.h>

#include <string>
#include <thread>

#include "gtest/gtest.h"
#include "testing/base/file_text.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

class SubprocessTest : public testing::Test {
 protected:
  ProcessSpec Shell(const std::string& script) {
    ProcessSpec spec;
    spec.command = {"/bin/sh", "-c", script};
    spec.environment = {"PATH=/usr/bin:/bin", "NAME=value"};
    spec.directory = dir_.path();
    spec.output_prefix = dir_.Join("process");
    return spec;
  }

  TempDir dir_;
};

TEST_F(SubprocessTest, CatchesEverything) {
  ASSERT_TRUE(WriteFileText(dir_.Join("input"), "typed\n"));
  ProcessSpec spec = Shell("cat; pwd; echo $NAME; echo oops >&2; exit 3");
  spec.stdin_path = dir_.Join("input");
  const ProcessResult result = RunProcess(spec);
  EXPECT_TRUE(result.started);
  EXPECT_FALSE(result.timed_out);
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.signal, 0);
  EXPECT_EQ(result.out, "typed\n" + dir_.path() + "\nvalue\n");
  EXPECT_EQ(result.err, "oops\n");
}

TEST_F(SubprocessTest, Signal) {
  const ProcessResult result = RunProcess(Shell("kill -SEGV $$"));
  EXPECT_EQ(result.signal, SIGSEGV);
  EXPECT_EQ(result.exit_code, -1);
}

TEST_F(SubprocessTest, TimeLimit) {
  ProcessSpec spec = Shell("echo before; sleep 60");
  spec.limit = std::chrono::milliseconds(300);
  const ProcessResult result = RunProcess(spec);
  EXPECT_TRUE(result.timed_out);
  EXPECT_EQ(result.out, "before\n");
  EXPECT_LT(result.seconds, 30);
}

TEST_F(SubprocessTest, NothingSurvives) {
  const ProcessResult result = RunProcess(Shell("sleep 60 & echo $!"));
  EXPECT_EQ(result.exit_code, 0);
  const pid_t child = std::stoi(result.out);
  for (int i = 0; i < 500; ++i) {
    // Killed, but perhaps not yet collected by the process that inherited it.
    const std::string stat = ReadFileText("/proc/" + std::to_string(child) + "/stat").value_or("");
    if (stat.empty() || stat.find(") Z ") != std::string::npos) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  FAIL() << "process " << child << " still runs";
}

TEST_F(SubprocessTest, CannotStart) {
  ProcessSpec spec = Shell("");
  spec.command = {"/no/such/program"};
  const ProcessResult missing = RunProcess(spec);
  EXPECT_FALSE(missing.started);
  EXPECT_NE(missing.err.find("/no/such/program"), std::string::npos) << missing.err;
  spec = Shell("exit 127");
  EXPECT_TRUE(RunProcess(spec).started) << "the program's own 127";
  spec.stdin_path = "/no/such/file";
  EXPECT_FALSE(RunProcess(spec).started);
}

TEST_F(SubprocessTest, FileSizeIsBounded) {
  ProcessSpec spec = Shell("exec yes");
  spec.max_file_bytes = 100000;
  const ProcessResult result = RunProcess(spec);
  EXPECT_EQ(result.signal, SIGXFSZ);
  EXPECT_EQ(result.out.size(), 100000u);
}

}  // namespace
}  // namespace ruff
