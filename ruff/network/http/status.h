// Status codes of HTTP responses.

#ifndef RUFF_NETWORK_HTTP_STATUS_H_
#define RUFF_NETWORK_HTTP_STATUS_H_

#include <string>
#include <string_view>

namespace ruff {

// "Not Found"; empty for a code that is not registered.
std::string_view StatusReason(int code);
// "404 Not Found", "299 <unknown status code>".
std::string StatusText(int code);

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_STATUS_H_
