// Looking names up without keeping the program waiting.

#ifndef RUFF_NETWORK_SOCKET_LOOKUP_H_
#define RUFF_NETWORK_SOCKET_LOOKUP_H_

#include <string>

#include "absl/functional/any_invocable.h"
#include "ruff/async/core/poller.h"
#include "ruff/network/destination/resolve.h"

namespace ruff {

// Calls `found` on this thread, once, with the addresses of `host`: at once when it is an address
// itself. Not when the program ends before.
void LookUp(Poller& poller, std::string host, absl::AnyInvocable<void(AddressLookup)> found);

}  // namespace ruff

#endif  // RUFF_NETWORK_SOCKET_LOOKUP_H_
