// Every builtin that touches files, in worlds where system calls are interrupted, transfer single
// bytes, or fail: what it says, and what it leaves behind.
//
// A row of the table is a call in a directory with the files "f" and "g" ("old"), the archive
// "z.zip", the picture "p.ppm" and the empty directory "d". A builtin that needs a capability of
// the file system and has no row is a mistake.

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "ruff/base/os_error.h"
#include "ruff/host/posix/fault_plan.h"
#include "ruff/host/posix/tree.h"
#include "ruff/host/run_host_program.h"
#include "ruff/runtime/builtins/registry.h"
#include "testing/base/file_text.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

// What may be left of the files that a call names when it fails.
enum class Promise {
  kWhole,    // each is as before or as it should be
  kInPlace,  // "g" is written in place: it may be cut short
};

struct Row {
  std::string_view names;   // the builtins that the call shows, with spaces between
  std::string_view call;    // an expression
  std::string_view result;  // what print shows of it
  // What it says when a system call fails, one text a line; E is the text of the error. Nothing: it
  // makes no call that can fail.
  std::string_view failures;
  Promise promise = Promise::kWhole;
};

constexpr Row kRows[] = {
    {"read_file", "read_file(\"f\")", "old", "Cannot read file 'f': E"},
    {"read_file_lossy", "read_file_lossy(\"f\")", "old", "Cannot read file 'f': E"},
    {"read_lines", "read_lines(\"f\")", "[old]", "Cannot read file 'f': E"},
    {"read_binary_file", "read_binary_file(\"f\")", "bytes([111, 108, 100])",
     "Cannot read file 'f': E\nCannot read binary file 'f': E"},
    {"io_read_bytes", "io_read_bytes(\"f\", 2)", "bytes([111, 108])",
     "Cannot open file 'f': E\nCannot read 2 bytes from 'f': E"},
    {"io_read_at", "io_read_at(\"f\", 1, 2)", "bytes([108, 100])",
     "Cannot open file 'f': E\nCannot seek to offset 1 in 'f': E\n"
     "Cannot read 2 bytes at offset 1 from 'f': E"},
    {"io_seek_read", "io_seek_read(\"f\", 1)", "bytes([108, 100])",
     "Cannot open file 'f': E\nCannot seek to offset 1 in 'f': E\n"
     "Cannot read from offset 1 in 'f': E"},
    {"io_file_metadata", "io_file_metadata(\"f\")[\"size\"]", "3",
     "Cannot get metadata for 'f': E"},
    {"sha256_file", "sha256_file(\"f\") == sha256(\"old\")", "true", "Failed to read file 'f': E"},
    {"md5_file", "md5_file(\"f\") == md5(\"old\")", "true", "Failed to read file 'f': E"},
    {"load_image", "load_image(\"p.ppm\")", "<image 1x1>", "Cannot load image 'p.ppm': E"},
    {"kv_get", "kv_get(\"k\")", "v", "Failed to read kv store 'kv.json': E"},
    {"list_dir", "list_dir(\"d\")", "[]", "Cannot list directory 'd': E"},
    {"file_size", "file_size(\"f\")", "3", "Cannot get file size for 'f': E"},
    {"file_exists", "file_exists(\"f\")", "true", "false"},
    {"path_exists", "path_exists(\"f\")", "true", "false"},
    {"path_is_file", "path_is_file(\"f\")", "true", "false"},
    {"path_is_dir", "path_is_dir(\"d\")", "true", "false"},
    {"path_is_symlink", "path_is_symlink(\"f\")", "false",
     "Cannot inspect symlink status for 'f': E"},
    {"path_absolute", "basename(path_absolute(\"f\"))", "f", "Cannot get absolute path for 'f': E"},
    {"os_getcwd", "len(os_getcwd()) > 0", "true", "Cannot get current directory: E"},
    {"basename dirname join_path path_join path_extension", "path_join(\"a\", \"b.c\")", "a/b.c",
     ""},
    {"os_environ", "len(os_environ()) > 0", "true", ""},

    {"write_file", "write_file(\"new\", \"text\")", "true", "Cannot write file 'new': E"},
    {"write_file", "write_file(\"g\", \"text\", true)", "true", "Cannot write file 'g': E",
     Promise::kInPlace},
    {"write_binary_file", "write_binary_file(\"new\", bytes([65, 66]))", "true",
     "Cannot write binary file 'new': E"},
    {"append_file", "append_file(\"g\", \"text\")", "true",
     "Cannot open file 'g': E\nCannot append to file 'g': E", Promise::kInPlace},
    {"io_write_bytes", "io_write_bytes(\"g\", bytes([65, 66]))", "true",
     "Cannot write bytes to file 'g': E", Promise::kInPlace},
    {"io_append_bytes", "io_append_bytes(\"g\", bytes([65, 66]))", "true",
     "Cannot open file 'g': E\nCannot append bytes to file 'g': E", Promise::kInPlace},
    {"io_write_at", "io_write_at(\"g\", bytes([65, 66]), 2)", "true",
     "Cannot open file 'g': E\nCannot seek to offset 2 in 'g': E\n"
     "Cannot write bytes at offset 2 to 'g': E",
     Promise::kInPlace},
    {"io_truncate", "io_truncate(\"g\", 1)", "true",
     "Cannot open file 'g': E\nCannot truncate file 'g' to 1 bytes: E"},
    {"io_copy_range", "io_copy_range(\"f\", \"g\", 1, 2)", "true",
     "Cannot open source file 'f': E\nCannot seek to offset 1 in 'f': E\nCannot read from 'f': E\n"
     "Cannot create file 'g': E\nCannot write to 'g': E",
     Promise::kInPlace},
    {"copy_file", "copy_file(\"f\", \"new\")", "true", "Cannot copy file 'f' to 'new': E"},
    {"rename_file", "rename_file(\"f\", \"new\")", "true", "Cannot rename file 'f' to 'new': E"},
    {"create_dir", "create_dir(\"new/a/b\")", "true", "Cannot create directory 'new/a/b': E"},
    {"os_chdir", "os_chdir(\"d\") && os_chdir(\"..\")", "true",
     "Cannot change directory to 'd': E\nCannot change directory to '..': E"},
    {"delete_file", "delete_file(\"f\")", "true", "Cannot delete file 'f': E"},
    {"os_rmdir", "os_rmdir(\"d\")", "true", "Cannot remove directory 'd': E"},
    {"kv_set", "kv_set(\"k\", \"w\")", "true",
     "Failed to read kv store 'kv.json': E\nFailed to write kv store 'kv.json': E\n"
     "Failed to prepare kv store directory '': E"},
    {"save", "load_image(\"p.ppm\").save(\"g.qoi\")", "true",
     "Cannot load image 'p.ppm': E\nFailed to save image: E"},
    {"gif_to_webp", "gif_to_webp(\"none\", \"new\")", "gif_to_webp input file does not exist: none",
     ""},
    {"zip_create zip_add_file zip_add_dir zip_close",
     "[zip_create(\"new.zip\")] |> map(func(z) { return zip_add_file(z, \"f\") && "
     "zip_add_dir(z, \"d\") && zip_close(z) })",
     "[true]",
     "Failed to create zip file 'new.zip': E\nFailed to read source file 'f': E\n"
     "Failed to read directory: E\nFailed to write zip file 'new.zip': E"},
    {"unzip", "unzip(\"z.zip\", \"out\")", "[out/f, out/d/g]",
     "Failed to open file 'z.zip': E\nFailed to open zip archive 'z.zip': E\n"
     "Failed to create output directory 'out': E\nFailed to create directory 'out/d': E\n"
     "Failed to create parent directory for 'out/d': E\n"
     "Failed to create parent directory for 'out/d/g': E\n"
     "Failed to create output file 'out/f': E\nFailed to create output file 'out/d/g': E\n"
     "Failed to extract file 'f': E\nFailed to extract file 'd/g': E"},
};

