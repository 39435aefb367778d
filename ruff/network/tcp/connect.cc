#include "ruff/network/tcp/connect.h"

#include <errno.h>

#include <utility>

#include "ruff/base/os_error.h"
#include "ruff/network/socket/socket_text.h"
#include "ruff/network/tcp/tcp_value.h"

namespace ruff {

TcpConnect::TcpConnect(PendingCall call, std::string host, uint16_t port,
                       std::vector<IpAddress> addresses)
    : call_(std::move(call)),
      host_(std::move(host)),
      port_(port),
      addresses_(std::move(addresses)) {}

void TcpConnect::Start(PendingCall call, std::string host, uint16_t port,
                       std::vector<IpAddress> addresses) {
  std::make_shared<TcpConnect>(std::move(call), std::move(host), port, std::move(addresses))
      ->TryAddresses();
}

void TcpConnect::TryAddresses() {
  while (next_ < addresses_.size()) {
    const int error = StartConnect({addresses_[next_++], port_}, &socket_);
    if (error == 0) return Succeed();
    if (error == EINPROGRESS) {
      watch_ = call_.scheduler().poller().NewWatch(socket_.descriptor(), *this);
      watch_->Want(Watch::kWrite | Watch::kFinish,
                   call_.scheduler().DeadlineAfter(kConnectTimeoutMs));
      return;
    }
    GiveUpAddress(error);
  }
  call_.Throw(
      EndpointFailure("tcp_connect failed to connect to", host_, port_, OsErrorText(last_error_)));
}

void TcpConnect::Ready(bool timed_out) {
  const int error = timed_out ? ETIMEDOUT : ConnectError(socket_);
  watch_->Want(Watch::kNothing);
  watch_.reset();
  if (error == 0) return Succeed();
  GiveUpAddress(error);
  if (call_.is_wanted()) TryAddresses();
}

void TcpConnect::Succeed() { call_.Return(NewTcpStream(call_.scheduler(), std::move(socket_))); }

void TcpConnect::GiveUpAddress(int error) {
  last_error_ = error;
  socket_.Close();
}

}  // namespace ruff
