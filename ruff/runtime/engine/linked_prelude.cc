#include "ruff/runtime/engine/linked_prelude.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/lang/frontend/frontend.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/prelude/prelude.h"

namespace ruff {
namespace {

SourceBuffer SourceOf(const PreludeFile& file) {
  auto source =
      SourceBuffer::FromText(absl::StrCat("<prelude>/", file.name), std::string(file.text));
  RUFF_CHECK(source.ok());
  return *std::move(source);
}

// A function declared at the top of a file: a global of the file.
struct TopFunction {
  uint32_t function;  // in the module
  uint32_t slot;
  const NativeFunction* native;  // its row; null when only its file uses it
};
struct CompiledFile {
  Module module;
  std::vector<TopFunction> functions;
};
struct Place {
  size_t file;
  uint32_t slot;
};
struct CompiledPrelude {
  std::vector<CompiledFile> files;  // as PreludeFiles()
  absl::flat_hash_map<const NativeFunction*, Place> places;
};

std::vector<TopFunction> TopFunctions(const Module& module) {
  absl::flat_hash_map<std::string_view, uint32_t> slots;
  for (uint32_t i = 0; i < module.globals.size(); ++i) slots.emplace(module.globals[i].name, i);
  std::vector<TopFunction> result;
  for (uint32_t i = 1; i < module.functions.size(); ++i) {
    const FunctionProto& function = module.functions[i];
    const auto slot = slots.find(function.name);
    if (function.is_lambda || slot == slots.end() || !function.captures.empty()) continue;
    result.push_back({i, slot->second, FindNative(function.name, NativeScope::kPrelude)});
  }
  return result;
}

CompiledPrelude Compile() {
  CompiledPrelude compiled;
  for (const PreludeFile& file : PreludeFiles()) {
    DiagnosticList diagnostics;
    Phase failed;
    std::unique_ptr<Module> module =
        CompileSource(SourceOf(file), FrontendOptions(), &diagnostics, &failed);
    RUFF_CHECK(module != nullptr);
    std::vector<TopFunction> functions = TopFunctions(*module);
    for (const TopFunction& top : functions) {
      compiled.places.emplace(top.native, Place{compiled.files.size(), top.slot});
    }
    compiled.files.push_back({*std::move(module), std::move(functions)});
  }
  return compiled;
}

const CompiledPrelude& Compiled() {
  static const auto* const compiled = new CompiledPrelude(Compile());
  return *compiled;
}

// Prelude files see builtins only; a prelude function calls another one of its file as a global of
// that file.
Value GlobalOfPrelude(void*, std::string_view name) {
  const Value builtin = FindBuiltin(name, NativeScope::kPrelude);
  const bool in_ruff =
      builtin.Is(Kind::kNative) && (builtin.native->flags & NativeFunction::kPrelude) != 0;
  return in_ruff ? Value::Unset() : builtin;
}

}  // namespace

Function* LinkedPrelude::Find(const NativeFunction* native) {
  const auto place = Compiled().places.find(native);
  RUFF_CHECK(place != Compiled().places.end());
  return LinkFile(place->second.file)->globals()[place->second.slot].As<Function>();
}

void LinkedPrelude::ReleaseGlobals() {
  for (auto& file : files_) {
    if (file != nullptr) file->ReleaseGlobals();
  }
}

LinkedModule* LinkedPrelude::LinkFile(size_t file) {
  files_.resize(PreludeFiles().size());
  std::unique_ptr<LinkedModule>& linked = files_[file];
  if (linked != nullptr) return linked.get();
  const CompiledFile& compiled = Compiled().files[file];
  linked = std::make_unique<LinkedModule>(
      std::make_unique<Module>(compiled.module),
      std::make_unique<SourceBuffer>(SourceOf(PreludeFiles()[file])), &GlobalOfPrelude, nullptr);
  linked->set_prelude();
  for (const TopFunction& top : compiled.functions) {
    CodeBlock* code = linked->code(top.function);
    code->native = top.native;
    Release(std::exchange(linked->globals()[top.slot], Value::Heap(NewFunction(code))));
  }
  return linked.get();
}

}  // namespace ruff
