#include "ruff/host/posix/whole_file.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ruff/host/posix/file.h"

namespace ruff {
namespace {

constexpr uint64_t kDefaultMaxFileBytes = uint64_t{1} << 30;

FailureText WriteAndClose(File& file, std::string_view content) {
  FailureText failure = file.Write(content);
  return failure.empty() ? file.Close() : failure;
}

// The file that `path` leads to, `path` itself when there is none.
std::string Target(const std::string& path) {
  char* resolved = realpath(path.c_str(), nullptr);
  std::string target = resolved == nullptr ? path : resolved;
  free(resolved);
  return target;
}

std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

// Makes the renaming of a file in `directory` last. A file system that cannot do so is no failure.
void SyncDirectory(const std::string& directory) {
  File file;
  if (file.Open(directory, O_RDONLY | O_DIRECTORY).empty()) (void)file.Sync();
}

}  // namespace

uint64_t MaxFileBytes() {
  const char* text = getenv("RUFF_MAX_FILE_BYTES");
  uint64_t bytes;
  return text != nullptr && absl::SimpleAtoi(text, &bytes) && bytes > 0 ? bytes
                                                                        : kDefaultMaxFileBytes;
}

FailureText CheckReadSize(uint64_t size, uint64_t limit) {
  if (size <= limit) return FailureText();
  return absl::StrCat("exceeds maximum read size (", size, " bytes > ", limit, " bytes)");
}

FailureText ReadWholeFile(const std::string& path, uint64_t limit, std::string* content) {
  content->clear();
  File file;
  if (FailureText failure = file.Open(path, O_RDONLY); !failure.empty()) return failure;
  struct stat info;
  if (FailureText failure = file.Stat(&info); !failure.empty()) return failure;
  if (S_ISREG(info.st_mode)) {
    FailureText failure = CheckReadSize(static_cast<uint64_t>(info.st_size), limit);
    if (!failure.empty()) return failure;
  }
  // What is no regular file shows its size only when it is read.
  if (FailureText failure = file.Read(limit < UINT64_MAX ? limit + 1 : limit, content);
      !failure.empty()) {
    return failure;
  }
  return CheckReadSize(content->size(), limit);
}

FailureText WriteWholeFile(const std::string& path, std::string_view content, IfExists if_exists) {
  File file;
  if (if_exists == IfExists::kTruncate) {
    FailureText failure = file.Open(path, O_WRONLY | O_CREAT | O_TRUNC);
    return failure.empty() ? WriteAndClose(file, content) : failure;
  }
  struct stat info;
  if (CheckPath(path).empty() && stat(path.c_str(), &info) == 0) return kFileExists;
  FailureText failure = file.Open(path, O_WRONLY | O_CREAT | O_EXCL);
  const bool is_link = !failure.empty() && errno == EEXIST;
  if (is_link) {
    // A broken symbolic link is no file, but it has the name: its target is created.
    if (stat(path.c_str(), &info) == 0) return kFileExists;
    failure = file.Open(path, O_WRONLY | O_CREAT);
  }
  if (!failure.empty()) return failure;
  failure = WriteAndClose(file, content);
  if (!failure.empty()) unlink(is_link ? Target(path).c_str() : path.c_str());
  return failure;
}

FailureText ReplaceFile(const std::string& path, std::string_view content, Flush flush) {
  if (FailureText failure = CheckPath(path); !failure.empty()) return failure;
  static std::atomic<uint32_t> counter = 0;
  const std::string target = Target(path);
  struct stat info;
  const bool exists = stat(target.c_str(), &info) == 0;
  // A device or a pipe has no content to keep; a directory fails to open.
  if (exists && !S_ISREG(info.st_mode)) return WriteWholeFile(path, content, IfExists::kTruncate);
  const std::string temporary = absl::StrCat(target, ".", getpid(), ".", counter++, ".tmp");
  File file;
  FailureText failure = file.Open(temporary, O_WRONLY | O_CREAT | O_EXCL);
  if (!failure.empty()) return failure;
  if (exists &&
      RetryInterrupted([&] { return fchmod(file.descriptor(), info.st_mode & 07777); }) != 0) {
    failure = OsErrorText(errno);
  }
  if (failure.empty()) failure = file.Write(content);
  if (failure.empty() && flush == Flush::kYes) failure = file.Sync();
  if (failure.empty()) failure = file.Close();
  if (failure.empty() &&
      RetryInterrupted([&] { return rename(temporary.c_str(), target.c_str()); }) != 0) {
    failure = OsErrorText(errno);
  }
  if (!failure.empty()) {
    unlink(temporary.c_str());
  } else if (flush == Flush::kYes) {
    SyncDirectory(DirectoryOf(target));
  }
  return failure;
}

}  // namespace ruff
