#ifndef RUFF_HOST_HOST_BUILTINS_H_
#define RUFF_HOST_HOST_BUILTINS_H_

namespace ruff {

// Adds the builtins of this room to the registry. Before the first engine is made; later calls do
// nothing.
void RegisterHostBuiltins();

}  // namespace ruff

#endif  // RUFF_HOST_HOST_BUILTINS_H_
