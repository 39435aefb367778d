// Requests as handlers get them.

#ifndef RUFF_NETWORK_HTTP_SERVER_REQUEST_VALUE_H_
#define RUFF_NETWORK_HTTP_SERVER_REQUEST_VALUE_H_

#include <string_view>

#include "absl/types/span.h"
#include "ruff/network/http_server/router.h"
#include "ruff/network/http_server/server_message.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// The target before "?".
inline std::string_view PathOf(const ServerRequest& request) {
  return std::string_view(request.target).substr(0, request.target.find('?'));
}

// An owned dict.
Value NewRequestValue(const ServerRequest& request, absl::Span<const Router::Parameter> parameters);

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_SERVER_REQUEST_VALUE_H_
