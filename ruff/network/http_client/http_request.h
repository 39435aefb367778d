// A request as a builtin makes it, and what becomes of it.

#ifndef RUFF_NETWORK_HTTP_CLIENT_HTTP_REQUEST_H_
#define RUFF_NETWORK_HTTP_CLIENT_HTTP_REQUEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ruff/network/destination/outbound_policy.h"
#include "ruff/network/http/body_limit.h"
#include "ruff/network/http/header.h"
#include "ruff/network/http_client/proxy.h"

namespace ruff {

inline constexpr int64_t kDefaultHttpTimeoutMs = 30'000;

// How error messages begin: "HTTP GET", and the same or more once the request is being sent.
struct Surface {
  std::string_view name;
  std::string_view sending = name;
};

struct HttpRequest {
  Surface surface;
  std::string method = "GET";  // a token
  std::string url = {};        // as the program gave it
  HeaderList headers = {};     // as the program gave them, distinct names
  std::optional<std::string> body = std::nullopt;
  int64_t timeout_ms = kDefaultHttpTimeoutMs;  // from connecting to the last byte; at least 1

  // The environment at the time of the call.
  OutboundPolicy policy = ReadOutboundPolicy();
  ProxySettings proxies = ReadProxySettings();
  uint64_t body_limit = BodyLimit();
};

struct HttpResponse {
  std::string error;  // the whole message; not empty: there is no response
  int status = 0;
  HeaderList headers;  // in order, repeated ones too
  std::string body;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_CLIENT_HTTP_REQUEST_H_
