#include "ruff/network/tcp/listener.h"

#include <errno.h>

#include <iterator>
#include <memory>
#include <utility>

#include "ruff/network/socket/socket_text.h"
#include "ruff/network/tcp/tcp_value.h"

namespace ruff {
namespace {

constexpr char kAccepting[] = "Failed to accept connection";
constexpr char kClosed[] = "tcp_accept failed: listener is closed";

}  // namespace

TcpListener::TcpListener(Scheduler& scheduler, Socket socket)
    : scheduler_(scheduler), socket_(std::move(socket)) {}

Value TcpListener::Accept(NativeContext& context) {
  if (!is_open()) return context.Fail(kClosed);
  if (accepts_.empty()) {
    Socket accepted;
    const int error = ruff::Accept(socket_, &accepted);
    if (error == 0) return NewTcpStream(scheduler_, std::move(accepted));
    if (error != EAGAIN) return context.Fail(SocketFailure(kAccepting, error));
  }
  if (is_nonblocking_) return context.Fail(SocketFailure(kAccepting, EAGAIN));
  accepts_.emplace_back(scheduler_);
  const auto call = std::prev(accepts_.end());
  call->WhenCancelled([this, call] {
    const std::shared_ptr<Watcher> self = shared_from_this();
    accepts_.erase(call);
    WaitForMore();
  });
  WaitForMore();
  return call->Awaited();
}

void TcpListener::Close() {
  if (!is_open()) return;
  for (PendingCall& call : accepts_) call.Throw(kClosed);
  accepts_.clear();
  WaitForMore();
  watch_.reset();
  socket_.Close();
}

void TcpListener::Ready(bool) {
  if (!is_open()) return;
  for (; !accepts_.empty(); accepts_.pop_front()) {
    PendingCall& call = accepts_.front();
    Socket accepted;
    const int error = ruff::Accept(socket_, &accepted);
    if (error == EAGAIN) break;
    if (error == 0) {
      call.Return(NewTcpStream(scheduler_, std::move(accepted)));
    } else {
      call.Throw(SocketFailure(kAccepting, error));
    }
  }
  WaitForMore();
}

void TcpListener::WaitForMore() {
  if (watch_ == nullptr) {
    if (accepts_.empty()) return;
    watch_ = scheduler_.poller().NewWatch(socket_.descriptor(), *this);
  }
  watch_->Want(accepts_.empty() ? Watch::kNothing : Watch::kRead);
}

}  // namespace ruff
