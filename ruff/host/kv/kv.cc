// kv_*: strings under names in a JSON file, which is read again at every call, so that programs can
// share it. A write replaces the file as a whole.

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <string>

#include "absl/base/const_init.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "ruff/base/utf8.h"
#include "ruff/host/failure.h"
#include "ruff/host/families.h"
#include "ruff/host/path/path_text.h"
#include "ruff/host/posix/environment.h"
#include "ruff/host/posix/tree.h"
#include "ruff/host/posix/whole_file.h"
#include "ruff/runtime/builtins/json.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr char kPathVariable[] = "RUFF_KV_PATH";
constexpr char kUsualName[] = ".ruff_kv.json";

// Between reading and writing the file nobody else of this process does.
ABSL_CONST_INIT absl::Mutex store_mutex(absl::kConstInit);

std::string StorePath() {
  const char* configured = FindVariable(kPathVariable);
  if (configured != nullptr && IsValidUtf8(configured)) {
    const std::string_view path = absl::StripAsciiWhitespace(configured);
    if (!path.empty()) return std::string(path);
  }
  const std::unique_ptr<char, void (*)(void*)> directory(getcwd(nullptr, 0), free);
  std::string path = directory == nullptr ? "" : directory.get();
  AppendPath(kUsualName, &path);
  return path;
}

// The content of the store, a dict of strings; Null after making the call fail. What is not there
// is empty.
Ref ReadStore(NativeContext& context, const std::string& path) {
  struct stat info;
  if (!StatPath(path, &info).empty() && errno == ENOENT) return Ref(NewDict());
  std::string text;
  FailureText failure = ReadWholeFile(path, MaxFileBytes(), &text);
  if (failure.empty() && !IsValidUtf8(text)) failure = "stream did not contain valid UTF-8";
  if (!failure.empty()) {
    FailOn(context, "Failed to read kv store", path, failure);
    return Ref();
  }
  if (absl::StripAsciiWhitespace(text).empty()) return Ref(NewDict());
  const Value value = ParseJson(text, &failure);
  if (!value.Is(Kind::kUnset)) {
    Ref store(value);
    if (!value.IsDict()) {
      failure = "expected an object";
    } else {
      for (const DictEntry& entry : DictEntries(value.As<Dict>())) {
        if (!entry.value.IsString()) failure = "expected string values";
      }
    }
    if (failure.empty()) return store;
  }
  FailOn(context, "Failed to parse kv store", path, failure);
  return Ref();
}

Value KvGet(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail("kv_get requires a key string argument");
  const absl::MutexLock lock(&store_mutex);
  const Ref store = ReadStore(context, StorePath());
  if (store.get().Is(Kind::kNull)) return Value::Unset();
  const Value value = DictGet(store.As<Dict>(), args[0]);
  return value.Is(Kind::kUnset) ? Value::Null() : Retain(value);
}

Value KvSet(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) {
    return context.Fail("kv_set requires key and value string arguments");
  }
  const absl::MutexLock lock(&store_mutex);
  const std::string path = StorePath();
  const Ref store = ReadStore(context, path);
  if (store.get().Is(Kind::kNull)) return Value::Unset();
  DictSet(store.As<Dict>(), args[0], Retain(args[1]));
  BoundedText json;
  std::string error;
  if (!WriteJson(store.get(), JsonLayout::kPretty, &json, &error)) {
    return FailTooLarge(context, "kv_set");
  }
  const std::string directory(PathParent(path));
  if (FailureText failure = MakeDirectories(directory); !failure.empty()) {
    return FailOn(context, "Failed to prepare kv store directory", directory, failure);
  }
  return TrueOrFail(context, "Failed to write kv store", path, ReplaceFile(path, json.view()));
}

#define RUFF_KV_READ_ERRORS              \
  "Failed to read kv store 'P': OSERR\n" \
  "Failed to parse kv store 'P': WHY"

constexpr NativeFunction kTable[] = {
    {.name = "kv_set",
     .min_args = 2,
     .max_args = 2,
     .body = KvSet,
     .capability = Capability::kFilesystemWrite,
     .signature = "kv_set(key: string, value: string) -> bool",
     .doc = "Stores a string under a name in the file that RUFF_KV_PATH names, or .ruff_kv.json.",
     .example = "print(kv_set(\"color\", \"red\")) => true",
     .errors = "kv_set requires key and value string arguments\n"
               "kv_set() result exceeds maximum size\n" RUFF_KV_READ_ERRORS "\n"
               "Failed to prepare kv store directory 'D': OSERR\n"
               "Failed to write kv store 'P': OSERR",
     .arity_error = "kv_set() expects 2 arguments (key, value), got {}"},
    {.name = "kv_get",
     .min_args = 1,
     .max_args = 1,
     .body = KvGet,
     .capability = Capability::kFilesystemRead,
     .signature = "kv_get(key: string) -> string | null",
     .doc = "The string that kv_set has stored under the name; null when there is none.",
     .example =
         "kv_set(\"color\", \"red\")\nprint(kv_get(\"color\"), kv_get(\"size\")) => red null",
     .errors = "kv_get requires a key string argument\n" RUFF_KV_READ_ERRORS,
     .arity_error = "kv_get() expects 1 argument (key), got {}"},
};

}  // namespace

absl::Span<const NativeFunction> KvBuiltins() { return kTable; }

}  // namespace ruff
