#include "ruff/async/builtins/file_io.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/async/core/io_faults.h"
#include "ruff/base/utf8.h"

namespace ruff {
namespace {

constexpr size_t kLeastRead = 4096;           // for files that do not know their size
constexpr size_t kMostWrite = size_t{1} << 30;  // bytes in one call
constexpr size_t kMostParts = 4;

FileError SystemError(int code) {
  char buffer[256];
  return absl::StrCat(strerror_r(code, buffer, sizeof(buffer)), " (os error ", code, ")");
}

// A system call, repeated while a signal interrupts it.
template <typename F>
auto Retry(F call) -> decltype(call()) {
  for (;;) {
    switch (NextIoFault()) {
      case IoFaults::Fault::kInterrupted:
        continue;
      case IoFaults::Fault::kError:
        errno = EIO;
        return -1;
      default:
        break;
    }
    const auto result = call();
    if (result != -1 || errno != EINTR) return result;
  }
}

// How much of `size` bytes to transfer.
size_t Portion(size_t size) {
  return size > 1 && NextIoFault() == IoFaults::Fault::kShort ? 1 : size;
}

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags)
      : fd_(Retry([&] { return open(path.c_str(), flags | O_CLOEXEC, 0666); })) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return fd_; }
  int Close() { return close(std::exchange(fd_, -1)); }

 private:
  int fd_;
};

FileError CheckPath(const std::string& path) {
  return path.find('\0') == std::string::npos ? FileError()
                                              : "file name contained an unexpected NUL byte";
}

}  // namespace

FileError ReadWholeFile(const std::string& path, std::string* content) {
  if (FileError error = CheckPath(path); !error.empty()) return error;
  const Descriptor file(path, O_RDONLY);
  if (file.get() < 0) return SystemError(errno);
  struct stat info;
  if (fstat(file.get(), &info) != 0) return SystemError(errno);
  // One byte more than the file has: a read that does not fill it is the end of a regular file.
  const bool is_regular = S_ISREG(info.st_mode);
  content->resize(std::max(is_regular ? static_cast<size_t>(info.st_size) + 1 : 0, kLeastRead));
  size_t size = 0;
  for (;;) {
    const size_t wanted = Portion(content->size() - size);
    const ssize_t got = Retry([&] { return read(file.get(), content->data() + size, wanted); });
    if (got < 0) return SystemError(errno);
    size += static_cast<size_t>(got);
    if (got == 0 || (is_regular && info.st_size > 0 && static_cast<size_t>(got) < wanted)) break;
    if (size == content->size()) content->resize(size * 2);
  }
  content->resize(size);
  return FileError();
}

FileError ReadTextFile(const std::string& path, std::string* content) {
  FileError error = ReadWholeFile(path, content);
  if (error.empty() && FindInvalidUtf8(*content) != content->size()) {
    return "stream did not contain valid UTF-8";
  }
  return error;
}

FileError WriteWholeFile(const std::string& path, const std::string_view* parts, size_t count) {
  if (FileError error = CheckPath(path); !error.empty()) return error;
  Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (file.get() < 0) return SystemError(errno);
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
      const size_t portion = Portion(std::min(rest.size(), kMostWrite));
      vectors[used++] = {const_cast<char*>(rest.data()), portion};
      if (portion < rest.size()) break;
    }
    const ssize_t put = Retry([&] { return writev(file.get(), vectors, used); });
    if (put < 0) return SystemError(errno);
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
  return file.Close() == 0 ? FileError() : SystemError(errno);
}

}  // namespace ruff
