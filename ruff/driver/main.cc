#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "ruff/driver/cli.h"
#include "ruff/driver/exit_code.h"

namespace {

// What is opened later must not get the number of a standard descriptor that was closed.
void FillStandardDescriptors() {
  int fd = open("/dev/null", O_RDWR);
  while (fd >= 0 && fd <= STDERR_FILENO) fd = open("/dev/null", O_RDWR);
  if (fd >= 0) close(fd);
}

}  // namespace

int main(int argc, char** argv) {
  FillStandardDescriptors();
  // Under `bazel run` the process starts elsewhere; paths mean the caller's directory.
  if (const char* directory = std::getenv("BUILD_WORKING_DIRECTORY")) {
    if (chdir(directory) != 0) {
      std::perror(directory);
      return ruff::kExitIo;
    }
  }
  std::vector<std::string_view> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  return ruff::RunCommandLine(words);
}
