// Files as a whole, and directories.

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "ruff/host/failure.h"
#include "ruff/host/families.h"
#include "ruff/host/posix/file.h"
#include "ruff/host/posix/tree.h"

namespace ruff {
namespace {

constexpr std::string_view kExistsType = "file_exists requires a string path argument";
constexpr std::string_view kSizeType = "file_size requires a string path argument";
constexpr std::string_view kDeleteType = "delete_file requires a string path argument";
constexpr std::string_view kListType = "list_dir requires a string path argument";
constexpr std::string_view kCreateType = "create_dir requires a string path argument";

// What a call of the system that answers 0 or -1 says, for paths that may hold U+0000.
template <typename F>
FailureText Ask(const std::string& path, F call) {
  if (FailureText failure = CheckPath(path); !failure.empty()) return failure;
  return RetryInterrupted(call) == 0 ? FailureText() : OsErrorText(errno);
}

Value FileExists(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kExistsType));
  struct stat info;
  return Value::Bool(StatPath(std::string(TextOf(args[0])), &info).empty());
}

Value FileSize(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kSizeType));
  const std::string path(TextOf(args[0]));
  struct stat info;
  if (FailureText failure = StatPath(path, &info); !failure.empty()) {
    return FailOn(context, "Cannot get file size for", path, failure);
  }
  return Value::Int(info.st_size);
}

Value DeleteFile(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kDeleteType));
  const std::string path(TextOf(args[0]));
  struct stat info;
  FailureText failure = StatLink(path, &info);
  if (failure.empty()) {
    failure = S_ISDIR(info.st_mode) ? "path is a directory"
                                    : Ask(path, [&] { return unlink(path.c_str()); });
  }
  return TrueOrFail(context, "Cannot delete file", path, failure);
}

Value RenameFile(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) {
    return context.Fail("rename_file requires string arguments");
  }
  const std::string from(TextOf(args[0]));
  const std::string to(TextOf(args[1]));
  FailureText failure = CheckPath(to);
  if (failure.empty()) failure = Ask(from, [&] { return rename(from.c_str(), to.c_str()); });
  return TrueOrFail(context, absl::StrCat("Cannot rename file '", from, "' to"), to, failure);
}

Value Copy(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) {
    return context.Fail("copy_file requires string arguments");
  }
  const std::string from(TextOf(args[0]));
  const std::string to(TextOf(args[1]));
  return TrueOrFail(context, absl::StrCat("Cannot copy file '", from, "' to"), to,
                    CopyFile(from, to));
}

Value ListDir(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kListType));
  const std::string path(TextOf(args[0]));
  std::vector<std::string> names;
  if (FailureText failure = ListDirectory(path, &names); !failure.empty()) {
    return FailOn(context, "Cannot list directory", path, failure);
  }
  Array* array = NewArray(names.size(), Array::kValues);
  for (const std::string& name : names) ArrayPush(array, NewText(name));
  return Value::Heap(array);
}

Value CreateDir(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kCreateType));
  const std::string path(TextOf(args[0]));
  return TrueOrFail(context, "Cannot create directory", path, MakeDirectories(path));
}

Value RemoveDir(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail("os_rmdir requires a string argument (path)");
  const std::string path(TextOf(args[0]));
  return TrueOrFail(context, "Cannot remove directory", path,
                    Ask(path, [&] { return rmdir(path.c_str()); }));
}

