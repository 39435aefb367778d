// An open file of the operating system. Calls are repeated when a signal interrupts them and go on
// where a transfer stopped short, so whoever uses a File sees neither.

#ifndef RUFF_HOST_POSIX_FILE_H_
#define RUFF_HOST_POSIX_FILE_H_

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ruff/async/core/io_faults.h"
#include "ruff/base/os_error.h"

struct stat;

namespace ruff {

// Calls `call` until no signal interrupts it. Tests put faults here (io_faults.h).
template <typename F>
auto RetryInterrupted(F call) -> decltype(call()) {
  for (;;) {
    switch (NextIoFault()) {
      case IoFaults::Fault::kInterrupted:
        continue;
      case IoFaults::Fault::kError:
        errno = IoFaultError();
        return -1;
      default:
        break;
    }
    const auto result = call();
    if (result != -1 || errno != EINTR) return result;
  }
}

// How much of `size` bytes to transfer in one call: all of it, up to 1 GiB, or what a test's fault
// leaves of it.
size_t TransferSize(size_t size);

class File {
 public:
  static constexpr uint64_t kToTheEnd = UINT64_MAX;

  File() = default;
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  // `flags` are those of open(2); a new file gets the mode 0666 minus the umask.
  [[nodiscard]] FailureText Open(const std::string& path, int flags);
  int descriptor() const { return fd_; }
  [[nodiscard]] FailureText Stat(struct stat* info) const;

  // Appends `count` bytes from the current position, or what there is, to `*content`. Memory is
  // taken as bytes come in, not as they are asked for.
  [[nodiscard]] FailureText Read(uint64_t count, std::string* content);
  // Up to `size` bytes; 0 only at the end of the file.
  [[nodiscard]] FailureText ReadSome(char* to, size_t size, size_t* got);
  // All of it.
  [[nodiscard]] FailureText Write(std::string_view content);

  [[nodiscard]] FailureText Seek(uint64_t offset);
  [[nodiscard]] FailureText Truncate(uint64_t size);
  // Waits until the content is on the disk.
  [[nodiscard]] FailureText Sync();
  // Reports what writing has left to say.
  [[nodiscard]] FailureText Close();

 private:
  int fd_ = -1;
};

// kNulInPath when `path` cannot be given to the system.
[[nodiscard]] FailureText CheckPath(std::string_view path);

}  // namespace ruff

#endif  // RUFF_HOST_POSIX_FILE_H_
