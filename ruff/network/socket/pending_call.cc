#include "ruff/network/socket/pending_call.h"

#include "ruff/runtime/builtins/arguments.h"

namespace ruff {

PendingCall::PendingCall(Scheduler& scheduler) : scheduler_(&scheduler), promise_(NewPromise()) {
  Observe(promise_);
}

PendingCall::~PendingCall() {
  if (promise_ != nullptr) ReleaseObject(promise_);
}

Value PendingCall::Awaited() const { return Value::Heap(RetainObject(promise_)); }

bool PendingCall::is_wanted() const {
  return promise_->pending() && (scheduler_->in_worker() || HasWaiters(promise_));
}

void PendingCall::Return(Value owned) {
  if (promise_->pending()) {
    scheduler_->Fulfil(promise_, owned);
  } else {
    Release(owned);
  }
}

void PendingCall::Throw(std::string_view message) {
  if (promise_->pending()) scheduler_->Settle(promise_, Promise::kRejected, NewText(message));
}

}  // namespace ruff
