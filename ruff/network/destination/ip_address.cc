#include "ruff/network/destination/ip_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include <algorithm>

namespace ruff {
namespace {

// 10/8, 172.16/12, 192.168/16, loopback, link-local, multicast, unspecified.
bool IsPrivateV4(const uint8_t* b) {
  return b[0] == 10 || (b[0] == 172 && (b[1] & 0xf0) == 16) || (b[0] == 192 && b[1] == 168) ||
         b[0] == 127 || (b[0] == 169 && b[1] == 254) || (b[0] & 0xf0) == 0xe0 ||
         (b[0] | b[1] | b[2] | b[3]) == 0;
}

// Unspecified, loopback, multicast, unique local, link-local; an IPv4-mapped address is what it
// maps.
bool IsPrivateV6(const uint8_t* b) {
  const bool begins_with_zeros = std::all_of(b, b + 10, [](uint8_t byte) { return byte == 0; });
  if (begins_with_zeros && b[10] == 0xff && b[11] == 0xff) return IsPrivateV4(b + 12);
  if (begins_with_zeros && std::all_of(b + 10, b + 15, [](uint8_t byte) { return byte == 0; })) {
    return b[15] <= 1;
  }
  return b[0] == 0xff || (b[0] & 0xfe) == 0xfc || (b[0] == 0xfe && (b[1] & 0xc0) == 0x80);
}

}  // namespace

std::optional<IpAddress> IpAddress::Parse(const std::string& text) {
  IpAddress address;
  if (inet_pton(AF_INET, text.c_str(), address.bytes_.data()) == 1) return address;
  address.is_v6_ = true;
  if (inet_pton(AF_INET6, text.c_str(), address.bytes_.data()) == 1) return address;
  return std::nullopt;
}

std::optional<IpAddress> IpAddress::Of(const sockaddr* address) {
  IpAddress ip;
  if (address->sa_family == AF_INET) {
    memcpy(ip.bytes_.data(), &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, 4);
  } else if (address->sa_family == AF_INET6) {
    ip.is_v6_ = true;
    memcpy(ip.bytes_.data(), &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, 16);
  } else {
    return std::nullopt;
  }
  return ip;
}

std::string IpAddress::Text() const {
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(is_v6_ ? AF_INET6 : AF_INET, bytes_.data(), text, sizeof(text));
  return text;
}

uint32_t IpAddress::Fill(uint16_t port, sockaddr_storage* out) const {
  memset(out, 0, sizeof *out);
  if (is_v6_) {
    auto* v6 = reinterpret_cast<sockaddr_in6*>(out);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    memcpy(&v6->sin6_addr, bytes_.data(), 16);
    return sizeof *v6;
  }
  auto* v4 = reinterpret_cast<sockaddr_in*>(out);
  v4->sin_family = AF_INET;
  v4->sin_port = htons(port);
  memcpy(&v4->sin_addr, bytes_.data(), 4);
  return sizeof *v4;
}

bool IpAddress::IsPrivate() const {
  return is_v6_ ? IsPrivateV6(bytes_.data()) : IsPrivateV4(bytes_.data());
}

}  // namespace ruff
