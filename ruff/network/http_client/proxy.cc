#include "ruff/network/http_client/proxy.h"

#include <stdlib.h>

namespace ruff {
namespace {

std::string Read(const char* lower, const char* upper) {
  for (const char* name : {lower, upper}) {
    const char* value = getenv(name);
    if (value != nullptr && *value != 0) return value;
  }
  return "";
}

}  // namespace

ProxySettings ReadProxySettings() {
  return {.http = Read("http_proxy", "HTTP_PROXY"),
          .https = Read("https_proxy", "HTTPS_PROXY"),
          .except = Read("no_proxy", "NO_PROXY")};
}

}  // namespace ruff
