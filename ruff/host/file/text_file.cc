// Text files: read, written and appended to in one piece.

#include <string>
#include <string_view>

#include "ruff/base/broken_utf8.h"
#include "ruff/base/utf8.h"
#include "ruff/host/failure.h"
#include "ruff/host/families.h"
#include "ruff/host/file/write_file.h"
#include "ruff/host/posix/whole_file.h"

namespace ruff {
namespace {

constexpr std::string_view kReadType = "read_file_sync requires a string path argument";
constexpr std::string_view kReadLossyType = "read_file_lossy requires a string path argument";
constexpr std::string_view kReadLinesType = "read_lines requires a string path argument";
constexpr std::string_view kAppendType = "append_file requires string arguments";

constexpr std::string_view kNotUtf8 = "stream did not contain valid UTF-8";
constexpr std::string_view kCannotRead = "Cannot read file";

// The text of the file; Unset after making the call fail.
bool ReadText(NativeContext& context, std::string_view name, Value path, bool lossy,
              std::string* text) {
  const std::string file(TextOf(path));
  FailureText failure = ReadWholeFile(file, MaxFileBytes(), text);
  if (failure.empty() && !IsValidUtf8(*text)) {
    if (lossy) {
      *text = MendUtf8(*text);
    } else {
      failure = kNotUtf8;
    }
  }
  if (!failure.empty()) {
    FailOn(context, kCannotRead, file, failure);
    return false;
  }
  // The text and then its string live at the same time.
  if (CanMakeString(text->size()) && CanMakeString(uint64_t{text->size()} * 2)) return true;
  FailTooLarge(context, name);
  return false;
}

Value ReadFile(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kReadType));
  std::string text;
  if (!ReadText(context, "read_file", args[0], /*lossy=*/false, &text)) return Value::Unset();
  return NewText(text);
}

Value ReadFileLossy(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kReadLossyType));
  std::string text;
  if (!ReadText(context, "read_file_lossy", args[0], /*lossy=*/true, &text)) return Value::Unset();
  return NewText(text);
}

Value ReadLines(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kReadLinesType));
  std::string text;
  if (!ReadText(context, "read_lines", args[0], /*lossy=*/false, &text)) return Value::Unset();
  Array* lines = NewArray();
  for (std::string_view rest = text; !rest.empty();) {
    const size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    if (end != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
    ArrayPush(lines, NewText(line));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return Value::Heap(lines);
}

Value WriteFile(NativeContext& context, Value* args, uint32_t count) {
  bool overwrite;
  if (!ReadOverwrite(context, "write_file", args, count, &overwrite)) return Value::Unset();
  if (!args[0].IsString() || !args[1].IsString()) {
    return context.Fail("write_file requires string arguments");
  }
  return WriteContent(context, args[0], TextOf(args[1]), overwrite, "Cannot write file");
}

Value AppendFile(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) return context.Fail(std::string(kAppendType));
  return AppendContent(context, args[0], TextOf(args[1]), "Cannot append to file");
}

constexpr NativeFunction kTable[] = {
    {.name = "read_file",
     .min_args = 1,
     .max_args = 1,
     .body = ReadFile,
     .capability = Capability::kFilesystemRead,
     .signature = "read_file(path: string) -> string",
     .doc = "The text of a file.",
     .example = "write_file(\"a.txt\", \"hi\")\nprint(read_file(\"a.txt\")) => hi",
     .errors = "read_file_sync requires a string path argument\n"
               "Cannot read file 'P': OSERR\n"
               "Cannot read file 'P': stream did not contain valid UTF-8\n"
               "Cannot read file 'P': exceeds maximum read size (N bytes > M bytes)\n"
               "read_file() result exceeds maximum size",
     .arity_error = kReadType},
    {.name = "read_file_lossy",
     .min_args = 1,
     .max_args = 1,
     .body = ReadFileLossy,
     .capability = Capability::kFilesystemRead,
     .signature = "read_file_lossy(path: string) -> string",
     .doc = "The text of a file, with U+FFFD for what is not UTF-8.",
     .example = "write_binary_file(\"a.txt\", bytes([104, 255]))\n"
                "print(read_file_lossy(\"a.txt\")) => h\xEF\xBF\xBD",
     .errors = "read_file_lossy requires a string path argument\n"
               "Cannot read file 'P': OSERR\n"
               "Cannot read file 'P': exceeds maximum read size (N bytes > M bytes)\n"
               "read_file_lossy() result exceeds maximum size",
     .arity_error = "read_file_lossy expects 1 arguments, got {}"},
    {.name = "read_lines",
     .min_args = 1,
     .max_args = 1,
     .body = ReadLines,
     .capability = Capability::kFilesystemRead,
     .signature = "read_lines(path: string) -> array",
     .doc = "The lines of a file, without what ends them.",
     .example = "write_file(\"a.txt\", \"a\\nb\\n\")\nprint(read_lines(\"a.txt\")) => [a, b]",
     .errors = "read_lines requires a string path argument\n"
               "Cannot read file 'P': OSERR\n"
               "Cannot read file 'P': stream did not contain valid UTF-8\n"
               "Cannot read file 'P': exceeds maximum read size (N bytes > M bytes)\n"
               "read_lines() result exceeds maximum size",
     .arity_error = kReadLinesType},
    {.name = "write_file",
     .min_args = 2,
     .max_args = 3,
     .body = WriteFile,
     .capability = Capability::kFilesystemWrite,
     .signature = "write_file(path: string, text: string, overwrite: bool = false) -> bool",
     .doc = "Creates a file with this text; an existing one only with `overwrite`.",
     .example = "print(write_file(\"a.txt\", \"hi\")) => true",
     .errors = "write_file optional overwrite flag must be a bool\n"
               "write_file requires string arguments\n"
               "Cannot write file 'P': OSERR\n"
               "Cannot write file 'P': payload exceeds maximum write size (N bytes > M bytes)\n"
               "Cannot write file 'P': file already exists (pass overwrite=true to replace it)",
     .arity_error = "write_file requires 2 or 3 arguments: path, content/bytes, [overwrite]"},
    {.name = "append_file",
     .min_args = 2,
     .max_args = 2,
     .body = AppendFile,
     .capability = Capability::kFilesystemWrite,
     .signature = "append_file(path: string, text: string) -> bool",
     .doc = "Adds text to the end of a file, which is created if need be.",
     .example = "append_file(\"a.txt\", \"h\")\nappend_file(\"a.txt\", \"i\")\n"
                "print(read_file(\"a.txt\")) => hi",
     .errors = "append_file requires string arguments\n"
               "Cannot open file 'P': OSERR\n"
               "Cannot append to file 'P': OSERR\n"
               "Cannot append to file 'P': payload exceeds maximum write size (N bytes > M bytes)",
     .arity_error = "append_file requires two arguments: path and content"},
};

}  // namespace

absl::Span<const NativeFunction> TextFileBuiltins() { return kTable; }

}  // namespace ruff
