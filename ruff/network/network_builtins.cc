#include "ruff/network/network_builtins.h"

#include "ruff/network/ai/families.h"
#include "ruff/network/http_client/families.h"
#include "ruff/network/http_server/families.h"
#include "ruff/network/oauth2/families.h"
#include "ruff/network/tcp/families.h"
#include "ruff/network/udp/families.h"
#include "ruff/runtime/builtins/registry.h"

namespace ruff {

void RegisterNetworkBuiltins() {
  static const bool registered = [] {
    AddNatives(HttpClientBuiltins());
    AddNatives(HttpServerBuiltins());
    AddNatives(HttpResponseBuiltins());
    AddNatives(Oauth2Builtins());
    AddNatives(AiBuiltins());
    AddNatives(TcpBuiltins());
    AddNatives(UdpBuiltins());
    return true;
  }();
  (void)registered;
}

}  // namespace ruff
