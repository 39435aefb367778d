// The current directory of the process.

#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>

#include "ruff/base/broken_utf8.h"
#include "ruff/host/failure.h"
#include "ruff/host/families.h"
#include "ruff/host/posix/file.h"

namespace ruff {
namespace {

Value GetCwd(NativeContext& context, Value*, uint32_t) {
  std::unique_ptr<char, void (*)(void*)> path(nullptr, free);
  const int found = RetryInterrupted([&] {
    path.reset(getcwd(nullptr, 0));
    return path == nullptr ? -1 : 0;
  });
  if (found != 0) {
    return context.Fail(absl::StrCat("Cannot get current directory: ", OsErrorText(errno)));
  }
  return NewText(MendUtf8(path.get()));
}

Value Chdir(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail("os_chdir requires a string argument (path)");
  const std::string path(TextOf(args[0]));
  FailureText failure = CheckPath(path);
  if (failure.empty() && RetryInterrupted([&] { return chdir(path.c_str()); }) != 0) {
    failure = OsErrorText(errno);
  }
  return TrueOrFail(context, "Cannot change directory to", path, failure);
}

constexpr NativeFunction kTable[] = {
    {.name = "os_getcwd",
     .min_args = 0,
     .max_args = 0,
     .body = GetCwd,
     .capability = Capability::kFilesystemRead,
     .signature = "os_getcwd() -> string",
     .doc = "The current directory.",
     .example = "os_chdir(\"/\")\nprint(os_getcwd()) => /",
     .errors = "Cannot get current directory: OSERR",
     .arity_error = "os_getcwd() expects 0 arguments, got {}"},
    {.name = "os_chdir",
     .min_args = 1,
     .max_args = 1,
     .body = Chdir,
     .capability = Capability::kFilesystemWrite,
     .signature = "os_chdir(path: string) -> bool",
     .doc = "Changes the current directory.",
     .example = "print(os_chdir(\"/\")) => true",
     .errors = "os_chdir requires a string argument (path)\n"
               "Cannot change directory to 'P': OSERR",
     .arity_error = "os_chdir() expects 1 argument (path), got {}"},
};

}  // namespace

absl::Span<const NativeFunction> DirectoryBuiltins() { return kTable; }

}  // namespace ruff
