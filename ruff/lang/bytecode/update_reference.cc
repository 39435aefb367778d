// Writes docs/bytecode.md: bazel run //ruff/lang/bytecode:update_reference

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "ruff/lang/bytecode/reference.h"

int main() {
  const char* workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  if (workspace == nullptr) {
    std::fputs("run by: bazel run //ruff/lang/bytecode:update_reference\n", stderr);
    return 1;
  }
  const std::string path = std::string(workspace) + "/docs/bytecode.md";
  std::ofstream file(path, std::ios::binary);
  file << ruff::BytecodeReference();
  if (!file.flush()) {
    std::fprintf(stderr, "cannot write %s\n", path.c_str());
    return 1;
  }
  return 0;
}