constexpr NativeFunction kTable[] = {
    {.name = "file_exists",
     .min_args = 1,
     .max_args = 1,
     .body = FileExists,
     .capability = Capability::kFilesystemRead,
     .signature = "file_exists(path: string) -> bool",
     .doc = "Whether there is a file or a directory; links are followed.",
     .example = "print(file_exists(\"a.txt\"), file_exists(\".\")) => false true",
     .errors = kExistsType,
     .arity_error = kExistsType},
    {.name = "file_size",
     .min_args = 1,
     .max_args = 1,
     .body = FileSize,
     .capability = Capability::kFilesystemRead,
     .signature = "file_size(path: string) -> int",
     .doc = "The size of a file in bytes.",
     .example = "write_file(\"a.txt\", \"abc\")\nprint(file_size(\"a.txt\")) => 3",
     .errors = "file_size requires a string path argument\n"
               "Cannot get file size for 'P': OSERR",
     .arity_error = kSizeType},
    {.name = "delete_file",
     .min_args = 1,
     .max_args = 1,
     .body = DeleteFile,
     .capability = Capability::kFilesystemDelete,
     .signature = "delete_file(path: string) -> bool",
     .doc = "Removes a file, or a link whatever it leads to.",
     .example = "write_file(\"a.txt\", \"\")\nprint(delete_file(\"a.txt\")) => true",
     .errors = "delete_file requires a string path argument\n"
               "Cannot delete file 'P': path is a directory\n"
               "Cannot delete file 'P': OSERR",
     .arity_error = kDeleteType},
    {.name = "rename_file",
     .min_args = 2,
     .max_args = 2,
     .body = RenameFile,
     .capability = Capability::kFilesystemWrite,
     .signature = "rename_file(old: string, new: string) -> bool",
     .doc = "Gives a file or a directory another name; a file of that name is replaced.",
     .example = "write_file(\"a.txt\", \"\")\nprint(rename_file(\"a.txt\", \"b.txt\")) => true",
     .errors = "rename_file requires string arguments\n"
               "Cannot rename file 'A' to 'B': OSERR",
     .arity_error = "rename_file requires two arguments: old_path and new_path"},
    {.name = "copy_file",
     .min_args = 2,
     .max_args = 2,
     .body = Copy,
     .capability = Capability::kFilesystemWrite,
     .signature = "copy_file(source: string, dest: string) -> bool",
     .doc = "Copies content and permissions of a file; an existing one is replaced.",
     .example = "write_file(\"a.txt\", \"hi\")\ncopy_file(\"a.txt\", \"b.txt\")\n"
                "print(read_file(\"b.txt\")) => hi",
     .errors = "copy_file requires string arguments\n"
               "Cannot copy file 'A' to 'B': OSERR\n"
               "Cannot copy file 'A' to 'B': the source path is neither a regular file nor a "
               "symlink to a regular file",
     .arity_error = "copy_file requires two arguments: source and dest"},
    {.name = "list_dir",
     .min_args = 1,
     .max_args = 1,
     .body = ListDir,
     .capability = Capability::kFilesystemRead,
     .signature = "list_dir(path: string) -> array",
     .doc = "The names in a directory, sorted by bytes.",
     .example = "create_dir(\"d/x\")\nprint(list_dir(\"d\")) => [x]",
     .errors = "list_dir requires a string path argument\n"
               "Cannot list directory 'P': OSERR",
     .arity_error = kListType},
    {.name = "create_dir",
     .min_args = 1,
     .max_args = 1,
     .body = CreateDir,
     .capability = Capability::kFilesystemWrite,
     .signature = "create_dir(path: string) -> bool",
     .doc = "Creates a directory and its parents where they are missing.",
     .example = "print(create_dir(\"a/b/c\")) => true",
     .errors = "create_dir requires a string path argument\n"
               "Cannot create directory 'P': OSERR",
     .arity_error = kCreateType},
    {.name = "os_rmdir",
     .min_args = 1,
     .max_args = 1,
     .body = RemoveDir,
     .capability = Capability::kFilesystemDelete,
     .signature = "os_rmdir(path: string) -> bool",
     .doc = "Removes an empty directory.",
     .example = "create_dir(\"d\")\nprint(os_rmdir(\"d\")) => true",
     .errors = "os_rmdir requires a string argument (path)\n"
               "Cannot remove directory 'P': OSERR",
     .arity_error = "os_rmdir() expects 1 argument (path), got {}"},
};

}  // namespace

absl::Span<const NativeFunction> FileTreeBuiltins() { return kTable; }

}  // namespace ruff
