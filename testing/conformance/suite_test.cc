#include "testing/conformance/suite.h"

#include <filesystem>
#include <sstream>
#include <string>

#include "gtest/gtest.h"
#include "testing/base/file_text.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

class SuiteTest : public testing::Test {
 protected:
  SuiteTest() {
    options_.area = area_.path();
    options_.settings.binary = std::filesystem::absolute("testing/conformance/fake_ruff");
  }

  void Write(const std::string& name, const std::string& text) {
    ASSERT_TRUE(WriteFileText(area_.Join(name), text));
  }

  int Run() {
    std::ostringstream report;
    const int failed = RunSuite(options_, report);
    report_ = report.str();
    return failed;
  }

  // Runs the area and expects a failure with `part` in the report.
  void ExpectFailure(const std::string& part) {
    EXPECT_EQ(Run(), 1) << report_;
    EXPECT_NE(report_.find(part), std::string::npos) << report_;
  }

  TempDir area_;
  SuiteOptions options_;
  std::string report_;
};

TEST_F(SuiteTest, Passes) {
  Write("a.ruff", "print hello\nwarn [E1] oops\nwarn there\nexit 3\n");
  Write("a.out", "hello\n");
  Write("a.exit", "3\n");
  Write("a.err", "E1\n\n  there\n");
  EXPECT_EQ(Run(), 1) << "spaces count";
  Write("a.err", "E1\n\nthere\n");
  EXPECT_EQ(Run(), 0) << report_;
  EXPECT_EQ(report_, "1 passed, 0 failed\n");
}

TEST_F(SuiteTest, GivesFlagsArgumentsAndInput) {
  Write("a.ruff", "flags\nargs\nstdin\n");
  Write("a.flags", "--untrusted\n--allow-net\n");
  Write("a.args", "--name\n\nv w\n");
  Write("a.stdin", "typed\n");
  Write("a.out", "--dispatch=switch\n--untrusted\n--allow-net\n--name\n\nv w\ntyped\n");
  options_.settings.ruff_flags = {"--dispatch=switch"};
  EXPECT_EQ(Run(), 0) << report_;
}

TEST_F(SuiteTest, EnvironmentIsFixedAndFresh) {
  Write("a.ruff", "show NO_COLOR\nshow TEST_TMPDIR\nshow USER\nshow TZ\n");
  Write("a.out", "1\n(unset)\n(unset)\nUTC\n");
  Write(
      "b.sh",
      "[ \"$HOME\" = \"$RUFF_TEST_TMP\" ] && ls -A \"$HOME\" && touch \"$HOME/x\" && echo fresh\n");
  Write("b.out", "fresh\n");
  EXPECT_EQ(Run(), 0) << report_;
  EXPECT_EQ(Run(), 0) << report_;
}

TEST_F(SuiteTest, RunsInACopy) {
  Write("a.ruff", "write made\ninclude neighbour.ruff\n");
  Write("a.out", "print 1\n");
  Write("neighbour.ruff", "print 1\n");
  Write("neighbour.out", "1\n");
  EXPECT_EQ(Run(), 0) << report_;
  EXPECT_FALSE(std::filesystem::exists(area_.Join("made")));
}

TEST_F(SuiteTest, Scripts) {
  Write("a.sh",
        "printf 'print in script\\nexit 4\\n' > x.ruff\n\"$RUFF\" run x.ruff; echo rc=$?\n");
  Write("a.out", "in script\nrc=4\n");
  EXPECT_EQ(Run(), 0) << report_;
}

TEST_F(SuiteTest, ReportsDifferences) {
  Write("a.ruff", "print 1\nprint 3\nwarn why\n");
  Write("a.out", "1\n2\n");
  ExpectFailure("@@ line 1 @@\n 1\n-2\n+3\nstderr was:\n  why\n");
  EXPECT_NE(report_.find("0 passed, 1 failed\nfailed: a\n"), std::string::npos) << report_;
}

TEST_F(SuiteTest, ReportsExitCodes) {
  Write("a.ruff", "exit 7\n");
  Write("a.out", "");
  ExpectFailure("exit code 7, expected 0\n");
}

TEST_F(SuiteTest, ReportsCrashes) {
  Write("a.ruff", "crash\n");
  Write("a.out", "");
  ExpectFailure("killed by signal 9\n");
}

TEST_F(SuiteTest, ReportsMissingErrors) {
  Write("a.ruff", "warn other\n");
  Write("a.out", "");
  Write("a.err", "other\nexpected\n");
  ExpectFailure("stderr lacks: expected\n");
}

TEST_F(SuiteTest, StopsWhatTakesTooLong) {
  Write("a.ruff", "print before\nsleep\n");
  Write("a.out", "before\n");
  options_.settings.limit = std::chrono::milliseconds(300);
  ExpectFailure("still ran after 0 seconds\n");
}

TEST_F(SuiteTest, SelectsByNameAndShard) {
  for (const char* name : {"a1", "a2", "a3", "b1"}) {
    Write(std::string(name) + ".ruff", "exit 1\n");
    Write(std::string(name) + ".out", "");
  }
  options_.filter = "a";
  EXPECT_EQ(Run(), 3);
  options_.shards = 2;
  options_.shard = 1;
  EXPECT_EQ(Run(), 1);
  EXPECT_NE(report_.find("failed: a2"), std::string::npos) << report_;
  options_.shards = 9;
  options_.shard = 8;
  EXPECT_EQ(Run(), 0) << "a shard may be empty";
  options_.shards = 1;
  options_.shard = 0;
  options_.filter = "zzz";
  EXPECT_EQ(Run(), -1);
}

TEST_F(SuiteTest, Updates) {
  Write("new.ruff", "print n\nexit 2\n");
  Write("same.ruff", "print s\n");
  Write("same.out", "s\n");
  EXPECT_EQ(Run(), 1);
  EXPECT_NE(report_.find("no expected output"), std::string::npos) << report_;
  options_.update = area_.path();
  EXPECT_EQ(Run(), 0) << report_;
  EXPECT_EQ(report_, "updated new\n2 passed, 0 failed\n");
  EXPECT_EQ(ReadFileText(area_.Join("new.out")), "n\n");
  EXPECT_EQ(ReadFileText(area_.Join("new.exit")), "2\n");
  EXPECT_FALSE(std::filesystem::exists(area_.Join("same.exit")));
}

TEST_F(SuiteTest, RejectsMalformedAreas) {
  EXPECT_EQ(Run(), -1) << "empty";
  Write("a.ruff", "");
  Write("a.out", "");
  Write("a.exit", "one");
  EXPECT_EQ(Run(), -1);
  Write("a.exit", "0");
  Write("lonely.out", "");
  EXPECT_EQ(Run(), -1);
  EXPECT_NE(report_.find("lonely"), std::string::npos) << report_;
  std::filesystem::remove(area_.Join("lonely.out"));
  Write("a.otu", "");
  EXPECT_EQ(Run(), -1);
}

}  // namespace
}  // namespace ruff
