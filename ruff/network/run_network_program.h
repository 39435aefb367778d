// Runs a Ruff program that uses the network in the real world, for tests.

#ifndef RUFF_NETWORK_RUN_NETWORK_PROGRAM_H_
#define RUFF_NETWORK_RUN_NETWORK_PROGRAM_H_

#include <string>
#include <string_view>

#include "ruff/runtime/vm/capability.h"

namespace ruff {

// As RunHostProgram (ruff/host/run_host_program.h). For every "$A" … "$Z" in the text stands a port
// of the loopback interface that is free.
std::string RunNetworkProgram(std::string_view text,
                              const CapabilityPolicy& policy = CapabilityPolicy());

}  // namespace ruff

#endif  // RUFF_NETWORK_RUN_NETWORK_PROGRAM_H_
