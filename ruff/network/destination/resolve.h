// Names to addresses.

#ifndef RUFF_NETWORK_DESTINATION_RESOLVE_H_
#define RUFF_NETWORK_DESTINATION_RESOLVE_H_

#include <string>
#include <vector>

#include "ruff/network/destination/ip_address.h"

namespace ruff {

struct AddressLookup {
  std::vector<IpAddress> addresses;  // in order of preference, distinct
  // Why there are none: "failed to lookup address information: Name or service not known".
  std::string error;
};

// The addresses of a host for TCP. Blocks, possibly for long.
AddressLookup Resolve(const std::string& host);

}  // namespace ruff

#endif  // RUFF_NETWORK_DESTINATION_RESOLVE_H_
