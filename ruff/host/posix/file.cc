#include "ruff/host/posix/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace ruff {
namespace {

constexpr size_t kLeastRead = 4096;
constexpr size_t kMostAtOnce = size_t{1} << 30;
constexpr uint64_t kMaxOffset = INT64_MAX;

FailureText LastError() { return OsErrorText(errno); }

}  // namespace

size_t TransferSize(size_t size) {
  if (size > 1 && NextIoFault() == IoFaults::Fault::kShort) return 1;
  return std::min(size, kMostAtOnce);
}

FailureText CheckPath(std::string_view path) {
  return path.find('\0') == std::string_view::npos ? FailureText() : kNulInPath;
}

File::~File() {
  if (fd_ >= 0) close(fd_);
}

FailureText File::Open(const std::string& path, int flags) {
  if (FailureText failure = CheckPath(path); !failure.empty()) return failure;
  fd_ = RetryInterrupted([&] { return open(path.c_str(), flags | O_CLOEXEC, 0666); });
  return fd_ >= 0 ? FailureText() : LastError();
}

FailureText File::Stat(struct stat* info) const {
  return RetryInterrupted([&] { return fstat(fd_, info); }) == 0 ? FailureText() : LastError();
}

FailureText File::ReadSome(char* to, size_t size, size_t* got) {
  const size_t wanted = TransferSize(size);
  const ssize_t n = RetryInterrupted([&] { return read(fd_, to, wanted); });
  if (n < 0) return LastError();
  *got = static_cast<size_t>(n);
  return FailureText();
}

FailureText File::Read(uint64_t count, std::string* content) {
  const size_t begin = content->size();
  size_t size = begin;
  // One byte more than the file has left: then the end shows without another enlargement.
  size_t room = kLeastRead;
  struct stat info;
  if (fstat(fd_, &info) == 0 && S_ISREG(info.st_mode)) {
    const off_t position = lseek(fd_, 0, SEEK_CUR);
    if (info.st_size > position) room = static_cast<size_t>(info.st_size - position) + 1;
  }
  while (size - begin < count) {
    content->resize(size + static_cast<size_t>(std::min<uint64_t>(room, count - (size - begin))));
    size_t got = 0;
    while (size < content->size()) {
      FailureText failure = ReadSome(content->data() + size, content->size() - size, &got);
      if (!failure.empty()) return failure;
      size += got;
      if (got == 0) break;
    }
    if (got == 0) break;
    room = std::max(kLeastRead, size - begin);
  }
  content->resize(size);
  return FailureText();
}

FailureText File::Write(std::string_view content) {
  while (!content.empty()) {
    const size_t portion = TransferSize(content.size());
    const ssize_t put = RetryInterrupted([&] { return write(fd_, content.data(), portion); });
    if (put < 0) return LastError();
    content.remove_prefix(static_cast<size_t>(put));
  }
  return FailureText();
}

FailureText File::Seek(uint64_t offset) {
  if (offset > kMaxOffset) return OsErrorText(EINVAL);
  const off_t result =
      RetryInterrupted([&] { return lseek(fd_, static_cast<off_t>(offset), SEEK_SET); });
  return result >= 0 ? FailureText() : LastError();
}

FailureText File::Truncate(uint64_t size) {
  if (size > kMaxOffset) return OsErrorText(EINVAL);
  const int result = RetryInterrupted([&] { return ftruncate(fd_, static_cast<off_t>(size)); });
  return result == 0 ? FailureText() : LastError();
}

FailureText File::Sync() {
  return RetryInterrupted([&] { return fsync(fd_); }) == 0 ? FailureText() : LastError();
}

// Whether EINTR or not: the descriptor is gone.
FailureText File::Close() {
  if (NextIoFault() == IoFaults::Fault::kError) {
    close(std::exchange(fd_, -1));
    return OsErrorText(IoFaultError());
  }
  return close(std::exchange(fd_, -1)) == 0 || errno == EINTR ? FailureText() : LastError();
}

}  // namespace ruff
