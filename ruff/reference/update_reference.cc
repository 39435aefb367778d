// Writes docs/stdlib.md: bazel run //ruff/reference:update_reference

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "ruff/reference/stdlib_page.h"

int main() {
  const char* workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  if (workspace == nullptr) {
    std::fputs("run by: bazel run //ruff/reference:update_reference\n", stderr);
    return 1;
  }
  const std::string path = std::string(workspace) + "/docs/stdlib.md";
  std::ofstream file(path, std::ios::binary);
  file << ruff::StdlibPage();
  if (!file.flush()) {
    std::fprintf(stderr, "cannot write %s\n", path.c_str());
    return 1;
  }
  return 0;
}
