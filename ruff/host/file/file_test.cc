// What the examples and the conformance cases do not show: what the system refuses.

#include <unistd.h>

#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/host/posix/fault_plan.h"
#include "ruff/host/run_host_program.h"
#include "testing/base/file_text.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

std::string Message(std::string_view call) {
  std::string said =
      RunHostProgram(absl::StrCat("try { print(", call, ") } except e { print(e.message) }"));
  if (said.ends_with('\n')) said.pop_back();
  return said;
}

class FileBuiltinsTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(chdir(dir_.path().c_str()), 0);
    ASSERT_TRUE(WriteFileText(dir_.Join("f"), "old"));
  }
  void TearDown() override { ASSERT_EQ(chdir("/"), 0); }

  const TempDir dir_;
};

TEST_F(FileBuiltinsTest, AFullDiskIsReportedByWhateverWrites) {
  constexpr std::string_view kFull = "No space left on device (os error 28)";
  struct Case {
    std::string_view call, message;
  };
  for (const Case& c : {
           Case{"write_file(\"/dev/full\", \"x\", true)", "Cannot write file '/dev/full': "},
           Case{"append_file(\"/dev/full\", \"x\")", "Cannot append to file '/dev/full': "},
           Case{"write_binary_file(\"/dev/full\", bytes([1]), true)",
                "Cannot write binary file '/dev/full': "},
           Case{"io_write_bytes(\"/dev/full\", bytes([1]))",
                "Cannot write bytes to file '/dev/full': "},
           Case{"io_append_bytes(\"/dev/full\", bytes([1]))",
                "Cannot append bytes to file '/dev/full': "},
           Case{"io_write_at(\"/dev/full\", bytes([1]), 0)",
                "Cannot write bytes at offset 0 to '/dev/full': "},
           Case{"io_copy_range(\"f\", \"/dev/full\", 0, 3)", "Cannot write to '/dev/full': "},
           Case{"copy_file(\"f\", \"/dev/full\")", "Cannot copy file 'f' to '/dev/full': "},
       }) {
    EXPECT_EQ(Message(c.call), absl::StrCat(c.message, kFull));
  }
}

// At every system call of every builtin: an error ends in its message, and the old file is whole
// where that is promised.
TEST_F(FileBuiltinsTest, AnErrorAtAnySystemCallIsThrown) {
  for (const std::string_view call :
       {"read_file(\"f\")", "read_file_lossy(\"f\")", "read_lines(\"f\")",
        "read_binary_file(\"f\")", "io_read_bytes(\"f\", 2)", "io_read_at(\"f\", 1, 1)",
        "io_seek_read(\"f\", 1)", "write_file(\"new\", \"x\")", "append_file(\"g\", \"x\")",
        "write_binary_file(\"new\", bytes([1]))", "io_write_bytes(\"g\", bytes([1]))",
        "io_append_bytes(\"g\", bytes([1]))", "io_write_at(\"g\", bytes([1]), 0)",
        "io_truncate(\"g\", 1)", "io_copy_range(\"f\", \"g\", 0, 2)", "copy_file(\"f\", \"g\")",
        "delete_file(\"h\")", "rename_file(\"h\", \"i\")"}) {
    uint32_t failures = 0;
    for (uint32_t n = 0;; ++n) {
      unlink("new");
      ASSERT_TRUE(WriteFileText(dir_.Join("g"), "old"));
      ASSERT_TRUE(WriteFileText(dir_.Join("h"), "old"));
      const FaultPlan faults(ErrorAt(n));
      const std::string message = Message(call);
      if (message.ends_with("Input/output error (os error 5)")) {
        ++failures;
        EXPECT_FALSE(ReadFileText(dir_.Join("new")).has_value()) << call;
      }
      if (faults.asked() <= n) break;
    }
    EXPECT_GE(failures, 1u) << call;
    EXPECT_EQ(ReadFileText(dir_.Join("f")), "old") << call;
  }
}

TEST_F(FileBuiltinsTest, InterruptionsAndShortTransfersDoNotShow) {
  const FaultPlan faults(Hiccups);
  EXPECT_EQ(Message("write_file(\"new\", repeat(\"abc\", 100)) && "
                    "read_file(\"new\") == repeat(\"abc\", 100)"),
            "true");
  EXPECT_EQ(Message("append_file(\"f\", \"+new\") && copy_file(\"f\", \"g\")"), "true");
  EXPECT_EQ(Message("read_lines(\"g\")"), "[old+new]");
  EXPECT_EQ(Message("io_read_at(\"f\", 1, 4)"), "bytes([108, 100, 43, 110])");
}

TEST_F(FileBuiltinsTest, LimitsComeFromTheEnvironment) {
  ASSERT_EQ(setenv("RUFF_MAX_FILE_BYTES", "2", 1), 0);
  EXPECT_EQ(Message("read_file(\"f\")"),
            "Cannot read file 'f': exceeds maximum read size (3 bytes > 2 bytes)");
  EXPECT_EQ(Message("read_binary_file(\"f\")"),
            "Cannot read file 'f': exceeds maximum read size (3 bytes > 2 bytes)");
  EXPECT_EQ(Message("write_file(\"new\", \"abc\")"),
            "Cannot write file 'new': payload exceeds maximum write size (3 bytes > 2 bytes)");
  EXPECT_EQ(Message("append_file(\"new\", \"abc\")"),
            "Cannot append to file 'new': payload exceeds maximum write size (3 bytes > 2 bytes)");
  EXPECT_EQ(Message("io_seek_read(\"f\", 0)"), "bytes([111, 108, 100])");
  for (const char* nonsense : {"0", "-1", "x", ""}) {
    ASSERT_EQ(setenv("RUFF_MAX_FILE_BYTES", nonsense, 1), 0);
    EXPECT_EQ(Message("read_file(\"f\")"), "old");
  }
  ASSERT_EQ(unsetenv("RUFF_MAX_FILE_BYTES"), 0);
}

TEST_F(FileBuiltinsTest, PermissionIsReported) {
  if (geteuid() == 0 && seteuid(65534) != 0) GTEST_SKIP() << "cannot give up root";
  EXPECT_EQ(Message("write_file(\"/etc/no_such_file\", \"x\")"),
            "Cannot write file '/etc/no_such_file': Permission denied (os error 13)");
  EXPECT_EQ(Message("create_dir(\"/etc/no_such_dir\")"),
            "Cannot create directory '/etc/no_such_dir': Permission denied (os error 13)");
  EXPECT_EQ(Message("delete_file(\"/etc/passwd\")"),
            "Cannot delete file '/etc/passwd': Permission denied (os error 13)");
  if (getuid() == 0) ASSERT_EQ(seteuid(0), 0);
}

TEST_F(FileBuiltinsTest, ARangeCopiedOntoItsOwnFile) {
  EXPECT_EQ(Message("io_copy_range(\"f\", \"f\", 1, 1)"), "true");
  EXPECT_EQ(ReadFileText(dir_.Join("f")), "l");
}

}  // namespace
}  // namespace ruff
