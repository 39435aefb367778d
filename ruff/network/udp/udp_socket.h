// A UDP socket of a program.

#ifndef RUFF_NETWORK_UDP_UDP_SOCKET_H_
#define RUFF_NETWORK_UDP_UDP_SOCKET_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "ruff/async/core/watch.h"
#include "ruff/network/socket/pending_call.h"
#include "ruff/network/socket/socket.h"
#include "ruff/network/socket/waiting_reads.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

class UdpSocket final : public Watcher {
 public:
  UdpSocket(Scheduler& scheduler, Socket socket);

  // The next datagram, at most `size` bytes of it: a dict, a failure of the call, or the promise of
  // it.
  Value Receive(NativeContext& context, uint64_t size);
  // Ends `call` once the datagram is sent; what it throws begins with `failure`.
  void Send(PendingCall call, std::string data, const Endpoint& to, std::string failure);

  bool is_open() const { return socket_.is_open(); }
  bool is_v6() const { return LocalEndpoint(socket_).address.is_v6(); }
  // What waits fails.
  void Close();

  void Ready(bool timed_out) override;

 private:
  struct Write {
    std::string data;
    Endpoint to;
    std::string failure;
    int64_t deadline_ns;
    PendingCall call;
  };

  void Expire();
  int Take(uint64_t size, Value* out);
  void WriteMore();
  void WaitForMore();

  Scheduler& scheduler_;
  Socket socket_;
  std::unique_ptr<Watch> watch_;  // from the first wait on
  WaitingReads reads_;
  std::deque<Write> writes_;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_UDP_UDP_SOCKET_H_
