// An engine: a VM together with what gives names a meaning — builtins, the prelude, and modules on
// disk.

#ifndef RUFF_RUNTIME_ENGINE_ENGINE_H_
#define RUFF_RUNTIME_ENGINE_ENGINE_H_

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ruff/lang/bytecode/module.h"
#include "ruff/lang/source/source_buffer.h"
#include "ruff/runtime/engine/linked_prelude.h"
#include "ruff/runtime/engine/module_loader.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/hooks.h"
#include "ruff/runtime/vm/link.h"
#include "ruff/runtime/vm/session_globals.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {

class Engine : public NativeLookup {
 public:
  // `entry_path`: the script's path as given, for module search; empty when there is none.
  Engine(const VmOptions& options, std::string entry_path);
  ~Engine() override;

  Vm& vm() { return vm_; }
  FileModuleLoader& loader() { return loader_; }

  // Makes a compiled file ready to run; the engine keeps it as long as it lives.
  LinkedModule* Link(std::unique_ptr<Module> module, std::unique_ptr<SourceBuffer> source);
  // The globals of an interactive session, for LinkInput. They are destroyed before the engine.
  std::unique_ptr<SessionGlobals> NewSession();
  // As Link, for an input that `session` (borrowed) has adopted.
  LinkedModule* LinkInput(std::unique_ptr<Module> module, std::unique_ptr<SourceBuffer> source,
                          SessionGlobals* session);
  // The function that runs a file's file level. Owned by the caller.
  Function* FileFunction(LinkedModule* module);

  Value Global(std::string_view name) override;
  Value Method(Value receiver, String* name, std::string* error) override;
  Function* Prelude(std::string_view name) override;

 private:
  Value MethodFunction(Kind kind, std::string_view name);

  Vm vm_;
  FileModuleLoader loader_;
  std::deque<std::unique_ptr<LinkedModule>> modules_;
  LinkedPrelude prelude_;
  // Methods of builtin kinds that have been called, by interned name; both owned.
  absl::flat_hash_map<std::pair<Kind, String*>, Value> methods_;
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_ENGINE_ENGINE_H_
