#include "testing/base/subprocess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "ruff/base/check.h"
#include "testing/base/file_text.h"

namespace ruff {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<char*> Pointers(const std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (const std::string& s : strings) pointers.push_back(const_cast<char*>(s.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// Reports the last error: a byte to `started`, words to the error output.
[[noreturn]] void FailToStart(int started, const char* what) {
  const char* const words[] = {what, ": ", strerror(errno), "\n"};
  bool ok = write(started, "!", 1) == 1;
  for (const char* word : words) ok = ok && write(STDERR_FILENO, word, strlen(word)) >= 0;
  _exit(1);
}

bool Redirect(const char* path, int flags, int target) {
  const int fd = open(path, flags, 0600);
  if (fd < 0) return false;
  if (fd == target) return true;
  const bool ok = dup2(fd, target) >= 0;
  close(fd);
  return ok;
}

// In the child, which may only make system calls: other threads held locks when it was made.
// `started` closes by itself when execve succeeds.
[[noreturn]] void Start(const ProcessSpec& spec, const std::string& out, const std::string& err,
                        char* const* argv, char* const* envp, int started) {
  setpgid(0, 0);
  const int create = O_WRONLY | O_CREAT | O_TRUNC;
  if (!Redirect(err.c_str(), create, STDERR_FILENO)) FailToStart(started, err.c_str());
  if (!Redirect(out.c_str(), create, STDOUT_FILENO)) FailToStart(started, out.c_str());
  if (!Redirect(spec.stdin_path.c_str(), O_RDONLY, STDIN_FILENO))
    FailToStart(started, spec.stdin_path.c_str());
  if (chdir(spec.directory.c_str()) != 0) FailToStart(started, spec.directory.c_str());
  const rlimit file_size = {spec.max_file_bytes, spec.max_file_bytes};
  setrlimit(RLIMIT_FSIZE, &file_size);
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGCHLD}) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  execve(argv[0], argv, envp);
  FailToStart(started, argv[0]);
}

}  // namespace

ProcessResult RunProcess(const ProcessSpec& spec) {
  const std::vector<char*> argv = Pointers(spec.command);
  const std::vector<char*> envp = Pointers(spec.environment);
  const std::string out = spec.output_prefix + ".out";
  const std::string err = spec.output_prefix + ".err";
  ProcessResult result;
  int started[2];
  RUFF_CHECK(pipe2(started, O_CLOEXEC) == 0);
  const Clock::time_point begin = Clock::now();
  const pid_t pid = fork();
  if (pid < 0) {
    result.err = strerror(errno);
    close(started[0]);
    close(started[1]);
    return result;
  }
  if (pid == 0) Start(spec, out, err, argv.data(), envp.data(), started[1]);
  setpgid(pid, pid);  // whoever comes first, parent or child
  close(started[1]);
  char byte;
  ssize_t got;
  do {
    got = read(started[0], &byte, 1);
  } while (got < 0 && errno == EINTR);
  close(started[0]);

  int status = 0;
  std::chrono::microseconds pause{200};
  for (;;) {
    // Leaves the zombie until its group is killed, so that the group's number cannot be taken by
    // another process.
    siginfo_t info = {};
    if (waitid(P_PID, pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid) break;
    if (Clock::now() - begin > spec.limit) {
      result.timed_out = true;
      break;
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 3 / 2, std::chrono::microseconds{10000});
  }
  kill(-pid, SIGKILL);
  rusage usage = {};
  while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  result.peak_bytes = static_cast<uint64_t>(usage.ru_maxrss) * 1024;
  result.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  result.started = got == 0;
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  result.out = ReadFileText(out).value_or("");
  result.err = ReadFileText(err).value_or("");
  return result;
}

}  // namespace ruff
