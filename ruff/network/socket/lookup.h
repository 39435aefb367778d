// From a host's name to a socket, without keeping the program waiting.

#ifndef RUFF_NETWORK_SOCKET_LOOKUP_H_
#define RUFF_NETWORK_SOCKET_LOOKUP_H_

#include <cstdint>
#include <string>

#include "absl/functional/any_invocable.h"
#include "ruff/network/destination/resolve.h"
#include "ruff/network/socket/pending_call.h"
#include "ruff/network/socket/socket.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// What a builtin returns that needs the addresses of `host`. `found` ends its call; it is called on
// this thread, once: at once when `host` is an address itself, never when the program ends before.
Value LookUp(NativeContext& context, std::string host,
             absl::AnyInvocable<void(PendingCall, AddressLookup)> found);

// Opens a socket with `open`, which returns an errno, at the first address where that succeeds.
// False, with the reason in `*why`, when it does nowhere.
bool OpenAtFirst(const AddressLookup& lookup, uint16_t port, int (*open)(const Endpoint&, Socket*),
                 Socket* socket, std::string* why);

}  // namespace ruff

#endif  // RUFF_NETWORK_SOCKET_LOOKUP_H_
