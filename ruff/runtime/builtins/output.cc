#include "ruff/runtime/builtins/output.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "absl/synchronization/mutex.h"

namespace ruff {
namespace {

constexpr size_t kBufferSize = 64 * 1024;
constexpr int kInternalFailure = 6;

[[noreturn]] void EndProcess(int error) {
  if (error == EPIPE) {
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  }
  std::fprintf(stderr, "ruff: cannot write output: %s\n", std::strerror(error));
  std::_Exit(kInternalFailure);
}

// False when the descriptor refuses; errno says why.
bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pollfd ready = {descriptor, POLLOUT, 0};
      poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

class DescriptorOutput : public Output {
 public:
  void Write(std::string_view text) override {
    absl::MutexLock lock(&mutex_);
    if (buffer_.size() + text.size() > kBufferSize) FlushLocked();
    if (text.size() > kBufferSize) {
      Emit(text);
      return;
    }
    buffer_.append(text);
    if (by_line_ && text.find('\n') != std::string_view::npos) FlushLocked();
  }

  void WriteError(std::string_view text) override {
    absl::MutexLock lock(&mutex_);
    FlushLocked();
    WriteAll(STDERR_FILENO, text);  // nobody is left to be told of a failure
  }

  void Flush() override {
    absl::MutexLock lock(&mutex_);
    FlushLocked();
  }

 private:
  void FlushLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    Emit(buffer_);
    buffer_.clear();
  }
  void Emit(std::string_view text) {
    if (!WriteAll(STDOUT_FILENO, text)) EndProcess(errno);
  }

  absl::Mutex mutex_;
  std::string buffer_ ABSL_GUARDED_BY(mutex_);
  const bool by_line_ = isatty(STDOUT_FILENO) == 1;
};

}  // namespace

Output* StandardOutput() {
  static auto* const output = new DescriptorOutput();
  return output;
}

}  // namespace ruff
