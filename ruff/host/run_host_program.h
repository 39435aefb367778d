// Runs a Ruff program with all builtins in the real world, for tests.

#ifndef RUFF_HOST_RUN_HOST_PROGRAM_H_
#define RUFF_HOST_RUN_HOST_PROGRAM_H_

#include <string>
#include <string_view>

#include "ruff/runtime/vm/capability.h"

namespace ruff {

// What the program prints; an uncaught error adds "! " and its message.
std::string RunHostProgram(std::string_view text,
                           const CapabilityPolicy& policy = CapabilityPolicy());

}  // namespace ruff

#endif  // RUFF_HOST_RUN_HOST_PROGRAM_H_
