// Asynchronous files: one of them, or many at once.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ruff/async/builtins/batch.h"
#include "ruff/async/builtins/families.h"
#include "ruff/async/builtins/file_io.h"
#include "ruff/async/builtins/limit.h"
#include "ruff/async/builtins/string_list.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

// "Failed to read file 'P' (index 3): " — the index only for the plural forms.
std::string Failure(std::string_view verb, const std::string& path, int64_t index,
                    const FailureText& error) {
  if (error.empty()) return error;
  return absl::StrCat("Failed to ", verb, " file '", path, "'",
                      index < 0 ? "" : absl::StrCat(" (index ", index, ")"), ": ", error);
}

class Reads final : public Batch {
 public:
  Reads(std::vector<std::string> paths, bool plural)
      : paths_(std::move(paths)), contents_(paths_.size()), plural_(plural) {}

  std::string_view name() const override { return plural_ ? "read files" : "read file"; }
  std::string RunOne(uint32_t i) override {
    return Failure("read", paths_[i], plural_ ? int64_t{i} : -1,
                   ReadTextFile(paths_[i], &contents_[i]));
  }
  Value Result() override {
    if (!plural_) return NewText(contents_[0]);
    Array* array = NewArray(contents_.size(), Array::kValues);
    for (std::string& content : contents_) {
      ArrayPush(array, NewText(content));
      std::string().swap(content);
    }
    return Value::Heap(array);
  }

 private:
  const std::vector<std::string> paths_;
  std::vector<std::string> contents_;
  const bool plural_;
};

class Writes final : public Batch {
 public:
  // `contents` is a string or an array of strings; it is kept, and so nobody changes it.
  Writes(std::vector<std::string> paths, Value contents)
      : paths_(std::move(paths)), contents_(Ref::Share(contents)) {}

  std::string_view name() const override {
    return contents_.get().IsArray() ? "write files" : "write file";
  }
  std::string RunOne(uint32_t i) override {
    const bool plural = contents_.get().IsArray();
    const std::string_view text =
        TextOf(plural ? contents_.As<Array>()->values[i] : contents_.get());
    return Failure("write", paths_[i], plural ? int64_t{i} : -1,
                   WriteWholeFile(paths_[i], &text, 1));
  }
  Value Result() override {
    if (!contents_.get().IsArray()) return Value::Bool(true);
    Array* array = NewArray(paths_.size(), Array::kBools);
    for (size_t i = 0; i < paths_.size(); ++i) ArrayPush(array, Value::Bool(true));
    return Value::Heap(array);
  }

 private:
  const std::vector<std::string> paths_;
  const Ref contents_;
};

Value Start(NativeContext& context, std::unique_ptr<Batch> batch, size_t count, uint32_t limit) {
  if (!Scheduler::CanWait(context)) return Value::Unset();
  Scheduler& scheduler = Scheduler::Of(context);
  return Value::Heap(StartBatch(scheduler, std::move(batch), static_cast<uint32_t>(count), limit,
                                scheduler.poller().threads()));
}

Value ReadFile(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) {
    return context.Fail("async_read_file() requires a string path argument");
  }
  std::vector<std::string> paths = {std::string(TextOf(args[0]))};
  return Start(context, std::make_unique<Reads>(std::move(paths), false), 1, 1);
}

Value WriteFile(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) {
    return context.Fail("async_write_file() requires a string path argument");
  }
  if (!args[1].IsString()) {
    return context.Fail("async_write_file() requires a string content argument");
  }
  std::vector<std::string> paths = {std::string(TextOf(args[0]))};
  return Start(context, std::make_unique<Writes>(std::move(paths), args[1]), 1, 1);
}

Value ReadFiles(NativeContext& context, Value* args, uint32_t count) {
  uint32_t limit = UINT32_MAX;
  std::vector<std::string> paths;
  if (!CheckStringList(context, "async_read_files", args[0], "first", "paths"))
    return Value::Unset();
  if (count == 2 && !ReadLimit(context, "async_read_files", args[1], &limit)) return Value::Unset();
  if (!CheckStrings(context, "async_read_files", args[0], "path")) return Value::Unset();
  paths = CopyStrings(args[0]);
  const size_t size = paths.size();
  return Start(context, std::make_unique<Reads>(std::move(paths), true), size, limit);
}

