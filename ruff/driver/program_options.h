// How the options of a command line become those of a program.

#ifndef RUFF_DRIVER_PROGRAM_OPTIONS_H_
#define RUFF_DRIVER_PROGRAM_OPTIONS_H_

#include <optional>

#include "ruff/driver/arguments.h"
#include "ruff/driver/command.h"
#include "ruff/driver/program.h"

namespace ruff {

inline constexpr OptionId kCapabilityOptions[] = {
    OptionId::kUntrusted,
    OptionId::kAllowAll,
    OptionId::kAllowNet,
#define RUFF_CAPABILITY(Id, name, flag, purpose) OptionId::kAllow##Id,
#include "ruff/runtime/vm/capability.def"
};
inline constexpr OptionId kLimitOptions[] = {
    OptionId::kSchedulerTimeoutMs, OptionId::kTimeoutMs,    OptionId::kMaxInstructions,
    OptionId::kMaxMemory,          OptionId::kMaxCallDepth, OptionId::kMaxNesting,
};
inline constexpr OptionGroup kCapabilityGroup = {"Capabilities", kCapabilityOptions};
inline constexpr OptionGroup kLimitGroup = {"Limits", kLimitOptions};

// Everything but the entry path. Nothing after reporting a value that makes no sense (a usage
// error). Sets the environment variable RUFF_NET_DESTINATION_POLICY where the options imply it.
std::optional<ProgramOptions> ReadProgramOptions(const Arguments& arguments);

// The rights of a program: everything, unless an option denies or allows something in particular.
CapabilityPolicy ReadPolicy(const Arguments& arguments);

}  // namespace ruff

#endif  // RUFF_DRIVER_PROGRAM_OPTIONS_H_
