#include "ruff/host/process/options.h"

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "ruff/host/posix/environment.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr uint64_t kMostOutputBytes = 16'777'216;
constexpr char kSearchPath[] = "PATH";
constexpr char kUsualSearchPath[] = "/bin:/usr/bin";  // when there is no PATH

using Names = absl::flat_hash_set<std::string>;

// What is to be done with the environment.
struct Changes {
  bool inherits = true;
  std::optional<Names> allowed;
  Names denied;
  std::vector<std::string> set;  // "NAME=value"
  Names set_names;
};

std::string_view TypeForMessage(Value value) {
  return value.IsInt() || value.Is(Kind::kFloat) || value.IsString() || value.Is(Kind::kBool) ||
                 value.IsArray() || value.IsDict() || value.Is(Kind::kNull)
             ? TypeName(value)
             : "value";
}

bool Fail(NativeContext& context, std::string message) {
  context.Fail(std::move(message));
  return false;
}

bool ReadNames(NativeContext& context, std::string_view key, Value value, Names* out) {
  if (!value.IsArray()) {
    return Fail(context,
                absl::StrCat(key, " must be an array of strings, got ", TypeForMessage(value)));
  }
  const auto* array = value.As<Array>();
  for (uint64_t i = 0; i < array->size; ++i) {
    const Value name = ArrayGet(array, i);
    if (!name.IsString()) return Fail(context, absl::StrCat(key, " must be an array of strings"));
    out->emplace(TextOf(name));
  }
  return true;
}

bool ReadVariables(NativeContext& context, Value value, Changes* changes,
                   std::optional<std::string>* search_path) {
  if (!value.IsDict()) {
    return Fail(context, "env must be a dict of string keys and values");
  }
  for (const DictEntry& entry : DictEntries(value.As<Dict>())) {
    if (!entry.value.IsString()) return Fail(context, "env must contain only string values");
    const Ref key(DictKeyText(entry.key));
    const std::string_view name = TextOf(key.get());
    changes->set.push_back(absl::StrCat(name, "=", TextOf(entry.value)));
    changes->set_names.emplace(name);
    if (name == kSearchPath) search_path->emplace(TextOf(entry.value));
  }
  return true;
}

bool ReadPositive(NativeContext& context, std::string_view key, Value value, int64_t* out) {
  if (!value.IsNumber() || !(FloatOf(value) > 0)) {
    return Fail(context, absl::StrCat(key, " must be a positive number"));
  }
  *out = IntOf(value);
  return true;
}

bool ReadOption(NativeContext& context, std::string_view key, Value value, ProcessOptions* out,
                Changes* changes, std::optional<std::string>* search_path) {
  if (key == "timeout_ms") return ReadPositive(context, key, value, &out->limits.timeout_ms);
  if (key == "max_output_bytes") {
    int64_t bytes = 0;
    if (!ReadPositive(context, key, value, &bytes)) return false;
    out->limits.max_output_bytes = static_cast<uint64_t>(bytes);
    return out->limits.max_output_bytes <= kMostOutputBytes ||
           Fail(context, absl::StrCat("max_output_bytes exceeds the maximum supported size (",
                                      kMostOutputBytes, ")"));
  }
  if (key == "inherit_env") {
    if (!value.Is(Kind::kBool)) return Fail(context, "inherit_env must be a boolean");
    changes->inherits = value.b;
    return true;
  }
  if (key == "env_allow") return ReadNames(context, key, value, &changes->allowed.emplace());
  if (key == "env_deny") return ReadNames(context, key, value, &changes->denied);
  if (key == "env") return ReadVariables(context, value, changes, search_path);
  return Fail(context, absl::StrCat("unsupported process option '", key,
                                    "'; supported options are timeout_ms, max_output_bytes, "
                                    "inherit_env, env_allow, env_deny, env"));
}

std::vector<std::string> MakeEnvironment(Changes changes) {
  std::vector<std::string> result;
  if (changes.inherits || changes.allowed.has_value()) {
    for (std::string& entry : EnvironmentEntries()) {
      const std::string_view name = NameOfEntry(entry);
      const bool is_wanted = !changes.allowed.has_value() || changes.allowed->contains(name);
      if (!is_wanted || changes.denied.contains(name) || changes.set_names.contains(name)) continue;
      result.push_back(std::move(entry));
    }
  }
  for (std::string& entry : changes.set) result.push_back(std::move(entry));
  return result;
}

}  // namespace

bool ReadProcessOptions(NativeContext& context, Value options, ProcessOptions* out) {
  Changes changes;
  std::optional<std::string> search_path;
  if (!options.Is(Kind::kUnset)) {
    if (!options.IsDict()) {
      return Fail(context, "process options must be provided as a dict");
    }
    const auto* dict = options.As<Dict>();
    const uint32_t* order = DictOrder(dict);
    for (uint32_t i = 0; i < dict->size; ++i) {
      const DictEntry& entry = dict->entries[order[i]];
      const Ref key(DictKeyText(entry.key));
      if (!ReadOption(context, TextOf(key.get()), entry.value, out, &changes, &search_path)) {
        return false;
      }
    }
  }
  if (!search_path.has_value()) {
    const char* own = FindVariable(kSearchPath);
    search_path = own == nullptr ? kUsualSearchPath : own;
  }
  out->search_path = *std::move(search_path);
  out->environment = MakeEnvironment(std::move(changes));
  return true;
}

}  // namespace ruff
