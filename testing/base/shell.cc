#include "testing/base/shell.h"

#include "testing/base/subprocess.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

constexpr char kPath[] = "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

ProcessResult RunShell(const std::string& command, const std::string& directory) {
  const TempDir output;
  return RunProcess({.command = {"/bin/sh", "-c", command},
                     .environment = {kPath, "LC_ALL=C.UTF-8", "HOME=" + output.path()},
                     .directory = directory,
                     .output_prefix = output.Join("run")});
}

}  // namespace

bool HasTool(std::string_view name) {
  return RunShell("command -v " + std::string(name), "/").exit_code == 0;
}

std::string Shell(const std::string& command, const std::string& directory) {
  ProcessResult result = RunShell(command, directory);
  if (result.exit_code != 0) {
    return "exit " + std::to_string(result.exit_code) + ": " + result.err;
  }
  if (result.out.ends_with('\n')) result.out.pop_back();
  return result.out;
}

}  // namespace ruff
