// Calls that wait for a socket to have something for them.

#ifndef RUFF_NETWORK_SOCKET_WAITING_READS_H_
#define RUFF_NETWORK_SOCKET_WAITING_READS_H_

#include <cstdint>
#include <list>
#include <string_view>

#include "absl/functional/any_invocable.h"
#include "absl/functional/function_ref.h"
#include "ruff/async/core/watch.h"
#include "ruff/network/socket/pending_call.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// They are served in order, each until its own deadline. One of a task that has been cancelled
// leaves the line.
class WaitingReads {
 public:
  // Takes at most so many bytes for a value, owned; an errno, EAGAIN when nothing is there.
  using Take = absl::FunctionRef<int(uint64_t size, Value* out)>;

  // `operation`: what errors say has failed.
  WaitingReads(Scheduler& scheduler, std::string_view operation)
      : scheduler_(scheduler), operation_(operation) {}

  bool empty() const { return reads_.empty(); }
  // Of the first; Watch::kNever without one.
  int64_t deadline_ns() const { return empty() ? Watch::kNever : reads_.front().deadline_ns; }

  // The promise of what a read gets. `left` is called when it has left the line unserved.
  Value Add(uint64_t size, absl::AnyInvocable<void()> left);
  void Serve(Take take);
  // Those whose time is up fail.
  void Expire();
  void FailAll(std::string_view message);

 private:
  struct Read {
    uint64_t size;
    int64_t deadline_ns;
    PendingCall call;
  };

  Scheduler& scheduler_;
  const std::string_view operation_;
  std::list<Read> reads_;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_SOCKET_WAITING_READS_H_
