// Proxies, as the environment names them.

#ifndef RUFF_NETWORK_HTTP_CLIENT_PROXY_H_
#define RUFF_NETWORK_HTTP_CLIENT_PROXY_H_

#include <string>
#include <string_view>

namespace ruff {

struct ProxySettings {
  std::string http;  // for http URLs; empty: none
  std::string https;
  std::string except;  // hosts that are reached without a proxy, separated by commas

  const std::string& ForScheme(std::string_view scheme) const {
    return scheme == "https" ? https : http;
  }
};

// HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in small or capital letters, as they are now.
ProxySettings ReadProxySettings();

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_CLIENT_PROXY_H_
