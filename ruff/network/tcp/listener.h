// A socket of a program that takes TCP connections.

#ifndef RUFF_NETWORK_TCP_LISTENER_H_
#define RUFF_NETWORK_TCP_LISTENER_H_

#include <list>
#include <memory>

#include "ruff/async/core/watch.h"
#include "ruff/network/socket/pending_call.h"
#include "ruff/network/socket/socket.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

class TcpListener final : public Watcher {
 public:
  TcpListener(Scheduler& scheduler, Socket socket);

  // The next connection: a stream, a failure of the call, or the promise of it.
  Value Accept(NativeContext& context);

  bool is_open() const { return socket_.is_open(); }
  // What waits fails.
  void Close();
  void set_nonblocking(bool on) { is_nonblocking_ = on; }

  void Ready(bool timed_out) override;

 private:
  void WaitForMore();

  Scheduler& scheduler_;
  Socket socket_;
  std::unique_ptr<Watch> watch_;  // from the first wait on
  std::list<PendingCall> accepts_;
  bool is_nonblocking_ = false;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_TCP_LISTENER_H_
