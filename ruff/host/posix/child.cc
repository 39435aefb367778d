#include "ruff/host/posix/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/syscall.h>
#endif

#include <cerrno>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ruff/host/posix/file.h"

namespace ruff {
namespace {

constexpr char kNulInArgument[] = "nul byte found in provided data";
constexpr int kPatienceMs = 1000;  // with what has been killed
constexpr int kFirstOther = 3;     // after the standard descriptors

// Children that had not ended when nobody wanted to wait for them any more.
class Leftovers {
 public:
  static Leftovers& Shared() {
    static auto* const shared = new Leftovers();
    return *shared;
  }
  void Add(pid_t pid) {
    absl::MutexLock lock(&mutex_);
    pids_.push_back(pid);
  }
  void ReapEnded() {
    absl::MutexLock lock(&mutex_);
    std::erase_if(pids_, [](pid_t pid) { return waitpid(pid, nullptr, WNOHANG) != 0; });
  }

 private:
  absl::Mutex mutex_;
  std::vector<pid_t> pids_ ABSL_GUARDED_BY(mutex_);
};

// A child whose end is ignored leaves no exit code.
void HeedEndOfChildren() {
  static const bool heeded = [] {
    struct sigaction action;
    if (sigaction(SIGCHLD, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) {
      signal(SIGCHLD, SIG_DFL);
    }
    return true;
  }();
  (void)heeded;
}

// Where the file is that runs as `program`.
FailureText FindProgram(const std::string& program, const std::string& search_path,
                        std::string* path) {
  *path = program;
  if (program.find('/') != std::string::npos) return FailureText();
  int error = ENOENT;
  if (program.empty()) return OsErrorText(error);
  for (const std::string_view folder : absl::StrSplit(search_path, ':')) {
    *path = folder.empty() ? program : absl::StrCat(folder, "/", program);
    struct stat info;
    if (stat(path->c_str(), &info) != 0) {
      if (errno == EACCES) error = EACCES;
    } else if (S_ISREG(info.st_mode) && access(path->c_str(), X_OK) == 0) {
      return FailureText();
    } else {
      error = EACCES;
    }
  }
  return OsErrorText(error);
}

// Out of the way of the standard descriptors. -1 and errno when that fails.
int Raise(int fd) {
  if (fd >= kFirstOther) return fd;
  const int raised = fcntl(fd, F_DUPFD_CLOEXEC, kFirstOther);
  const int error = errno;
  close(fd);
  errno = error;
  return raised;
}

FailureText MakePipe(Descriptor* reads, Descriptor* writes) {
  int ends[2];
  if (RetryInterrupted([&] { return pipe2(ends, O_CLOEXEC); }) != 0) return OsErrorText(errno);
  writes->Set(ends[1]);
  reads->Set(Raise(ends[0]));
  if (!reads->is_open()) return OsErrorText(errno);
  if (ends[1] < kFirstOther) {
    writes->Set(fcntl(ends[1], F_DUPFD_CLOEXEC, kFirstOther));
    if (!writes->is_open()) return OsErrorText(errno);
  }
  return FailureText();
}

void DoNotBlock(const Descriptor& descriptor) {
  fcntl(descriptor.get(), F_SETFL, fcntl(descriptor.get(), F_GETFL) | O_NONBLOCK);
}

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

bool HasNul(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    if (text.find('\0') != std::string::npos) return true;
  }
  return false;
}

// What is different in the child: its descriptors, signals as a program expects them, its group.
class Setup {
 public:
  Setup(int input, int output, int errors, bool leads_group) {
    posix_spawn_file_actions_init(&actions_);
    if (input >= 0) posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    posix_spawn_file_actions_addclosefrom_np(&actions_, kFirstOther);
#endif
    posix_spawnattr_init(&attributes_);
    int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    sigaddset(&signals, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    if (leads_group) flags |= POSIX_SPAWN_SETPGROUP;  // the group 0: its own
    posix_spawnattr_setflags(&attributes_, static_cast<short>(flags));
  }
  ~Setup() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Setup(const Setup&) = delete;
  Setup& operator=(const Setup&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

}  // namespace

void Descriptor::Set(int fd) {
  if (fd_ >= 0) close(fd_);
  fd_ = fd;
}

Child::~Child() {
  Kill();
  Reap();
}

FailureText Child::Start(const ChildCommand& command) {
  HeedEndOfChildren();
  Leftovers::Shared().ReapEnded();
  if (HasNul(command.arguments) || HasNul(command.environment)) return kNulInArgument;
  std::string path;
  FailureText failure = FindProgram(command.arguments[0], command.search_path, &path);
  Descriptor child_input, child_output, child_errors;
  if (failure.empty()) failure = MakePipe(&output, &child_output);
  if (failure.empty()) failure = MakePipe(&errors, &child_errors);
  if (failure.empty() && command.has_input_pipe) failure = MakePipe(&child_input, &input);
  if (!failure.empty()) return failure;

  leads_group_ = isatty(STDIN_FILENO) == 0;
  const Setup setup(child_input.get(), child_output.get(), child_errors.get(), leads_group_);
  const std::vector<char*> arguments = Pointers(command.arguments);
  const std::vector<char*> environment = Pointers(command.environment);
  pid_t pid = 0;
  const int result = RetryInterrupted([&] {
    errno = posix_spawn(&pid, path.c_str(), setup.actions(), setup.attributes(), arguments.data(),
                        environment.data());
    return errno == 0 ? 0 : -1;
  });
  if (result != 0) return OsErrorText(errno);
  {
    absl::MutexLock lock(&mutex_);
    pid_ = pid;
  }
#if defined(__linux__) && defined(SYS_pidfd_open)
  end.Set(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));  // closed on exec
#endif
  DoNotBlock(output);
  DoNotBlock(errors);
  if (input.is_open()) DoNotBlock(input);
  return FailureText();
}

bool Child::HasEnded() {
  absl::MutexLock lock(&mutex_);
  if (pid_ == 0) return true;
  siginfo_t info = {};
  const int result = waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
  return result == 0 ? info.si_pid == pid_ : errno != EINTR;
}

void Child::Kill() {
  absl::MutexLock lock(&mutex_);
  if (pid_ != 0) kill(leads_group_ ? -pid_ : pid_, SIGKILL);
}

int Child::Reap() {
  for (int ms = 0; ms < kPatienceMs && !HasEnded(); ++ms) {
    pollfd ending = {.fd = end.get(), .events = POLLIN, .revents = 0};
    poll(&ending, 1, 1);  // without a descriptor it just waits
  }
  absl::MutexLock lock(&mutex_);
  const pid_t pid = std::exchange(pid_, 0);
  if (pid == 0) return -1;
  int status = 0;
  pid_t reaped;
  do {
    reaped = waitpid(pid, &status, WNOHANG);
  } while (reaped < 0 && errno == EINTR);
  if (reaped == 0) Leftovers::Shared().Add(pid);
  return reaped == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace ruff
