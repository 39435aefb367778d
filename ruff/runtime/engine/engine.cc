#include "ruff/runtime/engine/engine.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/value/handle.h"
#include "ruff/runtime/value/structure.h"

namespace ruff {
namespace {

struct MethodRow {
  Kind kind;
  std::string_view method;
  std::string_view function;
};
constexpr MethodRow kMethods[] = {
#define RUFF_METHOD(Kind_, method, function) {Kind::k##Kind_, method, function},
#include "ruff/runtime/prelude/method_table.def"
};

Value GlobalOf(void* engine, std::string_view name) {
  return static_cast<Engine*>(engine)->Global(name);
}

// Methods of host objects are hidden builtins called "Owner.method". The owner of a handle is its
// type, that of a struct its name, unless the program has declared one of that name.
std::string_view OwnerName(Value receiver) {
  if (receiver.Is(Kind::kHandle)) return TypeName(receiver);
  const Shape* shape = receiver.As<Struct>()->shape;
  return shape->def() == nullptr ? shape->struct_name()->view() : std::string_view();
}

}  // namespace

Engine::Engine(const VmOptions& options, std::string entry_path)
    : vm_(options), loader_(*this, std::move(entry_path)) {
  vm_.set_natives(this);
  vm_.set_loader(&loader_);
}

Engine::~Engine() {
  // Globals of all modules go before any code does: functions may be reachable from other modules.
  for (auto& module : modules_) module->ReleaseGlobals();
  for (auto& [key, function] : methods_) {
    Release(function);
    ReleaseObject(key.second);
  }
  prelude_.ReleaseGlobals();
  vm_.heap()->CollectCycles();
}

LinkedModule* Engine::Link(std::unique_ptr<Module> module, std::unique_ptr<SourceBuffer> source) {
  modules_.push_back(
      std::make_unique<LinkedModule>(std::move(module), std::move(source), &GlobalOf, this));
  return modules_.back().get();
}

std::unique_ptr<SessionGlobals> Engine::NewSession() {
  return std::make_unique<SessionGlobals>(&GlobalOf, this);
}

LinkedModule* Engine::LinkInput(std::unique_ptr<Module> module,
                                std::unique_ptr<SourceBuffer> source, SessionGlobals* session) {
  modules_.push_back(std::make_unique<LinkedModule>(std::move(module), std::move(source), session));
  return modules_.back().get();
}

Function* Engine::FileFunction(LinkedModule* module) { return NewFunction(module->code(0)); }

Value Engine::Global(std::string_view name) {
  const Value builtin = FindBuiltin(name);
  if (!builtin.Is(Kind::kNative) || (builtin.native->flags & NativeFunction::kPrelude) == 0) {
    return Retain(builtin);
  }
  return Value::Heap(RetainObject(prelude_.Find(builtin.native)));
}

Value Engine::Method(Value receiver, String* name, std::string* error) {
  const auto found = methods_.find({receiver.kind(), name});
  if (found != methods_.end()) return Retain(found->second);
  if (const Value function = MethodFunction(receiver.kind(), name->view());
      !function.Is(Kind::kUnset)) {
    methods_.emplace(std::pair(receiver.kind(), RetainObject(name)), function);
    return Retain(function);
  }
  if (receiver.Is(Kind::kStruct) || receiver.Is(Kind::kHandle)) {
    const NativeFunction* native =
        FindNative(absl::StrCat(OwnerName(receiver), ".", name->view()), NativeScope::kPrelude);
    if (native != nullptr) return Value::Native(native);
    if (receiver.Is(Kind::kHandle)) {
      *error = absl::StrCat(StateOf(receiver)->title(), " has no method '", name->view(), "'");
    }
  } else if (receiver.Is(Kind::kChannel)) {
    *error = absl::StrCat("Channel has no method '", name->view(), "'");
  } else if (receiver.Is(Kind::kPromiseNamespace)) {
    *error = absl::StrCat("Promise has no method '", name->view(), "'");
  }
  return Value::Unset();
}

// What the table says about a method, owned; Unset when it does not say anything.
Value Engine::MethodFunction(Kind kind, std::string_view name) {
  for (const MethodRow& row : kMethods) {
    if (row.kind != kind || row.method != name) continue;
    const NativeFunction* native = FindNative(row.function, NativeScope::kPrelude);
    RUFF_CHECK(native != nullptr);
    if ((native->flags & NativeFunction::kPrelude) == 0) return Value::Native(native);
    return Value::Heap(RetainObject(prelude_.Find(native)));
  }
  return Value::Unset();
}

Function* Engine::Prelude(std::string_view name) {
  return prelude_.Find(FindNative(name, NativeScope::kPrelude));
}

}  // namespace ruff
