// A call of a builtin that waits, on the side of what it waits for.

#ifndef RUFF_NETWORK_SOCKET_PENDING_CALL_H_
#define RUFF_NETWORK_SOCKET_PENDING_CALL_H_

#include <string>
#include <string_view>
#include <utility>

#include "ruff/async/core/scheduler.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// Ends once: by Return or Throw, or without an outcome with the program.
class PendingCall {
 public:
  explicit PendingCall(Scheduler& scheduler);
  ~PendingCall();
  PendingCall(PendingCall&& other) noexcept
      : scheduler_(other.scheduler_), promise_(std::exchange(other.promise_, nullptr)) {}
  PendingCall& operator=(PendingCall&&) = delete;

  Scheduler& scheduler() const { return *scheduler_; }
  // What the builtin returns, owned. Only the calling task awaits it.
  Value Awaited() const;
  // Does the task still wait?
  bool is_wanted() const;
  void Return(Value owned);
  void Throw(std::string_view message);

 private:
  Scheduler* scheduler_;
  Promise* promise_;  // owned
};

}  // namespace ruff

#endif  // RUFF_NETWORK_SOCKET_PENDING_CALL_H_
