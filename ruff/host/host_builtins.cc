#include "ruff/host/host_builtins.h"

#include "ruff/host/families.h"
#include "ruff/runtime/builtins/registry.h"

namespace ruff {

void RegisterHostBuiltins() {
  static const bool registered = [] {
#define RUFF_FAMILY(name) AddNatives(name##Builtins());
#include "ruff/host/families.def"
    return true;
  }();
  (void)registered;
}

}  // namespace ruff
