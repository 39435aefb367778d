// shared_*: one map for the whole process.
//
// Values are copied in and out, so that nothing is shared between the heaps of different threads:
// the map has a heap of its own, used under its lock.

#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "ruff/async/builtins/families.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/deep_copy.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

class SharedMap {
 public:
  static SharedMap& Get() {
    static auto* const map = new SharedMap();
    return *map;
  }

  // False when the value cannot leave its heap.
  bool Set(std::string_view key, Value value) {
    absl::MutexLock lock(&mutex_);
    HeapScope scope(&heap_);
    Value copy;
    if (!Copy(value, &copy)) return false;
    Value& slot = map_.try_emplace(key, Value::Null()).first->second;
    Release(std::exchange(slot, copy));
    return true;
  }

  // A copy on the current heap, Unset when there is no such key.
  Value Find(std::string_view key) {
    absl::MutexLock lock(&mutex_);
    const auto found = map_.find(key);
    Value copy = Value::Unset();
    if (found != map_.end()) Copy(found->second, &copy);
    return copy;
  }

  bool Has(std::string_view key) {
    absl::MutexLock lock(&mutex_);
    return map_.contains(key);
  }

  bool Delete(std::string_view key) {
    absl::MutexLock lock(&mutex_);
    const auto found = map_.find(key);
    if (found == map_.end()) return false;
    HeapScope scope(&heap_);
    Release(found->second);
    map_.erase(found);
    return true;
  }

  enum class Added { kDone, kMissing, kNoInt, kOverflow };
  // *value is the sum, or what it could not be added to.
  Added Add(std::string_view key, int64_t delta, int64_t* value) {
    absl::MutexLock lock(&mutex_);
    const auto found = map_.find(key);
    if (found == map_.end()) return Added::kMissing;
    if (!found->second.IsInt()) return Added::kNoInt;
    *value = found->second.i;
    if (__builtin_add_overflow(*value, delta, &found->second.i)) {
      found->second.i = *value;
      return Added::kOverflow;
    }
    *value = found->second.i;
    return Added::kDone;
  }

 private:
  static bool Copy(Value value, Value* out) {
    Copier copier;
    return copier.Run(value, out);
  }

  absl::Mutex mutex_;
  Heap heap_;
  absl::flat_hash_map<std::string, Value> map_ ABSL_GUARDED_BY(mutex_);  // owned
};

// Is argument 0 the key? If not, makes the call of `name` fail.
bool CheckKey(NativeContext& context, std::string_view name, Value key) {
  if (key.IsString()) return true;
  context.Fail(absl::StrCat(name, " key must be a string"));
  return false;
}

Value FailNotFound(NativeContext& context, std::string_view name, Value key) {
  return context.Fail(absl::StrCat(name, " key '", TextOf(key), "' not found"));
}

Value Set(NativeContext& context, Value* args, uint32_t) {
  if (!CheckKey(context, "shared_set", args[0])) return Value::Unset();
  if (!SharedMap::Get().Set(TextOf(args[0]), args[1])) {
    return context.Fail(absl::StrCat("shared_set cannot share a ", TypeName(args[1])));
  }
  return Value::Bool(true);
}

Value Get(NativeContext& context, Value* args, uint32_t) {
  if (!CheckKey(context, "shared_get", args[0])) return Value::Unset();
  const Value value = SharedMap::Get().Find(TextOf(args[0]));
  return value.Is(Kind::kUnset) ? FailNotFound(context, "shared_get", args[0]) : value;
}

Value Has(NativeContext& context, Value* args, uint32_t) {
  if (!CheckKey(context, "shared_has", args[0])) return Value::Unset();
  return Value::Bool(SharedMap::Get().Has(TextOf(args[0])));
}

Value Delete(NativeContext& context, Value* args, uint32_t) {
  if (!CheckKey(context, "shared_delete", args[0])) return Value::Unset();
  return Value::Bool(SharedMap::Get().Delete(TextOf(args[0])));
}

Value AddInt(NativeContext& context, Value* args, uint32_t) {
  if (!CheckKey(context, "shared_add_int", args[0])) return Value::Unset();
  if (!args[1].IsInt()) return context.Fail("shared_add_int delta must be an int");
  int64_t value = 0;
  switch (SharedMap::Get().Add(TextOf(args[0]), args[1].i, &value)) {
    case SharedMap::Added::kMissing:
      return FailNotFound(context, "shared_add_int", args[0]);
    case SharedMap::Added::kNoInt:
      return context.Fail(
          absl::StrCat("shared_add_int requires key '", TextOf(args[0]), "' to reference an int"));
    case SharedMap::Added::kOverflow:
      return context.Fail(absl::StrCat("Integer overflow: ", value, " + ", args[1].i));
    case SharedMap::Added::kDone:
      break;
  }
  return Value::Int(value);
}

constexpr NativeFunction kTable[] = {
    {.name = "shared_set",
     .min_args = 2,
     .max_args = 2,
     .body = Set,
     .signature = "shared_set(key: string, value: any) -> bool",
     .doc = "Stores a copy of the value under a name that the whole process sees.",
     .example = "print(shared_set(\"k\", 1)) => true",
     .errors = "shared_set key must be a string\n"
               "shared_set cannot share a TYPE",
     .arity_error = "shared_set requires (key, value) arguments"},
    {.name = "shared_get",
     .min_args = 1,
     .max_args = 1,
     .body = Get,
     .signature = "shared_get(key: string) -> any",
     .doc = "A copy of the value stored under the name.",
     .example = "shared_set(\"k\", [1]); print(shared_get(\"k\")) => [1]",
     .errors = "shared_get key must be a string\n"
               "shared_get key 'KEY' not found",
     .arity_error = "shared_get requires one key argument"},
    {.name = "shared_has",
     .min_args = 1,
     .max_args = 1,
     .body = Has,
     .signature = "shared_has(key: string) -> bool",
     .doc = "Whether a value is stored under the name.",
     .example = "print(shared_has(\"nothing\")) => false",
     .errors = "shared_has key must be a string",
     .arity_error = "shared_has requires one key argument"},
    {.name = "shared_delete",
     .min_args = 1,
     .max_args = 1,
     .body = Delete,
     .signature = "shared_delete(key: string) -> bool",
     .doc = "Removes what is stored under the name; whether there was anything.",
     .example = "print(shared_delete(\"nothing\")) => false",
     .errors = "shared_delete key must be a string",
     .arity_error = "shared_delete requires one key argument"},
    {.name = "shared_add_int",
     .min_args = 2,
     .max_args = 2,
     .body = AddInt,
     .signature = "shared_add_int(key: string, delta: int) -> int",
     .doc = "Adds to the int stored under the name, in one step; the new value.",
     .example = "shared_set(\"n\", 1); print(shared_add_int(\"n\", 2)) => 3",
     .errors = "shared_add_int key must be a string\n"
               "shared_add_int delta must be an int\n"
               "shared_add_int key 'KEY' not found\n"
               "shared_add_int requires key 'KEY' to reference an int\n"
               "Integer overflow: A + B",
     .arity_error = "shared_add_int requires (key, delta) arguments"},
};

}  // namespace

absl::Span<const NativeFunction> SharedBuiltins() { return kTable; }

}  // namespace ruff
