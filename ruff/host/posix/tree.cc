#include "ruff/host/posix/tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>

#include "ruff/base/utf8.h"
#include "ruff/host/posix/file.h"

namespace ruff {
namespace {

constexpr size_t kCopyBuffer = size_t{1} << 18;
constexpr char kNoRegularFile[] =
    "the source path is neither a regular file nor a symlink to a regular file";

bool IsDirectory(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

int MakeDirectory(const std::string& path) {
  return RetryInterrupted([&] { return mkdir(path.c_str(), 0777); });
}

// Where the parent of path[0..end) ends; 0 when it has none.
size_t ParentEnd(std::string_view path, size_t end) {
  while (end > 0 && path[end - 1] == '/') --end;
  while (end > 0 && path[end - 1] != '/') --end;
  while (end > 0 && path[end - 1] == '/') --end;
  return end;
}

FailureText CopyContent(File& from, File& to, mode_t permissions) {
  struct stat info;
  FailureText failure = to.Stat(&info);
  if (failure.empty() && S_ISREG(info.st_mode) &&
      RetryInterrupted([&] { return fchmod(to.descriptor(), permissions); }) != 0) {
    failure = OsErrorText(errno);
  }
  const auto buffer = std::make_unique<char[]>(kCopyBuffer);
  size_t got = 1;
  while (failure.empty() && got > 0) {
    failure = from.ReadSome(buffer.get(), kCopyBuffer, &got);
    if (failure.empty()) failure = to.Write({buffer.get(), got});
  }
  return failure.empty() ? to.Close() : failure;
}

}  // namespace

FailureText StatPath(const std::string& path, struct stat* info) {
  if (FailureText failure = CheckPath(path); !failure.empty()) return failure;
  return RetryInterrupted([&] { return stat(path.c_str(), info); }) == 0 ? FailureText()
                                                                         : OsErrorText(errno);
}

FailureText StatLink(const std::string& path, struct stat* info) {
  if (FailureText failure = CheckPath(path); !failure.empty()) return failure;
  return RetryInterrupted([&] { return lstat(path.c_str(), info); }) == 0 ? FailureText()
                                                                          : OsErrorText(errno);
}

FailureText ListDirectory(const std::string& path, std::vector<std::string>* names) {
  if (FailureText failure = CheckPath(path); !failure.empty()) return failure;
  std::unique_ptr<DIR, int (*)(DIR*)> directory(nullptr, closedir);
  const int opened = RetryInterrupted([&] {
    directory.reset(opendir(path.c_str()));
    return directory == nullptr ? -1 : 0;
  });
  if (opened != 0) return OsErrorText(errno);
  for (;;) {
    errno = 0;
    const dirent* entry = readdir(directory.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != ".." && IsValidUtf8(name)) names->emplace_back(name);
  }
  if (errno != 0) return OsErrorText(errno);
  std::sort(names->begin(), names->end());
  return FailureText();
}

FailureText MakeDirectories(const std::string& path) {
  if (FailureText failure = CheckPath(path); !failure.empty()) return failure;
  // Up to the deepest directory that can be made, then down again.
  std::vector<size_t> ends = {path.size()};
  while (ends.back() > 0) {
    const std::string prefix = path.substr(0, ends.back());
    if (MakeDirectory(prefix) == 0) break;
    const int error = errno;
    if (error != ENOENT) {
      if (IsDirectory(prefix)) break;
      return OsErrorText(error);
    }
    ends.push_back(ParentEnd(path, ends.back()));
  }
  for (size_t i = ends.size() - 1; i-- > 0;) {
    const std::string prefix = path.substr(0, ends[i]);
    if (MakeDirectory(prefix) == 0) continue;
    const int error = errno;
    if (!IsDirectory(prefix)) return OsErrorText(error);
  }
  return FailureText();
}

FailureText CopyFile(const std::string& from, const std::string& to) {
  File source;
  if (FailureText failure = CheckPath(to); !failure.empty()) return failure;
  struct stat info;
  // Looked at before it is opened: opening a pipe would wait for its writer.
  if (FailureText failure = StatPath(from, &info); !failure.empty()) return failure;
  if (!S_ISREG(info.st_mode)) return kNoRegularFile;
  if (FailureText failure = source.Open(from, O_RDONLY); !failure.empty()) return failure;
  struct stat old;
  const bool exists = stat(to.c_str(), &old) == 0;
  const bool is_new = !exists && errno == ENOENT;
  if (exists && old.st_dev == info.st_dev && old.st_ino == info.st_ino) return FailureText();
  File target;
  FailureText failure = target.Open(to, O_WRONLY | O_CREAT | O_TRUNC);
  if (!failure.empty()) return failure;
  failure = CopyContent(source, target, info.st_mode & 07777);
  std::string created;  // where a broken link leads to
  if (!failure.empty() && is_new && ResolvePath(to, &created).empty()) unlink(created.c_str());
  return failure;
}

FailureText ResolvePath(const std::string& path, std::string* resolved) {
  if (FailureText failure = CheckPath(path); !failure.empty()) return failure;
  std::unique_ptr<char, void (*)(void*)> text(nullptr, free);
  const int found = RetryInterrupted([&] {
    text.reset(realpath(path.c_str(), nullptr));
    return text == nullptr ? -1 : 0;
  });
  if (found != 0) return OsErrorText(errno);
  *resolved = text.get();
  return FailureText();
}

}  // namespace ruff
