// Streams and listeners as values of programs.

#ifndef RUFF_NETWORK_TCP_TCP_VALUE_H_
#define RUFF_NETWORK_TCP_TCP_VALUE_H_

#include <memory>
#include <string_view>
#include <utility>

#include "ruff/network/socket/socket.h"
#include "ruff/network/tcp/listener.h"
#include "ruff/network/tcp/stream.h"
#include "ruff/runtime/value/handle.h"

namespace ruff {

struct TcpStreamHandle final : HandleState {
  static constexpr std::string_view kType = "tcpstream";

  explicit TcpStreamHandle(std::shared_ptr<TcpStream> s) : stream(std::move(s)) {}
  std::string_view type() const override { return kType; }
  std::string_view title() const override { return "TcpStream"; }
  bool has_fields() const override { return false; }

  const std::shared_ptr<TcpStream> stream;
};

struct TcpListenerHandle final : HandleState {
  static constexpr std::string_view kType = "tcplistener";

  explicit TcpListenerHandle(std::shared_ptr<TcpListener> l) : listener(std::move(l)) {}
  std::string_view type() const override { return kType; }
  std::string_view title() const override { return "TcpListener"; }
  bool has_fields() const override { return false; }

  const std::shared_ptr<TcpListener> listener;
};

inline Value NewTcpStream(Scheduler& scheduler, Socket socket) {
  return NewHandle(
      std::make_unique<TcpStreamHandle>(std::make_shared<TcpStream>(scheduler, std::move(socket))));
}
inline Value NewTcpListener(Scheduler& scheduler, Socket socket) {
  return NewHandle(std::make_unique<TcpListenerHandle>(
      std::make_shared<TcpListener>(scheduler, std::move(socket))));
}

}  // namespace ruff

#endif  // RUFF_NETWORK_TCP_TCP_VALUE_H_
