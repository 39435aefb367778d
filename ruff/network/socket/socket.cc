#include "ruff/network/socket/socket.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace ruff {
namespace {

constexpr int kBacklog = 1024;
constexpr uint64_t kLeastRoom = 4'096;
constexpr uint64_t kMostDatagramBytes = 65'536;

#if defined(MSG_NOSIGNAL)
constexpr int kSendFlags = MSG_NOSIGNAL;
#else
constexpr int kSendFlags = 0;
#endif

sockaddr* Generic(sockaddr_storage* address) { return reinterpret_cast<sockaddr*>(address); }

void SetFlag(int descriptor, int level, int option) {
  const int on = 1;
  setsockopt(descriptor, level, option, &on, sizeof on);
}

#if defined(SOCK_CLOEXEC)
int NewSocket(int family, int type) {
  return socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}
int AcceptFrom(int listener) {
  return accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
}
#else
int Prepare(int descriptor) {
  if (descriptor < 0) return descriptor;
  fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
  SetFlag(descriptor, SOL_SOCKET, SO_NOSIGPIPE);
  return descriptor;
}
int NewSocket(int family, int type) { return Prepare(socket(family, type, 0)); }
int AcceptFrom(int listener) { return Prepare(accept(listener, nullptr, nullptr)); }
#endif

int Open(const Endpoint& endpoint, int type, Socket* out) {
  const int descriptor = NewSocket(endpoint.address.is_v6() ? AF_INET6 : AF_INET, type);
  if (descriptor < 0) return errno;
  *out = Socket(descriptor);
  return 0;
}

int Bind(const Endpoint& at, const Socket& socket) {
  sockaddr_storage address;
  const socklen_t size = at.address.Fill(at.port, &address);
  return bind(socket.descriptor(), Generic(&address), size) == 0 ? 0 : errno;
}

// Does not wait for more to be sent with it.
void SendAtOnce(const Socket& socket) { SetFlag(socket.descriptor(), IPPROTO_TCP, TCP_NODELAY); }

uint16_t PortOf(const sockaddr_storage& address) {
  return ntohs(address.ss_family == AF_INET6
                   ? reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port
                   : reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

Endpoint EndpointOf(sockaddr_storage* address) {
  return {IpAddress::Of(Generic(address)).value_or(IpAddress()), PortOf(*address)};
}

bool IsBlocked(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

// Of a call that returned `result`.
int ErrorOf(ssize_t result) { return result >= 0 ? 0 : IsBlocked(errno) ? EAGAIN : errno; }

// Calls until no signal interrupts.
template <typename F>
ssize_t Uninterrupted(F call) {
  ssize_t result;
  do {
    result = call();
  } while (result < 0 && errno == EINTR);
  return result;
}

}  // namespace

void Socket::Close() {
  if (is_open()) close(std::exchange(descriptor_, -1));
}

std::string Endpoint::Text() const {
  return address.is_v6() ? absl::StrCat("[", address.Text(), "]:", port)
                         : absl::StrCat(address.Text(), ":", port);
}

int Listen(const Endpoint& at, Socket* out) {
  Socket socket;
  int error = Open(at, SOCK_STREAM, &socket);
  if (error == 0) {
    SetFlag(socket.descriptor(), SOL_SOCKET, SO_REUSEADDR);
    error = Bind(at, socket);
  }
  if (error == 0 && listen(socket.descriptor(), kBacklog) != 0) error = errno;
  if (error == 0) *out = std::move(socket);
  return error;
}

int BindDatagrams(const Endpoint& at, Socket* out) {
  Socket socket;
  int error = Open(at, SOCK_DGRAM, &socket);
  if (error == 0) error = Bind(at, socket);
  if (error == 0) *out = std::move(socket);
  return error;
}

int StartConnect(const Endpoint& to, Socket* out) {
  if (const int error = Open(to, SOCK_STREAM, out)) return error;
  SendAtOnce(*out);
  sockaddr_storage address;
  const socklen_t size = to.address.Fill(to.port, &address);
  if (connect(out->descriptor(), Generic(&address), size) == 0) return 0;
  return errno == EINTR ? EINPROGRESS : errno;
}

int ConnectError(const Socket& socket) {
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(socket.descriptor(), SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

int Accept(const Socket& listener, Socket* out) {
  int descriptor;
  do {
    descriptor = AcceptFrom(listener.descriptor());
  } while (descriptor < 0 && (errno == EINTR || errno == ECONNABORTED));
  if (descriptor < 0) return ErrorOf(descriptor);
  *out = Socket(descriptor);
  SendAtOnce(*out);
  return 0;
}

Endpoint LocalEndpoint(const Socket& socket) {
  sockaddr_storage address = {};
  socklen_t size = sizeof address;
  getsockname(socket.descriptor(), Generic(&address), &size);
  return EndpointOf(&address);
}

int Send(const Socket& socket, std::string_view data, size_t* sent) {
  *sent = 0;
  while (*sent < data.size()) {
    const ssize_t n = Uninterrupted([&] {
      return send(socket.descriptor(), data.data() + *sent, data.size() - *sent, kSendFlags);
    });
    if (n < 0) return ErrorOf(n);
    *sent += static_cast<size_t>(n);
  }
  return 0;
}

int Receive(const Socket& socket, uint64_t size, std::string* data) {
  // One call takes all that has come: a second one could take an error, which is told only once.
  int arrived = 0;
  ioctl(socket.descriptor(), FIONREAD, &arrived);
  const size_t before = data->size();
  const size_t wanted = std::min(size, std::max(kLeastRoom, static_cast<uint64_t>(arrived)));
  data->resize(before + wanted);
  const ssize_t n =
      Uninterrupted([&] { return recv(socket.descriptor(), data->data() + before, wanted, 0); });
  data->resize(before + static_cast<size_t>(std::max<ssize_t>(n, 0)));
  return ErrorOf(n);
}

void FinishSending(const Socket& socket) { shutdown(socket.descriptor(), SHUT_WR); }

int SendDatagram(const Socket& socket, std::string_view data, const Endpoint& to) {
  sockaddr_storage address;
  const socklen_t size = to.address.Fill(to.port, &address);
  return ErrorOf(Uninterrupted([&] {
    return sendto(socket.descriptor(), data.data(), data.size(), kSendFlags, Generic(&address),
                  size);
  }));
}

int ReceiveDatagram(const Socket& socket, uint64_t size, std::string* data, Endpoint* from) {
  char block[kMostDatagramBytes];
  sockaddr_storage address = {};
  const ssize_t n = Uninterrupted([&] {
    socklen_t address_size = sizeof address;
    return recvfrom(socket.descriptor(), block, std::min(size, kMostDatagramBytes), 0,
                    Generic(&address), &address_size);
  });
  if (n < 0) return ErrorOf(n);
  data->assign(block, static_cast<size_t>(n));
  *from = EndpointOf(&address);
  return 0;
}

}  // namespace ruff
