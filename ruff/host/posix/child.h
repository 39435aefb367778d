// A child process of the operating system: started with pipes for its output, killed, waited for.
//
// The child keeps its number until Reap, so that a signal sent to it or to its group never meets a
// stranger. It inherits the standard input and nothing else: every other descriptor is closed in
// it.

#ifndef RUFF_HOST_POSIX_CHILD_H_
#define RUFF_HOST_POSIX_CHILD_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "ruff/base/os_error.h"

namespace ruff {

// Owns a descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { Close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool is_open() const { return fd_ >= 0; }
  int get() const { return fd_; }
  void Set(int fd);
  void Close() { Set(-1); }

 private:
  int fd_ = -1;
};

struct ChildCommand {
  std::vector<std::string> arguments;    // the program first; it is looked up unless it has a slash
  std::vector<std::string> environment;  // "NAME=value"
  std::string search_path;               // where programs are looked for, as in PATH
  bool has_input_pipe = false;           // else it reads the standard input of this process
};

class Child {
 public:
  Child() = default;
  // Kills and reaps what has been started.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The child leads a process group of its own, except when the standard input is a terminal, which
  // it then can read.
  [[nodiscard]] FailureText Start(const ChildCommand& command);

  // Our ends of its pipes, which do not block.
  Descriptor input;
  Descriptor output;
  Descriptor errors;
  // Becomes readable when the child ends. Not open where the system has no such thing.
  Descriptor end;

  // Has it ended? Asks the system, does not wait.
  bool HasEnded();
  // Its whole group, if it has one of its own. On any thread.
  void Kill();
  // Frees its number once it has ended, for which it waits a second at most: a killed process can
  // be stuck in the system, and is reaped some time later. Its exit code; -1 when a signal ended
  // it.
  int Reap();

 private:
  absl::Mutex mutex_;
  pid_t pid_ ABSL_GUARDED_BY(mutex_) = 0;  // 0: there is none
  bool leads_group_ = false;
};

}  // namespace ruff

#endif  // RUFF_HOST_POSIX_CHILD_H_
