#include "ruff/async/builtins/file_io.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>

#include "ruff/base/utf8.h"
#include "ruff/host/posix/file.h"

namespace ruff {
namespace {

constexpr size_t kLeastRead = 4096;  // for files that do not know their size
constexpr size_t kMostParts = 4;

}  // namespace

FailureText ReadWholeFile(const std::string& path, std::string* content) {
  File file;
  if (FailureText error = file.Open(path, O_RDONLY); !error.empty()) return error;
  struct stat info;
  if (FailureText error = file.Stat(&info); !error.empty()) return error;
  // One byte more than the file has: a read that does not fill it is the end of a regular file.
  const bool is_regular = S_ISREG(info.st_mode);
  content->resize(std::max(is_regular ? static_cast<size_t>(info.st_size) + 1 : 0, kLeastRead));
  size_t size = 0;
  for (;;) {
    const size_t wanted = TransferSize(content->size() - size);
    const ssize_t got =
        RetryInterrupted([&] { return read(file.descriptor(), content->data() + size, wanted); });
    if (got < 0) return OsErrorText(errno);
    size += static_cast<size_t>(got);
    if (got == 0 || (is_regular && info.st_size > 0 && static_cast<size_t>(got) < wanted)) break;
    if (size == content->size()) content->resize(size * 2);
  }
  content->resize(size);
  return FailureText();
}

FailureText ReadTextFile(const std::string& path, std::string* content) {
  FailureText error = ReadWholeFile(path, content);
  if (error.empty() && FindInvalidUtf8(*content) != content->size()) {
    return "stream did not contain valid UTF-8";
  }
  return error;
}

FailureText WriteWholeFile(const std::string& path, const std::string_view* parts, size_t count) {
  File file;
  if (FailureText error = file.Open(path, O_WRONLY | O_CREAT | O_TRUNC); !error.empty()) {
    return error;
  }
  size_t part = 0;
  size_t offset = 0;  // in that part
  for (;;) {
    while (part < count && offset == parts[part].size()) {
      ++part;
      offset = 0;
    }
    if (part == count) break;
    iovec vectors[kMostParts];
    int used = 0;
    for (size_t i = part; i < count && static_cast<size_t>(used) < kMostParts; ++i) {
      const std::string_view rest = i == part ? parts[i].substr(offset) : parts[i];
      const size_t portion = TransferSize(rest.size());
      vectors[used++] = {const_cast<char*>(rest.data()), portion};
      if (portion < rest.size()) break;
    }
    const ssize_t put = RetryInterrupted([&] { return writev(file.descriptor(), vectors, used); });
    if (put < 0) return OsErrorText(errno);
    size_t left = static_cast<size_t>(put);
    while (left > 0) {
      const size_t step = std::min(left, parts[part].size() - offset);
      left -= step;
      offset += step;
      if (offset == parts[part].size()) {
        ++part;
        offset = 0;
      }
    }
  }
  return file.Close();
}

}  // namespace ruff
