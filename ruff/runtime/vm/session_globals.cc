#include "ruff/runtime/vm/session_globals.h"

#include <sys/mman.h>

#include <utility>

#include "ruff/base/check.h"
#include "ruff/lang/bytecode/operand.h"

namespace ruff {
namespace {

constexpr size_t kBytes = SessionGlobals::kMaxSlots * sizeof(Value);
constexpr Instruction kLowHalf = 0xffffffff;

// Every instruction with a slot keeps it in d, except those whose root word may name one.
void RenumberSlots(const std::vector<uint32_t>& slot_of, std::vector<Instruction>& code) {
  const auto with_slot = [&](Instruction i) {
    return (i & kLowHalf) | Instruction{slot_of[static_cast<uint32_t>(i >> 32)]} << 32;
  };
  for (size_t at = 0; at < code.size(); at += InfoOf(OpcodeOf(code[at])).size()) {
    const Opcode opcode = OpcodeOf(code[at]);
    if (InfoOf(opcode).b == OperandKind::kSlot) code[at] = with_slot(code[at]);
    const bool has_root = opcode == Opcode::kSetPath || opcode == Opcode::kTakePath;
    if (has_root && OperandX(code[at]) == static_cast<uint8_t>(PathRoot::kGlobal)) {
      code[at + 1] = with_slot(code[at + 1]);
    }
  }
}

}  // namespace

SessionGlobals::SessionGlobals(GlobalDefault global_default, void* context)
    : global_default_(global_default), context_(context) {
  void* room = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  RUFF_CHECK(room != MAP_FAILED);
  values_ = static_cast<Value*>(room);
}

SessionGlobals::~SessionGlobals() {
  for (size_t i = 0; i < names_.size(); ++i) Release(std::exchange(values_[i], Value::Unset()));
  munmap(values_, kBytes);
}

int32_t SessionGlobals::Slot(std::string_view name) {
  if (const auto found = slots_.find(name); found != slots_.end()) {
    return static_cast<int32_t>(found->second);
  }
  const auto slot = static_cast<uint32_t>(names_.size());
  if (slot == kMaxSlots) return -1;
  values_[slot] = global_default_(context_, name);
  names_.emplace_back(name);
  slots_.emplace(name, slot);
  return static_cast<int32_t>(slot);
}

bool SessionGlobals::Adopt(Module* module) {
  std::vector<uint32_t> slot_of;
  slot_of.reserve(module->globals.size());
  for (const Global& global : module->globals) {
    const int32_t slot = Slot(global.name);
    if (slot < 0) return false;
    slot_of.push_back(static_cast<uint32_t>(slot));
  }
  std::vector<Global> globals;
  globals.reserve(names_.size());
  for (const std::string& name : names_) globals.push_back({name, Global::Binding::kUnknown});
  for (size_t i = 0; i < slot_of.size(); ++i) {
    globals[slot_of[i]].binding = module->globals[i].binding;
  }
  module->globals = std::move(globals);
  for (FunctionProto& function : module->functions) RenumberSlots(slot_of, function.code);
  for (Export& e : module->exports) {
    if (!e.is_enum) e.slot = slot_of[e.slot];
  }
  return true;
}

bool SessionGlobals::IsBound(uint32_t slot) const {
  const Value value = values_[slot];
  if (value.Is(Kind::kUnset)) return false;
  const Value unbound = global_default_(context_, names_[slot]);
  const bool is_bound = !(unbound.tag == value.tag && unbound.i == value.i);
  Release(unbound);
  return is_bound;
}

}  // namespace ruff
