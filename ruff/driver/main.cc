#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "ruff/driver/cli.h"
#include "ruff/driver/exit_code.h"

int main(int argc, char** argv) {
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