// Tested with what they are made of: ruff/async/builtins, ruff/site.
constexpr std::string_view kElsewhere[] = {
    "async_read_file",   "async_read_files",           "async_write_file",
    "async_write_files", "ssg_render_and_write_pages", "ssg_read_render_and_write_pages",
};

constexpr int kErrors[] = {EIO, ENOSPC, EACCES};

// Path to content; directories end in '/'.
using Tree = std::map<std::string, std::string>;

void AddTree(const std::string& directory, Tree* tree) {
  std::vector<std::string> names;
  ASSERT_EQ(ListDirectory(directory.empty() ? "." : directory, &names), "");
  for (const std::string& name : names) {
    const std::string path = absl::StrCat(directory, name);
    struct stat info;
    ASSERT_EQ(StatLink(path, &info), "");
    if (S_ISDIR(info.st_mode)) {
      (*tree)[path + "/"] = "";
      AddTree(path + "/", tree);
    } else {
      (*tree)[path] = ReadFileText(path).value_or("unreadable");
    }
  }
}

size_t OpenDescriptors() {
  std::vector<std::string> names;
  EXPECT_EQ(ListDirectory("/proc/self/fd", &names), "");
  return names.size();
}

// A directory as the rows expect it, which is the current one.
class Place {
 public:
  Place() {
    EXPECT_EQ(chdir(dir_.path().c_str()), 0);
    EXPECT_TRUE(WriteFileText("f", "old") && WriteFileText("g", "old"));
    EXPECT_TRUE(WriteFileText("g.qoi", "old") && WriteFileText("kv.json", "{\"k\": \"v\"}"));
    EXPECT_TRUE(WriteFileText("p.ppm", "P3 1 1 255 1 2 3"));
    EXPECT_EQ(mkdir("d", 0777), 0);
    EXPECT_TRUE(WriteFileText("z.zip", archive()));
  }
  ~Place() { EXPECT_EQ(chdir("/"), 0); }

  // Of the directory, wherever the program has gone.
  Tree Files() const {
    EXPECT_EQ(chdir(dir_.path().c_str()), 0);
    Tree tree;
    AddTree("", &tree);
    return tree;
  }

