#include "ruff/network/network_builtins.h"

#include "ruff/network/http_client/families.h"
#include "ruff/runtime/builtins/registry.h"

namespace ruff {

void RegisterNetworkBuiltins() {
  static const bool registered = [] {
    AddNatives(HttpClientBuiltins());
    return true;
  }();
  (void)registered;
}

}  // namespace ruff