Value WriteFiles(NativeContext& context, Value* args, uint32_t count) {
  constexpr std::string_view kName = "async_write_files";
  uint32_t limit = UINT32_MAX;
  if (!CheckStringList(context, kName, args[0], "first", "paths") ||
      !CheckStringList(context, kName, args[1], "second", "contents")) {
    return Value::Unset();
  }
  const uint64_t size = args[0].As<Array>()->size;
  if (size != args[1].As<Array>()->size) {
    return context.Fail(absl::StrCat(
        "async_write_files() paths and contents arrays must have the same length (paths=", size,
        ", contents=", args[1].As<Array>()->size, ")"));
  }
  if (count == 3 && !ReadLimit(context, kName, args[2], &limit)) return Value::Unset();
  for (uint64_t i = 0; i < size; ++i) {
    if (!CheckString(context, kName, args[0], i, "path") ||
        !CheckString(context, kName, args[1], i, "content")) {
      return Value::Unset();
    }
  }
  return Start(context, std::make_unique<Writes>(CopyStrings(args[0]), args[1]), size, limit);
}

constexpr NativeFunction kTable[] = {
    {.name = "async_read_file",
     .min_args = 1,
     .max_args = 1,
     .body = ReadFile,
     .capability = Capability::kFilesystemRead,
     .signature = "async_read_file(path: string) -> promise",
     .doc = "A promise of the text of a file.",
     .example = "await async_write_file(\"a.txt\", \"hi\")\n"
                "print(await async_read_file(\"a.txt\")) => hi",
     .errors = "async_read_file() requires a string path argument",
     .arity_error = "async_read_file() expects 1 argument (path), got {}"},
    {.name = "async_write_file",
     .min_args = 2,
     .max_args = 2,
     .body = WriteFile,
     .capability = Capability::kFilesystemWrite,
     .signature = "async_write_file(path: string, content: string) -> promise",
     .doc = "Creates or replaces a file; a promise of true once it is written.",
     .example = "print(await async_write_file(\"notes.txt\", \"hello\")) => true",
     .errors = "async_write_file() requires a string path argument\n"
               "async_write_file() requires a string content argument",
     .arity_error = "async_write_file() expects 2 arguments (path, content), got {}"},
    {.name = "async_read_files",
     .min_args = 1,
     .max_args = 2,
     .body = ReadFiles,
     .capability = Capability::kFilesystemRead,
     .signature = "async_read_files(paths: array, limit: int = unlimited) -> promise",
     .doc = "A promise of the texts of many files, in order.",
     .example = "await async_write_files([\"a.txt\", \"b.txt\"], [\"1\", \"2\"])\n"
                "print(await async_read_files([\"a.txt\", \"b.txt\"])) => [1, 2]",
     .errors = "async_read_files() first argument must be an array of string paths\n"
               "async_read_files() concurrency_limit must be > 0, got LIMIT\n"
               "async_read_files() optional concurrency_limit must be an integer\n"
               "async_read_files() path at index INDEX must be a string",
     .arity_error =
         "async_read_files() expects 1 or 2 arguments (paths, optional concurrency_limit), got {}"},
    {.name = "async_write_files",
     .min_args = 2,
     .max_args = 3,
     .body = WriteFiles,
     .capability = Capability::kFilesystemWrite,
     .signature =
         "async_write_files(paths: array, contents: array, limit: int = unlimited) -> promise",
     .doc = "Creates or replaces many files; a promise of as many times true.",
     .example =
         "print(await async_write_files([\"a.txt\", \"b.txt\"], [\"1\", \"2\"])) => [true, true]",
     .errors = "async_write_files() first argument must be an array of string paths\n"
               "async_write_files() second argument must be an array of string contents\n"
               "async_write_files() paths and contents arrays must have the same length (paths=N, "
               "contents=M)\n"
               "async_write_files() concurrency_limit must be > 0, got LIMIT\n"
               "async_write_files() optional concurrency_limit must be an integer\n"
               "async_write_files() path at index INDEX must be a string\n"
               "async_write_files() content at index INDEX must be a string",
     .arity_error = "async_write_files() expects 2 or 3 arguments (paths, contents, optional "
                    "concurrency_limit), got {}"},
};

}  // namespace

absl::Span<const NativeFunction> FileBuiltins() { return kTable; }

}  // namespace ruff
