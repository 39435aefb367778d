// What a program may do outside itself. Each builtin that touches the host names one capability in
// its table row; the VM asks the policy in one place, before the call.

#ifndef RUFF_RUNTIME_VM_CAPABILITY_H_
#define RUFF_RUNTIME_VM_CAPABILITY_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace ruff {

enum class Capability : uint8_t {
  kNone,
#define RUFF_CAPABILITY(name, text, flag, purpose) k##name,
#include "ruff/runtime/vm/capability.def"
  kCount,
};

class CapabilityPolicy {
 public:
  // Everything is allowed.
  CapabilityPolicy() : allowed_(~0u) {}

  void DenyAll() { allowed_ = 1u << static_cast<int>(Capability::kNone); }
  void Allow(Capability c) { allowed_ |= 1u << static_cast<int>(c); }
  bool Allows(Capability c) const { return (allowed_ >> static_cast<int>(c) & 1) != 0; }

 private:
  uint32_t allowed_;
};

// "filesystem-read".
std::string_view CapabilityName(Capability c);
// The word after --allow-: "fs-read".
std::string_view CapabilityFlag(Capability c);
// What it lets a program do: "know the time, and wait".
std::string_view CapabilityPurpose(Capability c);
// "Capability denied: clock required for now; rerun with --allow-clock".
std::string DenialMessage(Capability c, std::string_view native);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VM_CAPABILITY_H_
