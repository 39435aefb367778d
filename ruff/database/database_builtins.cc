#include "ruff/database/database_builtins.h"

#include "ruff/database/families.h"
#include "ruff/runtime/builtins/registry.h"

namespace ruff {

void RegisterDatabaseBuiltins() {
  static const bool registered = [] {
    AddNatives(ConnectionBuiltins());
    AddNatives(PoolBuiltins());
    return true;
  }();
  (void)registered;
}

}  // namespace ruff
