// Paths: taken apart, put together, looked at.

#include <sys/stat.h>

#include <string>

#include "ruff/host/failure.h"
#include "ruff/host/families.h"
#include "ruff/host/path/path_text.h"
#include "ruff/host/posix/tree.h"

namespace ruff {
namespace {

Value Join(NativeContext& context, std::string_view name, const Value* args, uint32_t count) {
  if (count == 0) return context.Fail(absl::StrCat(name, " requires at least one string argument"));
  std::string path;
  for (uint32_t i = 0; i < count; ++i) {
    if (!args[i].IsString()) {
      return context.Fail(absl::StrCat(name, " argument ", i + 1, " must be a string"));
    }
    AppendPath(TextOf(args[i]), &path);
  }
  return CanMakeString(path.size()) ? NewText(path) : FailTooLarge(context, name);
}

Value PathJoin(NativeContext& context, Value* args, uint32_t count) {
  return Join(context, "path_join", args, count);
}
Value JoinPath(NativeContext& context, Value* args, uint32_t count) {
  return Join(context, "join_path", args, count);
}

// Is the argument of `name` a string? If not, makes the call fail.
bool CheckType(NativeContext& context, std::string_view name, Value path) {
  if (path.IsString()) return true;
  context.Fail(absl::StrCat(name, " requires a string argument (path)"));
  return false;
}

Value Dirname(NativeContext& context, Value* args, uint32_t) {
  if (!CheckType(context, "dirname", args[0])) return Value::Unset();
  return NewText(PathParent(TextOf(args[0])));
}

Value Basename(NativeContext& context, Value* args, uint32_t) {
  if (!CheckType(context, "basename", args[0])) return Value::Unset();
  return NewText(PathName(TextOf(args[0])));
}

Value Extension(NativeContext& context, Value* args, uint32_t) {
  if (!CheckType(context, "path_extension", args[0])) return Value::Unset();
  return NewText(PathExtension(TextOf(args[0])));
}

Value PathExists(NativeContext& context, Value* args, uint32_t) {
  if (!CheckType(context, "path_exists", args[0])) return Value::Unset();
  struct stat info;
  return Value::Bool(StatPath(std::string(TextOf(args[0])), &info).empty());
}

Value PathIsFile(NativeContext& context, Value* args, uint32_t) {
  if (!CheckType(context, "path_is_file", args[0])) return Value::Unset();
  struct stat info;
  return Value::Bool(StatPath(std::string(TextOf(args[0])), &info).empty() &&
                     S_ISREG(info.st_mode));
}

Value PathIsDir(NativeContext& context, Value* args, uint32_t) {
  if (!CheckType(context, "path_is_dir", args[0])) return Value::Unset();
  struct stat info;
  return Value::Bool(StatPath(std::string(TextOf(args[0])), &info).empty() &&
                     S_ISDIR(info.st_mode));
}

Value PathIsSymlink(NativeContext& context, Value* args, uint32_t) {
  if (!CheckType(context, "path_is_symlink", args[0])) return Value::Unset();
  const std::string path(TextOf(args[0]));
  struct stat info;
  if (FailureText failure = StatLink(path, &info); !failure.empty()) {
    return FailOn(context, "Cannot inspect symlink status for", path, failure);
  }
  return Value::Bool(S_ISLNK(info.st_mode));
}

Value PathAbsolute(NativeContext& context, Value* args, uint32_t) {
  if (!CheckType(context, "path_absolute", args[0])) return Value::Unset();
  const std::string path(TextOf(args[0]));
  std::string resolved;
  if (FailureText failure = ResolvePath(path, &resolved); !failure.empty()) {
    return FailOn(context, "Cannot get absolute path for", path, failure);
  }
  return NewText(resolved);
}

constexpr NativeFunction kTable[] = {
    {.name = "path_join",
     .min_args = 0,
     .max_args = kVariadic,
     .body = PathJoin,
     .capability = Capability::kFilesystemRead,
     .signature = "path_join(part: string, …) -> string",
     .doc = "The parts with slashes between them; an absolute part discards what is before it.",
     .example = "print(path_join(\"a\", \"b.txt\")) => a/b.txt",
     .errors = "path_join requires at least one string argument\n"
               "path_join argument N must be a string\n"
               "path_join() result exceeds maximum size"},
    {.name = "join_path",
     .min_args = 0,
     .max_args = kVariadic,
     .body = JoinPath,
     .capability = Capability::kFilesystemRead,
     .signature = "join_path(part: string, …) -> string",
     .doc = "The same as `path_join`.",
     .example = "print(join_path(\"a\", \"b.txt\")) => a/b.txt",
     .errors = "join_path requires at least one string argument\n"
               "join_path argument N must be a string\n"
               "join_path() result exceeds maximum size"},
    {.name = "dirname",
     .min_args = 1,
     .max_args = 1,
     .body = Dirname,
     .capability = Capability::kFilesystemRead,
     .signature = "dirname(path: string) -> string",
     .doc = "The path without its last component.",
     .example = "print(dirname(\"a/b/c.txt\")) => a/b",
     .errors = "dirname requires a string argument (path)",
     .arity_error = "dirname() expects 1 argument (path), got {}"},
    {.name = "basename",
     .min_args = 1,
     .max_args = 1,
     .body = Basename,
     .capability = Capability::kFilesystemRead,
     .signature = "basename(path: string) -> string",
     .doc = "The last component of a path.",
     .example = "print(basename(\"a/b/c.txt\")) => c.txt",
     .errors = "basename requires a string argument (path)",
     .arity_error = "basename() expects 1 argument (path), got {}"},
    {.name = "path_extension",
     .min_args = 1,
     .max_args = 1,
     .body = Extension,
     .capability = Capability::kFilesystemRead,
     .signature = "path_extension(path: string) -> string",
     .doc = "What follows the last dot of the name.",
     .example = "print(path_extension(\"a/b.tar.gz\")) => gz",
     .errors = "path_extension requires a string argument (path)",
     .arity_error = "path_extension() expects 1 argument (path), got {}"},
    {.name = "path_exists",
     .min_args = 1,
     .max_args = 1,
     .body = PathExists,
     .capability = Capability::kFilesystemRead,
     .signature = "path_exists(path: string) -> bool",
     .doc = "Whether there is something; links are followed.",
     .example = "print(path_exists(\".\")) => true",
     .errors = "path_exists requires a string argument (path)",
     .arity_error = "path_exists() expects 1 argument (path), got {}"},
    {.name = "path_is_file",
     .min_args = 1,
     .max_args = 1,
     .body = PathIsFile,
     .capability = Capability::kFilesystemRead,
     .signature = "path_is_file(path: string) -> bool",
     .doc = "Whether there is a regular file; links are followed.",
     .example = "print(path_is_file(\".\")) => false",
     .errors = "path_is_file requires a string argument (path)",
     .arity_error = "path_is_file() expects 1 argument (path), got {}"},
    {.name = "path_is_dir",
     .min_args = 1,
     .max_args = 1,
     .body = PathIsDir,
     .capability = Capability::kFilesystemRead,
     .signature = "path_is_dir(path: string) -> bool",
     .doc = "Whether there is a directory; links are followed.",
     .example = "print(path_is_dir(\".\")) => true",
     .errors = "path_is_dir requires a string argument (path)",
     .arity_error = "path_is_dir() expects 1 argument (path), got {}"},
    {.name = "path_is_symlink",
     .min_args = 1,
     .max_args = 1,
     .body = PathIsSymlink,
     .capability = Capability::kFilesystemRead,
     .signature = "path_is_symlink(path: string) -> bool",
     .doc = "Whether this is a symbolic link.",
     .example = "print(path_is_symlink(\".\")) => false",
     .errors = "path_is_symlink requires a string argument (path)\n"
               "Cannot inspect symlink status for 'P': OSERR",
     .arity_error = "path_is_symlink expects 1 arguments, got {}"},
    {.name = "path_absolute",
     .min_args = 1,
     .max_args = 1,
     .body = PathAbsolute,
     .capability = Capability::kFilesystemRead,
     .signature = "path_absolute(path: string) -> string",
     .doc = "The path from the root, without links, `.` and `..`; it must exist.",
     .example = "print(path_absolute(\"/./\")) => /",
     .errors = "path_absolute requires a string argument (path)\n"
               "Cannot get absolute path for 'P': OSERR",
     .arity_error = "path_absolute() expects 1 argument (path), got {}"},
};

}  // namespace

absl::Span<const NativeFunction> PathBuiltins() { return kTable; }

}  // namespace ruff
