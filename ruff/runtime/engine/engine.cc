#include "ruff/runtime/engine/engine.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/lang/bytecode/verifier.h"
#include "ruff/lang/frontend/frontend.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/prelude/prelude.h"
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

SourceBuffer SourceOf(const PreludeFile& file) {
  auto source =
      SourceBuffer::FromText(absl::StrCat("<prelude>/", file.name), std::string(file.text));
  RUFF_CHECK(source.ok());
  return *std::move(source);
}

struct CompiledFile {
  PreludeFile text;
  Module module;
};

// Compiled once in a process; every engine links a copy of its own.
const std::vector<CompiledFile>& CompiledPrelude() {
  static const auto* const files = [] {
    auto* compiled = new std::vector<CompiledFile>;
    for (const PreludeFile& file : PreludeFiles()) {
      DiagnosticList diagnostics;
      Phase failed;
      std::unique_ptr<Module> module =
          CompileSource(SourceOf(file), FrontendOptions(), &diagnostics, &failed);
      RUFF_CHECK(module != nullptr);
      RUFF_DCHECK(VerifyModule(*module).ok());
      compiled->push_back({file, *std::move(module)});
    }
    return compiled;
  }();
  return *files;
}

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
  for (auto& [name, function] : prelude_) ReleaseObject(function);
  vm_.heap()->CollectCycles();
}

LinkedModule* Engine::Link(std::unique_ptr<Module> module, std::unique_ptr<SourceBuffer> source) {
  RUFF_DCHECK(VerifyModule(*module).ok());
  modules_.push_back(
      std::make_unique<LinkedModule>(std::move(module), std::move(source), &GlobalOf, this));
  return modules_.back().get();
}

std::unique_ptr<SessionGlobals> Engine::NewSession() {
  return std::make_unique<SessionGlobals>(&GlobalOf, this);
}

LinkedModule* Engine::LinkInput(std::unique_ptr<Module> module,
                                std::unique_ptr<SourceBuffer> source, SessionGlobals* session) {
  RUFF_DCHECK(VerifyModule(*module).ok());
  modules_.push_back(std::make_unique<LinkedModule>(std::move(module), std::move(source), session));
  return modules_.back().get();
}

Function* Engine::FileFunction(LinkedModule* module) { return NewFunction(module->code(0)); }

Value Engine::Global(std::string_view name) {
  const Value builtin = FindBuiltin(name);
  if (!builtin.Is(Kind::kNative) || (builtin.native->flags & NativeFunction::kPrelude) == 0) {
    return Retain(builtin);
  }
  return Value::Heap(RetainObject(PreludeFunction(builtin.native)));
}

Value Engine::Method(Value receiver, String* name, std::string* error) {
  if (methods_.empty()) LoadMethods();
  const auto found = methods_.find({receiver.kind(), name});
  if (found != methods_.end()) {
    if (found->second.Is(Kind::kUnset)) found->second = MethodFunction(receiver.kind(), name);
    return Retain(found->second);
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

void Engine::LoadMethods() {
  for (const MethodRow& row : kMethods) {
    methods_.try_emplace({row.kind, InternString(row.method)}, Value::Unset());
  }
}

// What the table says about a method that is in it; owned.
Value Engine::MethodFunction(Kind kind, const String* name) {
  for (const MethodRow& row : kMethods) {
    if (row.kind != kind || row.method != name->view()) continue;
    const NativeFunction* native = FindNative(row.function, NativeScope::kPrelude);
    RUFF_CHECK(native != nullptr);
    if ((native->flags & NativeFunction::kPrelude) == 0) return Value::Native(native);
    return Value::Heap(RetainObject(PreludeFunction(native)));
  }
  return Value::Unset();
}

Function* Engine::Prelude(std::string_view name) {
  return PreludeFunction(FindNative(name, NativeScope::kPrelude));
}

Function* Engine::PreludeFunction(const NativeFunction* native) {
  if (prelude_.empty()) LoadPrelude();
  const auto found = prelude_.find(native->name);
  RUFF_CHECK(found != prelude_.end());
  return found->second;
}

void Engine::LoadPrelude() {
  // Prelude files see builtins only; a prelude function calls another one of its file as a global
  // of that file.
  const auto lookup = [](void*, std::string_view name) {
    const Value builtin = FindBuiltin(name, NativeScope::kPrelude);
    const bool in_ruff =
        builtin.Is(Kind::kNative) && (builtin.native->flags & NativeFunction::kPrelude) != 0;
    return in_ruff ? Value::Unset() : builtin;
  };
  for (const CompiledFile& file : CompiledPrelude()) {
    modules_.push_back(std::make_unique<LinkedModule>(
        std::make_unique<Module>(file.module), std::make_unique<SourceBuffer>(SourceOf(file.text)),
        lookup, nullptr));
    LinkedModule* linked = modules_.back().get();
    linked->set_prelude();
    for (uint32_t i = 1; i < linked->module().functions.size(); ++i) {
      CodeBlock* code = linked->code(i);
      const int32_t slot = linked->FindGlobal(code->proto->name);
      if (code->proto->is_lambda || slot < 0 || !code->proto->captures.empty()) continue;
      Function* function = NewFunction(code);
      code->native = FindNative(code->proto->name, NativeScope::kPrelude);
      Release(std::exchange(linked->globals()[slot], Value::Heap(RetainObject(function))));
      prelude_.emplace(code->proto->name, function);
    }
  }
}

}  // namespace ruff
