// Writes the generated pages of docs: bazel run //ruff/reference:update_reference

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "ruff/reference/security_page.h"
#include "ruff/reference/stdlib_page.h"

namespace {

bool Write(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (file.flush()) return true;
  std::fprintf(stderr, "cannot write %s\n", path.c_str());
  return false;
}

}  // namespace

int main() {
  const char* workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  if (workspace == nullptr) {
    std::fputs("run by: bazel run //ruff/reference:update_reference\n", stderr);
    return 1;
  }
  const std::string docs = std::string(workspace) + "/docs";
  const bool written = Write(docs + "/stdlib.md", ruff::StdlibPage()) &&
                       Write(docs + "/security.md", ruff::SecurityPage());
  return written ? 0 : 1;
}
