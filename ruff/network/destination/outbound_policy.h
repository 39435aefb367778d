// Where a program may connect to, as the environment says.

#ifndef RUFF_NETWORK_DESTINATION_OUTBOUND_POLICY_H_
#define RUFF_NETWORK_DESTINATION_OUTBOUND_POLICY_H_

#include <string>
#include <string_view>

#include "absl/types/span.h"
#include "ruff/network/destination/ip_address.h"

namespace ruff {

struct OutboundPolicy {
  bool deny_private = false;
  // Not empty: the environment makes no sense, and every call that connects fails with this text.
  std::string error;
};

// RUFF_NET_DESTINATION_POLICY and RUFF_ALLOW_PRIVATE_NETWORK_DESTINATIONS as they are now.
OutboundPolicy ReadOutboundPolicy();

// May a call whose messages begin with `surface` ("HTTP GET") connect to a host with these
// addresses? The message if not, else empty.
std::string CheckDestination(const OutboundPolicy& policy, std::string_view surface,
                             absl::Span<const IpAddress> addresses);
// The message when the addresses to be checked could not be found.
std::string UnresolvedDestination(std::string_view host, int port, std::string_view error);

}  // namespace ruff

#endif  // RUFF_NETWORK_DESTINATION_OUTBOUND_POLICY_H_
