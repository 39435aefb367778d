// What the builtins on sockets have in common: limits, texts, and what they receive.

#ifndef RUFF_NETWORK_SOCKET_SOCKET_TEXT_H_
#define RUFF_NETWORK_SOCKET_SOCKET_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "ruff/runtime/value/value.h"

namespace ruff {

inline constexpr int64_t kSocketTimeoutMs = 30'000;   // of a read, of a write
inline constexpr int64_t kConnectTimeoutMs = 10'000;  // to an address

// "OPERATION: OSERR"; of EAGAIN: that it has timed out.
std::string SocketFailure(std::string_view operation, int error);
// "WHAT 'HOST:PORT': WHY".
std::string EndpointFailure(std::string_view what, std::string_view host, int64_t port,
                            std::string_view why);
// Why `size` cannot be received by the builtin `name`; empty when it can.
std::string CheckReceiveSize(std::string_view name, int64_t size);
// A string, or bytes when the data is no UTF-8; owned.
Value ReceivedValue(std::string_view data);

inline bool IsPort(int64_t number) { return number >= 0 && number <= 65'535; }
inline constexpr char kInvalidPort[] = "invalid port value";

}  // namespace ruff

#endif  // RUFF_NETWORK_SOCKET_SOCKET_TEXT_H_
