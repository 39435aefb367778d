// A TCP connection of a program.
//
// Reads and writes that cannot be done at once wait in line. Each read has its own deadline; a
// write has its time once it is the first, and again whenever some of it has gone. A read of a task
// that has been cancelled takes nothing. A write goes on; when it fails half-way, so do those
// behind it.

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
#include "ruff/network/socket/waiting_reads.h"
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
  // Nothing will wait any more, but for the rest of a write that has begun: what would have to
  // fails.
  void set_nonblocking(bool on) { is_nonblocking_ = on; }

  void Ready(bool timed_out) override;

 private:
  struct Write {
    size_t left() const { return data.size() - sent; }

    std::string data;
    size_t sent;   // bytes of `data`
    size_t whole;  // what the call answers
    PendingCall call;
  };

  void Expire();
  void FailWrite(int error);
  int Take(uint64_t size, Value* out);
  void WriteMore();
  void WaitForMore();

  Scheduler& scheduler_;
  Socket socket_;
  std::unique_ptr<Watch> watch_;  // from the first wait on
  WaitingReads reads_;
  std::deque<Write> writes_;
  int64_t write_deadline_ns_ = Watch::kNever;  // of the first
  bool is_nonblocking_ = false;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_TCP_STREAM_H_
