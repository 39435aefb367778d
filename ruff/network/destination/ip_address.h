// An IPv4 or IPv6 address.

#ifndef RUFF_NETWORK_DESTINATION_IP_ADDRESS_H_
#define RUFF_NETWORK_DESTINATION_IP_ADDRESS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>

struct sockaddr;
struct sockaddr_storage;

namespace ruff {

class IpAddress {
 public:
  // "127.0.0.1", "::1" (no brackets, no port, no zone).
  static std::optional<IpAddress> Parse(const std::string& text);
  // Of a socket address; none when it is of another family.
  static std::optional<IpAddress> Of(const sockaddr* address);

  std::string Text() const;
  bool is_v6() const { return is_v6_; }
  // Writes the socket address of a port here; returns its size in bytes.
  uint32_t Fill(uint16_t port, sockaddr_storage* out) const;
  // Is it of a private network, of this machine or of a group: nothing that the open internet can
  // be reached by?
  bool IsPrivate() const;

  bool operator==(const IpAddress&) const = default;

 private:
  bool is_v6_ = false;
  std::array<uint8_t, 16> bytes_ = {};  // the first four of an IPv4 address
};

}  // namespace ruff

#endif  // RUFF_NETWORK_DESTINATION_IP_ADDRESS_H_
