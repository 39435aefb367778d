#include "ruff/network/destination/resolve.h"

#include <errno.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ruff/base/os_error.h"

namespace ruff {

AddressLookup Resolve(const std::string& host) {
  addrinfo hints = {};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int status = getaddrinfo(host.c_str(), nullptr, &hints, &found);
  if (status == EAI_SYSTEM) return {.error = OsErrorText(errno)};
  if (status != 0) {
    return {.error = absl::StrCat("failed to lookup address information: ", gai_strerror(status))};
  }
  AddressLookup lookup;
  std::vector<IpAddress>& addresses = lookup.addresses;
  for (const addrinfo* next = found; next != nullptr; next = next->ai_next) {
    const auto address = IpAddress::Of(next->ai_addr);
    if (address && std::find(addresses.begin(), addresses.end(), *address) == addresses.end()) {
      addresses.push_back(*address);
    }
  }
  freeaddrinfo(found);
  return lookup;
}

}  // namespace ruff
