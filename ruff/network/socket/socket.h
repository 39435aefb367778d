// Sockets of the operating system: never blocking, not inherited by children.
//
// Errors are values of errno, 0 being success.

#ifndef RUFF_NETWORK_SOCKET_SOCKET_H_
#define RUFF_NETWORK_SOCKET_SOCKET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "ruff/network/destination/ip_address.h"

namespace ruff {

// Owns a descriptor.
class Socket {
 public:
  Socket() = default;
  explicit Socket(int owned_descriptor) : descriptor_(owned_descriptor) {}
  ~Socket() { Close(); }
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  void Close();

 private:
  int descriptor_ = -1;
};

struct Endpoint {
  IpAddress address;
  uint16_t port = 0;

  // "127.0.0.1:80", "[::1]:80".
  std::string Text() const;
};

// Each makes *out a new socket.
int Listen(const Endpoint& at, Socket* out);
int BindDatagrams(const Endpoint& at, Socket* out);
// EINPROGRESS: once the socket can be written to, ConnectError tells.
int StartConnect(const Endpoint& to, Socket* out);
int ConnectError(const Socket& socket);
// A connection that has come in. EAGAIN: there is none.
int Accept(const Socket& listener, Socket* out);

// Where the socket is bound to.
Endpoint LocalEndpoint(const Socket& socket);

// Sends from the beginning of `data`; *sent is how many bytes went. EAGAIN: not all of them.
int Send(const Socket& socket, std::string_view data, size_t* sent);
// Appends what has come, at most `size` >= 1 bytes. Nothing appended and 0: the end. EAGAIN:
// nothing has come yet.
int Receive(const Socket& socket, uint64_t size, std::string* data);
// The sender sends no more.
void FinishSending(const Socket& socket);

int SendDatagram(const Socket& socket, std::string_view data, const Endpoint& to);
// The first `size` bytes of the next datagram.
int ReceiveDatagram(const Socket& socket, uint64_t size, std::string* data, Endpoint* from);

}  // namespace ruff

#endif  // RUFF_NETWORK_SOCKET_SOCKET_H_
