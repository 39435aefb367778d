// A TCP connection of a program.
//
// Reads and writes that cannot be done at once wait in line, each with its own deadline. A read of
// a task that has been cancelled takes nothing.

#ifndef RUFF_NETWORK_TCP_STREAM_H_
#define RUFF_NETWORK_TCP_STREAM_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "ruff/async/core/watch.h"
#include "ruff/network/socket/pending_call.h"
#include "ruff/network/socket/socket.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

class TcpStream final : public Watcher {
 public:
  TcpStream(Scheduler& scheduler, Socket socket);

  // Outcomes of the builtins: values, failures of the call, or promises.
  Value Receive(NativeContext& context, uint64_t size);
  Value Send(NativeContext& context, std::string_view data);

  bool is_open() const { return socket_.is_open(); }
  // What waits fails.
  void Close();
  // Nothing will wait any more: what would have to fails.
  void set_nonblocking(bool on) { is_nonblocking_ = on; }

  void Ready(bool timed_out) override;

 private:
  struct Read {
    uint64_t size;
    int64_t deadline_ns;
    PendingCall call;
  };
  struct Write {
    std::string data;
    size_t sent;   // bytes of `data`
    size_t whole;  // what the call answers
    int64_t deadline_ns;
    PendingCall call;
  };

  void Expire();
  void ReadMore();
  void WriteMore();
  void WaitForMore();

  Scheduler& scheduler_;
  Socket socket_;
  std::unique_ptr<Watch> watch_;  // from the first wait on
  std::deque<Read> reads_;
  std::deque<Write> writes_;
  bool is_nonblocking_ = false;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_TCP_STREAM_H_