 private:
  static const std::string& archive() {
    static const std::string content = [] {
      EXPECT_EQ(RunHostProgram("create_dir(\"in/d\")\nwrite_file(\"in/d/g\", \"g\")\n"
                               "write_file(\"in/f\", \"f\")\nz := zip_create(\"in.zip\")\n"
                               "zip_add_file(z, \"in/f\")\ndelete_file(\"in/f\")\n"
                               "zip_add_dir(z, \"in\")\nzip_close(z)\ndelete_file(\"in/d/g\")\n"
                               "os_rmdir(\"in/d\")\nos_rmdir(\"in\")"),
                "");
      std::string text = ReadFileText("in.zip").value_or("");
      EXPECT_EQ(unlink("in.zip"), 0);
      return text;
    }();
    return content;
  }

  const TempDir dir_;
};

std::string Said(const Row& row) {
  std::string said =
      RunHostProgram(absl::StrCat("try { print(", row.call, ") } except e { print(e.message) }"));
  if (said.ends_with('\n')) said.pop_back();
  return said;
}

class FaultTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { ASSERT_EQ(setenv("RUFF_KV_PATH", "kv.json", 1), 0); }
};

TEST_F(FaultTest, EveryBuiltinThatTouchesFilesHasARow) {
  RunHostProgram("");  // registers all
  std::set<std::string_view> known(std::begin(kElsewhere), std::end(kElsewhere));
  for (const Row& row : kRows) {
    for (const std::string_view name : absl::StrSplit(row.names, ' ')) known.insert(name);
  }
  for (const NativeFunction* native : AllNatives()) {
    const bool touches_files = native->capability == Capability::kFilesystemRead ||
                               native->capability == Capability::kFilesystemWrite ||
                               native->capability == Capability::kFilesystemDelete;
    if (touches_files) EXPECT_TRUE(known.contains(native->message_name())) << native->name;
  }
}

TEST_F(FaultTest, InterruptionsAndShortTransfersDoNotShow) {
  for (const Row& row : kRows) {
    Tree want;
    {
      const Place place;
      EXPECT_EQ(Said(row), row.result) << row.call;
      want = place.Files();
    }
    const Place place;
    const FaultPlan faults(Hiccups);
    EXPECT_EQ(Said(row), row.result) << row.call;
    SetIoFaults(nullptr);
    // The bytes of an archive depend on the time.
    const Tree got = place.Files();
    for (const auto& [path, content] : want) {
      EXPECT_TRUE(got.contains(path)) << row.call << path;
      if (!path.ends_with(".zip")) EXPECT_EQ(got.at(path), content) << row.call << path;
    }
    EXPECT_EQ(got.size(), want.size()) << row.call;
  }
}

// Every path that is there was there before or is so afterwards, with the content of that time.
void CheckLeft(const Row& row, const Tree& before, const Tree& after, const Tree& left) {
  for (const auto& [path, content] : left) {
    const auto old = before.find(path);
    const auto fresh = after.find(path);
    EXPECT_TRUE(old != before.end() || fresh != after.end()) << row.call << " leaves " << path;
    if (path.ends_with(".zip") || (row.promise == Promise::kInPlace && path == "g")) continue;
    EXPECT_TRUE((old != before.end() && old->second == content) ||
                (fresh != after.end() && fresh->second == content))
        << row.call << " leaves in " << path << ": " << content;
  }
  for (const auto& [path, content] : before) {
    if (after.contains(path)) EXPECT_TRUE(left.contains(path)) << row.call << " loses " << path;
  }
}

// The fault at one system call after the other, until none is left; where there are many, at one in
// ten. Says how many ended in a failure.
template <typename Plan>
int FailEverywhere(const Row& row, Plan plan, int error, const Tree& after) {
  int failures = 0;
  for (uint32_t n = 0;; n += 1 + n / 10) {
    const Place place;
    const Tree before = place.Files();
    const size_t open = OpenDescriptors();
    const FaultPlan faults(plan(n), error);
    const std::string said = Said(row);
    SetIoFaults(nullptr);
    EXPECT_EQ(OpenDescriptors(), open) << row.call;
    const std::string allowed = absl::StrReplaceAll(row.failures, {{"E", OsErrorText(error)}});
    if (said != row.result) {
      ++failures;
      const std::vector<std::string_view> texts = absl::StrSplit(allowed, '\n');
      EXPECT_TRUE(absl::c_linear_search(texts, said)) << row.call << " at " << n << ": " << said;
    }
    CheckLeft(row, before, after, place.Files());
    if (faults.asked() <= n) return failures;
  }
}

TEST_F(FaultTest, AnErrorAtAnySystemCallIsSaidAndBreaksNothing) {
  for (const Row& row : kRows) {
    Tree after;
    {
      const Place place;
      Said(row);
      after = place.Files();
    }
    for (const int error : kErrors) {
      const int failures = FailEverywhere(row, ErrorAt, error, after);
      EXPECT_EQ(failures > 0, !row.failures.empty()) << row.call;
    }
    FailEverywhere(row, ErrorAfterShortTransfers, EIO, after);
  }
}

}  // namespace
}  // namespace ruff
