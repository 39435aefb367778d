// The globals of an interactive session: a slot for every name, shared by all of its inputs.
//
// Each input is a module of its own, compiled with its own slot numbers. Adopt makes those numbers
// mean the session's slots, so that a function of an early input sees what a later one assigns.
// Slots never move: running code holds their address.

#ifndef RUFF_RUNTIME_VM_SESSION_GLOBALS_H_
#define RUFF_RUNTIME_VM_SESSION_GLOBALS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ruff/lang/bytecode/module.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// Finds what a global slot means before the program has bound it: a builtin, else Unset. Owned.
using GlobalDefault = Value (*)(void* context, std::string_view name);

class SessionGlobals {
 public:
  static constexpr uint32_t kMaxSlots = 1u << 20;

  SessionGlobals(GlobalDefault global_default, void* context);
  ~SessionGlobals();
  SessionGlobals(const SessionGlobals&) = delete;
  SessionGlobals& operator=(const SessionGlobals&) = delete;

  Value* values() { return values_; }
  // Names by slot.
  const std::vector<std::string>& names() const { return names_; }
  // The slot of `name`, made when there is none yet; -1 when no more can be made.
  int32_t Slot(std::string_view name);

  // Changes every slot in `module` to the session's and lists all of these as the module's globals.
  // False, with the module unusable, when there are not enough slots.
  bool Adopt(Module* module);

  // Has the program given `slot` a value of its own?
  bool IsBound(uint32_t slot) const;

 private:
  GlobalDefault global_default_;
  void* context_;
  Value* values_;  // room for kMaxSlots; memory is used as slots are made
  std::vector<std::string> names_;
  absl::flat_hash_map<std::string, uint32_t> slots_;
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_VM_SESSION_GLOBALS_H_
