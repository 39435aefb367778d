// The builtins of this room.

#ifndef RUFF_NETWORK_NETWORK_BUILTINS_H_
#define RUFF_NETWORK_NETWORK_BUILTINS_H_

namespace ruff {

// Adds them to the registry. Before the first engine is made; later calls do nothing.
void RegisterNetworkBuiltins();

}  // namespace ruff

#endif  // RUFF_NETWORK_NETWORK_BUILTINS_H_
