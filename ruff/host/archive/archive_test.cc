// What the examples and the conformance cases do not show: archives that lie, and a system that
// refuses.

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "ruff/host/archive/zip_extractor.h"
#include "ruff/host/archive/zip_writer.h"
#include "ruff/host/posix/fault_plan.h"
#include "ruff/host/posix/tree.h"
#include "testing/base/file_text.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

constexpr std::string_view kIo = "Input/output error (os error 5)";

size_t OpenDescriptors() {
  std::vector<std::string> names;
  EXPECT_EQ(ListDirectory("/proc/self/fd", &names), "");
  return names.size();
}

class ArchiveTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(mkdir(dir_.Join("in").c_str(), 0777), 0);
    ASSERT_EQ(mkdir(dir_.Join("in/sub").c_str(), 0777), 0);
    ASSERT_TRUE(WriteFileText(dir_.Join("in/a"), std::string(100'000, 'a')));
    ASSERT_TRUE(WriteFileText(dir_.Join("in/sub/b"), "b"));
  }

  // An archive of the directory "in"; the first message that is not empty.
  std::string Pack() {
    ZipWriter writer;
    std::string message = writer.Create(zip());
    if (!message.empty()) return message;
    message = writer.AddDirectory(dir_.Join("in"));
    const std::string last = writer.Finish();
    return message.empty() ? last : message;
  }
  std::string Unpack() {
    files_.clear();
    return ExtractZip(zip(), dir_.Join("out"), &files_);
  }
  // The names in a directory, with '/' between them.
  std::string Names(std::string_view directory) {
    std::vector<std::string> names;
    if (!ListDirectory(dir_.Join(directory), &names).empty()) return "none";
    std::string text;
    for (const std::string& name : names) absl::StrAppend(&text, text.empty() ? "" : "/", name);
    return text;
  }
  std::string zip() const { return dir_.Join("z.zip"); }

  const TempDir dir_;
  std::vector<std::string> files_;
};

TEST_F(ArchiveTest, WhatGoesInComesOut) {
  EXPECT_EQ(Pack(), "");
  EXPECT_EQ(Unpack(), "");
  EXPECT_EQ(files_, (std::vector<std::string>{dir_.Join("out/a"), dir_.Join("out/sub/b")}));
  EXPECT_EQ(ReadFileText(dir_.Join("out/a")), std::string(100'000, 'a'));
  EXPECT_EQ(ReadFileText(dir_.Join("out/sub/b")), "b");
}

TEST_F(ArchiveTest, InterruptionsAndShortTransfersDoNotShow) {
  ASSERT_TRUE(WriteFileText(dir_.Join("in/a"), std::string(300, 'a')));
  const FaultPlan faults(Hiccups);
  EXPECT_EQ(Pack(), "");
  EXPECT_EQ(Unpack(), "");
  EXPECT_EQ(ReadFileText(dir_.Join("out/a")), std::string(300, 'a'));
}

TEST_F(ArchiveTest, AnErrorWhileWritingLeavesNoBrokenArchive) {
  uint32_t failures = 0;
  const size_t open = OpenDescriptors();
  for (uint32_t n = 0;; ++n) {
    unlink(zip().c_str());
    const FaultPlan faults(ErrorAt(n));
    const std::string message = Pack();
    SetIoFaults(nullptr);
    EXPECT_EQ(OpenDescriptors(), open);
    if (!message.empty()) {
      ++failures;
      EXPECT_TRUE(message.ends_with(kIo)) << message;
    }
    // Without a file that could not be read, an archive is still one.
    if (ReadFileText(zip()).has_value()) EXPECT_EQ(Unpack(), "") << n << message;
    if (faults.asked() <= n) break;
  }
  EXPECT_GE(failures, 4u);
}

TEST_F(ArchiveTest, AnErrorWhileExtractingLeavesWholeFiles) {
  ASSERT_EQ(Pack(), "");
  ASSERT_EQ(mkdir(dir_.Join("out").c_str(), 0777), 0);
  const size_t open = OpenDescriptors();
  uint32_t failures = 0;
  for (uint32_t n = 0;; ++n) {
    unlink(dir_.Join("out/sub/b").c_str());
    ASSERT_TRUE(WriteFileText(dir_.Join("out/a"), "old"));
    const FaultPlan faults(ErrorAt(n));
    const std::string message = Unpack();
    SetIoFaults(nullptr);
    EXPECT_EQ(OpenDescriptors(), open);
    if (!message.empty()) {
      ++failures;
      EXPECT_TRUE(message.ends_with(kIo)) << message;
    }
    const std::string a = ReadFileText(dir_.Join("out/a")).value_or("");
    EXPECT_TRUE(a == "old" || a == std::string(100'000, 'a')) << n;
    const std::string names = Names("out");
    EXPECT_TRUE(names == "a" || names == "a/sub") << names;
    const std::string below = Names("out/sub");
    EXPECT_TRUE(below == "none" || below == "" || below == "b") << below;
    if (faults.asked() <= n) break;
  }
  EXPECT_GE(failures, 4u);
}

// A damaged byte ends in a message or in another name, never in other content or another place.
TEST_F(ArchiveTest, DamageIsNoticed) {
  ASSERT_TRUE(WriteFileText(dir_.Join("in/a"), "aaaaaaaaaaaaaaaaaaaa"));
  ASSERT_EQ(Pack(), "");
  const std::string whole = *ReadFileText(zip());
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0xff);
    ASSERT_TRUE(WriteFileText(zip(), damaged));
    const std::string message = Unpack();
    if (message.empty()) {
      for (const std::string& file : files_) {
        const std::string text = ReadFileText(file).value_or("");
        EXPECT_TRUE(text.empty() || text == "b" || text == "aaaaaaaaaaaaaaaaaaaa")
            << at << file << text;
      }
    }
    EXPECT_EQ(Names(""), "in/out/z.zip") << at;
    if (at % 8 != 0) continue;
    ASSERT_TRUE(WriteFileText(zip(), whole.substr(0, at)));
    EXPECT_NE(Unpack(), "") << at;
  }
}

TEST_F(ArchiveTest, TwoFilesOfOneNameAreRefused) {
  ASSERT_TRUE(WriteFileText(dir_.Join("in/c"), "c"));
  ASSERT_EQ(Pack(), "");
  // The names stand in the archive as they are.
  std::string bytes = *ReadFileText(zip());
  for (size_t at = 0; (at = bytes.find("PK\3\4", at)) != std::string::npos; ++at) {
    if (bytes[at + 30] == 'c') bytes[at + 30] = 'a';
  }
  for (size_t at = 0; (at = bytes.find("PK\1\2", at)) != std::string::npos; ++at) {
    if (bytes[at + 46] == 'c') bytes[at + 46] = 'a';
  }
  ASSERT_TRUE(WriteFileText(zip(), bytes));
  EXPECT_EQ(Unpack(), "Unsafe archive entry 'a': duplicate entry is not allowed");
  EXPECT_EQ(ReadFileText(dir_.Join("out/a")), std::string(100'000, 'a'));
}

// What the table of contents says is small, and what comes out of it is not.
TEST_F(ArchiveTest, AnEntryIsHeldToItsDeclaredSize) {
  ASSERT_EQ(Pack(), "");
  std::string bytes = *ReadFileText(zip());
  const std::string size("\xa0\x86\x01\x00", 4);  // 100000
  ASSERT_NE(bytes.find(size), std::string::npos);
  bytes = absl::StrReplaceAll(bytes, {{size, std::string("\x10\0\0\0", 4)}});
  ASSERT_TRUE(WriteFileText(zip(), bytes));
  EXPECT_EQ(Unpack(), "Failed to extract file 'a': Invalid checksum");
  EXPECT_EQ(Names("out"), "");
}

TEST_F(ArchiveTest, LinksInTheOutputDirectoryLeadNowhere) {
  ASSERT_EQ(Pack(), "");
  ASSERT_EQ(mkdir(dir_.Join("out").c_str(), 0777), 0);
  ASSERT_EQ(mkdir(dir_.Join("elsewhere").c_str(), 0777), 0);
  ASSERT_EQ(symlink("../elsewhere", dir_.Join("out/sub").c_str()), 0);
  EXPECT_EQ(Unpack(), absl::StrCat("Unsafe archive entry 'sub/': symbolic link target path '",
                                   dir_.Join("out/sub"), "' is not allowed"));
  EXPECT_EQ(Names("elsewhere"), "");
  ASSERT_EQ(unlink(dir_.Join("out/a").c_str()), 0);
  ASSERT_EQ(symlink("../elsewhere/a", dir_.Join("out/a").c_str()), 0);
  EXPECT_EQ(Unpack(), absl::StrCat("Unsafe archive entry 'a': symbolic link target path '",
                                   dir_.Join("out/a"), "' is not allowed"));
  EXPECT_EQ(Names("elsewhere"), "");
}

TEST_F(ArchiveTest, AnArchivePutIntoItselfEnds) {
  ZipWriter writer;
  ASSERT_EQ(writer.Create(dir_.Join("in/z.zip")), "");
  EXPECT_EQ(writer.AddDirectory(dir_.Join("in")), "");
  EXPECT_EQ(writer.Finish(), "");
}

TEST_F(ArchiveTest, AFullDiskIsReported) {
  ZipWriter writer;
  ASSERT_EQ(writer.Create("/dev/full"), "");
  constexpr char kFull[] =
      "Failed to write zip file '/dev/full': No space left on device (os error 28)";
  EXPECT_EQ(writer.AddFile(dir_.Join("in/sub/b")), kFull);
  EXPECT_EQ(writer.Finish(), kFull);
  EXPECT_EQ(access("/dev/full", F_OK), 0);
}

}  // namespace
}  // namespace ruff
