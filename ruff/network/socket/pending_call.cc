#include "ruff/network/socket/pending_call.h"

#include "ruff/runtime/builtins/arguments.h"

namespace ruff {

PendingCall::PendingCall(Scheduler& scheduler) : scheduler_(&scheduler), promise_(NewPromise()) {
  Observe(promise_);
  promise_->SetOrigin(Promise::kOperation, static_cast<Operation*>(this));
}

PendingCall::PendingCall(PendingCall&& other) noexcept
    : scheduler_(other.scheduler_),
      promise_(std::exchange(other.promise_, nullptr)),
      is_wanted_(other.is_wanted_),
      when_cancelled_(std::move(other.when_cancelled_)) {
  if (promise_ != nullptr && promise_->pending()) {
    promise_->SetOrigin(Promise::kOperation, static_cast<Operation*>(this));
  }
}

PendingCall::~PendingCall() {
  if (promise_ == nullptr) return;
  if (promise_->pending()) promise_->origin = Promise::kUnknown;
  ReleaseObject(promise_);
}

Value PendingCall::Awaited() const { return Value::Heap(RetainObject(promise_)); }

void PendingCall::Unawaited() {
  is_wanted_ = false;
  if (auto then = std::exchange(when_cancelled_, nullptr)) then();
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
