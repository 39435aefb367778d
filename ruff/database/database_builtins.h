// The builtins of this room.

#ifndef RUFF_DATABASE_DATABASE_BUILTINS_H_
#define RUFF_DATABASE_DATABASE_BUILTINS_H_

namespace ruff {

// Adds them to the registry. Before the first engine is made; later calls do nothing.
void RegisterDatabaseBuiltins();

}  // namespace ruff

#endif  // RUFF_DATABASE_DATABASE_BUILTINS_H_
