#include "ruff/host/posix/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/host/posix/fault_plan.h"
#include "ruff/host/posix/file.h"
#include "ruff/host/posix/tree.h"
#include "testing/base/file_text.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

constexpr uint64_t kNoLimit = UINT64_MAX;

std::string Text(size_t size) {
  std::string text;
  for (size_t i = 0; i < size; ++i) text.push_back(static_cast<char>('a' + i % 23));
  return text;
}

TEST(WholeFileTest, WritesAndReads) {
  const TempDir dir;
  const std::string path = dir.Join("f");
  for (const size_t size : {0, 1, 4095, 4096, 4097, 100'000}) {
    EXPECT_EQ(WriteWholeFile(path, Text(size), IfExists::kTruncate), "");
    std::string content = "rubbish";
    EXPECT_EQ(ReadWholeFile(path, kNoLimit, &content), "");
    EXPECT_EQ(content, Text(size));
  }
}

TEST(WholeFileTest, InterruptionsAndShortTransfersDoNotShow) {
  const TempDir dir;
  const std::string path = dir.Join("f");
  const FaultPlan faults(Hiccups);
  EXPECT_EQ(WriteWholeFile(path, Text(3000), IfExists::kRefuse), "");
  std::string content;
  EXPECT_EQ(ReadWholeFile(path, kNoLimit, &content), "");
  EXPECT_EQ(content, Text(3000));
  EXPECT_EQ(ReplaceFile(path, Text(500)), "");
  EXPECT_EQ(ReadWholeFile(path, kNoLimit, &content), "");
  EXPECT_EQ(content, Text(500));
  EXPECT_EQ(CopyFile(path, dir.Join("g")), "");
  EXPECT_EQ(ReadFileText(dir.Join("g")), Text(500));
}

TEST(WholeFileTest, AFileThatCannotBeWrittenCompletelyIsNotThere) {
  uint32_t failures = 0;
  for (uint32_t n = 0;; ++n) {
    const TempDir dir;
    const FaultPlan faults(ErrorAt(n));
    const FailureText failure = WriteWholeFile(dir.Join("f"), Text(100), IfExists::kRefuse);
    if (failure.empty()) {
      EXPECT_EQ(ReadFileText(dir.Join("f")), Text(100));
      if (faults.asked() <= n) break;
      continue;
    }
    ++failures;
    EXPECT_EQ(failure, OsErrorText(EIO));
    EXPECT_FALSE(ReadFileText(dir.Join("f")).has_value());
  }
  EXPECT_GE(failures, 2u);  // to open, to write
}

TEST(WholeFileTest, ReplacingIsAllOrNothing) {
  uint32_t failures = 0;
  for (uint32_t n = 0;; ++n) {
    const TempDir dir;
    ASSERT_TRUE(WriteFileText(dir.Join("f"), "old"));
    const FaultPlan faults(ErrorAt(n));
    const FailureText failure = ReplaceFile(dir.Join("f"), Text(100));
    EXPECT_EQ(ReadFileText(dir.Join("f")), failure.empty() ? Text(100) : "old");
    std::vector<std::string> names;
    SetIoFaults(nullptr);
    EXPECT_EQ(ListDirectory(dir.path(), &names), "");
    EXPECT_EQ(names, std::vector<std::string>{"f"});
    if (!failure.empty()) ++failures;
    if (faults.asked() <= n) break;
  }
  EXPECT_GE(failures, 3u);  // to open, to write, to flush
}

TEST(WholeFileTest, ReplacingKeepsPermissionsAndLinks) {
  const TempDir dir;
  ASSERT_TRUE(WriteFileText(dir.Join("f"), "old"));
  ASSERT_EQ(chmod(dir.Join("f").c_str(), 0640), 0);
  ASSERT_EQ(symlink("f", dir.Join("l").c_str()), 0);
  EXPECT_EQ(ReplaceFile(dir.Join("l"), "new"), "");
  struct stat info;
  EXPECT_EQ(StatLink(dir.Join("l"), &info), "");
  EXPECT_TRUE(S_ISLNK(info.st_mode));
  EXPECT_EQ(StatPath(dir.Join("f"), &info), "");
  EXPECT_EQ(info.st_mode & 0777, 0640u);
  EXPECT_EQ(ReadFileText(dir.Join("f")), "new");
}

TEST(WholeFileTest, AFullDiskIsReported) {
  constexpr char kFull[] = "No space left on device (os error 28)";
  EXPECT_EQ(WriteWholeFile("/dev/full", "x", IfExists::kTruncate), kFull);
  const TempDir dir;
  ASSERT_TRUE(WriteFileText(dir.Join("f"), "x"));
  EXPECT_EQ(CopyFile(dir.Join("f"), "/dev/full"), kFull);
  EXPECT_EQ(ReplaceFile("/dev/full", "x"), kFull);
  EXPECT_EQ(ReplaceFile("/dev/null", "x"), "");
  struct stat info;
  EXPECT_EQ(StatPath("/dev/null", &info), "");
  EXPECT_TRUE(S_ISCHR(info.st_mode));
}

TEST(WholeFileTest, LimitsAndRefusals) {
  const TempDir dir;
  ASSERT_TRUE(WriteFileText(dir.Join("f"), "12345"));
  std::string content;
  EXPECT_EQ(ReadWholeFile(dir.Join("f"), 5, &content), "");
  EXPECT_EQ(ReadWholeFile(dir.Join("f"), 4, &content),
            "exceeds maximum read size (5 bytes > 4 bytes)");
  EXPECT_EQ(ReadWholeFile("/dev/zero", 4, &content),
            "exceeds maximum read size (5 bytes > 4 bytes)");
  EXPECT_EQ(ReadWholeFile(dir.path(), kNoLimit, &content), "Is a directory (os error 21)");
  EXPECT_EQ(ReadWholeFile(std::string("a\0b", 3), kNoLimit, &content), kNulInPath);
  EXPECT_EQ(WriteWholeFile(dir.Join("f"), "x", IfExists::kRefuse), kFileExists);
  EXPECT_EQ(WriteWholeFile(dir.path(), "x", IfExists::kRefuse), kFileExists);
  EXPECT_EQ(ReadFileText(dir.Join("f")), "12345");
}

TEST(WholeFileTest, ABrokenLinkGetsItsTarget) {
  const TempDir dir;
  ASSERT_EQ(symlink("target", dir.Join("l").c_str()), 0);
  EXPECT_EQ(WriteWholeFile(dir.Join("l"), "x", IfExists::kRefuse), "");
  EXPECT_EQ(ReadFileText(dir.Join("target")), "x");
}

TEST(FileTest, AHugeCountTakesNoMemory) {
  const TempDir dir;
  ASSERT_TRUE(WriteFileText(dir.Join("f"), "abc"));
  File file;
  ASSERT_EQ(file.Open(dir.Join("f"), O_RDONLY), "");
  std::string content;
  EXPECT_EQ(file.Read(File::kToTheEnd, &content), "");
  EXPECT_EQ(content, "abc");
  EXPECT_LE(content.capacity(), 8192u);
}

TEST(TreeTest, DirectoriesAreMadeWithTheirParents) {
  const TempDir dir;
  EXPECT_EQ(MakeDirectories(dir.Join("a/b//c/")), "");
  EXPECT_EQ(MakeDirectories(dir.Join("a/b/c")), "");
  EXPECT_EQ(MakeDirectories(""), "");
  EXPECT_EQ(MakeDirectories("/"), "");
  ASSERT_TRUE(WriteFileText(dir.Join("f"), ""));
  EXPECT_EQ(MakeDirectories(dir.Join("f")), "File exists (os error 17)");
  EXPECT_EQ(MakeDirectories(dir.Join("f/g/h")), "Not a directory (os error 20)");
  std::vector<std::string> names;
  EXPECT_EQ(ListDirectory(dir.path(), &names), "");
  EXPECT_EQ(names, (std::vector<std::string>{"a", "f"}));
}

}  // namespace
}  // namespace ruff
