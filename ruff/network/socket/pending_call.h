// A call of a builtin that waits, on the side of what it waits for.

#ifndef RUFF_NETWORK_SOCKET_PENDING_CALL_H_
#define RUFF_NETWORK_SOCKET_PENDING_CALL_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// Ends once: by Return or Throw, or without an outcome with the program.
class PendingCall final : private Operation {
 public:
  explicit PendingCall(Scheduler& scheduler);
  ~PendingCall() override;
  PendingCall(PendingCall&& other) noexcept;
  PendingCall& operator=(PendingCall&&) = delete;

  Scheduler& scheduler() const { return *scheduler_; }
  // What the builtin returns, owned. Only the calling task awaits it.
  Value Awaited() const;
  // Has the calling task not been cancelled?
  bool is_wanted() const { return is_wanted_; }
  // `then` is called when it is; it may delete the call.
  void WhenCancelled(absl::AnyInvocable<void()> then) { when_cancelled_ = std::move(then); }
  void Return(Value owned);
  void Throw(std::string_view message);

 private:
  void Unawaited() override;
  void Abort() override { Unawaited(); }

  Scheduler* scheduler_;
  Promise* promise_;  // owned; null: moved from
  bool is_wanted_ = true;
  absl::AnyInvocable<void()> when_cancelled_;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_SOCKET_PENDING_CALL_H_
