#include "ruff/runtime/builtins/registry.h"

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ruff/base/check.h"
#include "ruff/runtime/builtins/families.h"

namespace ruff {
namespace {

class Registry {
 public:
  Registry() {
#define RUFF_FAMILY(name) Add(name##Builtins());
#include "ruff/runtime/builtins/families.def"
  }

  void Add(absl::Span<const NativeFunction> table) {
    for (const NativeFunction& native : table) {
      RUFF_CHECK(by_name_.emplace(native.name, &native).second);
      rows_.push_back(&native);
    }
  }

  const NativeFunction* Find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second;
  }
  absl::Span<const NativeFunction* const> rows() const { return rows_; }

 private:
  absl::flat_hash_map<std::string_view, const NativeFunction*> by_name_;
  std::vector<const NativeFunction*> rows_;
};

Registry& TheRegistry() {
  static auto* const registry = new Registry();
  return *registry;
}

}  // namespace

const NativeFunction* FindNative(std::string_view name, NativeScope scope) {
  const NativeFunction* native = TheRegistry().Find(name);
  if (native == nullptr) return nullptr;
  const bool hidden = (native->flags & NativeFunction::kHidden) != 0;
  return hidden && scope == NativeScope::kProgram ? nullptr : native;
}

Value FindBuiltin(std::string_view name, NativeScope scope) {
  if (const NativeFunction* native = FindNative(name, scope)) return Value::Native(native);
  if (name == "Promise") return Value::Raw(Kind::kPromiseNamespace);
  for (const NativeConstant& constant : MathConstants()) {
    if (constant.name == name) return Value::Float(constant.value);
  }
  return Value::Unset();
}

absl::Span<const NativeFunction* const> AllNatives() { return TheRegistry().rows(); }

void AddNatives(absl::Span<const NativeFunction> table) { TheRegistry().Add(table); }

}  // namespace ruff
