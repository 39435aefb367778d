// Cancellation (A45, A46), timeouts (A50) and deadlock (A44).

#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/async/core/reason.h"
#include "ruff/async/core/scheduler.h"

namespace ruff {
namespace {

constexpr uint8_t kCancellation =
    Promise::kRejected | Promise::kNative | Promise::kCancelled | Promise::kObserved;

Value CancellationReason() { return TextReason("Task was cancelled"); }

}  // namespace

bool Scheduler::Cancel(Promise* promise) {
  Observe(promise);
  if (!promise->pending()) return false;
  if (promise->origin_tag() == Promise::kFiber) {
    auto* fiber = promise->OriginAs<Fiber>();
    if (fiber->state == Fiber::kRunning) {
      fiber->cancelled = true;  // ends at its next suspension point
    } else {
      Kill(fiber);
    }
  } else if (promise->origin_tag() == Promise::kStart) {
    ReleaseObject(std::exchange(promise->OriginAs<Task>()->function, nullptr));
  }
  Settle(promise, kCancellation, CancellationReason());
  return true;
}

// Ends a fiber that is not running, without running anything of it. Its shell stays where others
// point to it.
void Scheduler::Kill(Fiber* fiber) {
  const Fiber::State state = fiber->state;
  const Value awaited = Retain(fiber->AwaitedValue());
  Promise* own = std::exchange(fiber->promise, nullptr);
  fiber->state = Fiber::kDead;
  ForgetFiber(fiber);
  ClearFiber(fiber);
  if (awaited.Is(Kind::kPromise)) {
    auto* promise = awaited.As<Promise>();
    const bool of_channel = promise->of_channel();
    if (state == Fiber::kWaiting && promise->waiter.target == Waiter::Of(fiber).target) {
      promise->waiter = Waiter{};
      FreeFiber(fiber);
    }
    if (of_channel && state == Fiber::kWaiting) {
      Abandon(promise);
    } else if (of_channel && !promise->value.Is(Kind::kUnset)) {
      Channel* channel = RetainObject(promise->OriginAs<Channel>());
      GiveBack(channel, Retain(promise->value));
      ReleaseObject(channel);
    } else if (promise->pending() && promise->origin_tag() == Promise::kOperation &&
               !HasWaiters(promise)) {
      promise->OriginAs<Operation>()->Unawaited();
    }
  }
  Release(awaited);
  if (own != nullptr) {
    if (own->pending()) own->origin = Promise::kUnknown;
    ReleaseObject(own);
  }
}

Promise* Scheduler::Timeout(Promise* promise, int64_t ms) {
  Observe(promise);
  if (promise->fulfilled()) return NewFulfilled(Retain(promise->value));
  if (promise->rejected()) {
    return NewRejected(Promise::kRejected | Promise::kNative, TimeoutReason(promise));
  }
  Aggregate* aggregate = NewAggregate(Aggregate::kTimeout, 1);
  aggregate->members = Retain(Value::Heap(promise));
  aggregate->timeout_ms = ms;
  aggregate->timer = timers_.AddCancelable(DeadlineAfter(ms), RetainObject(&aggregate->promise));
  AddWaiter(promise, Waiter::Of(RetainObject(aggregate), 0));
  return &aggregate->promise;
}

void Scheduler::TimeOut(Aggregate* aggregate) {
  const Value loser = std::exchange(aggregate->members, Value::Null());
  Decide(aggregate, Promise::kRejected | Promise::kNative,
         TextReason(absl::StrCat("Timeout after ", aggregate->timeout_ms, "ms")));
  auto* promise = loser.As<Promise>();
  if (promise->pending() && !HasWaiters(promise)) {
    if (IsTask(promise)) {
      Cancel(promise);
    } else if (promise->Has(Promise::kAggregate)) {
      CancelCombinator(reinterpret_cast<Aggregate*>(promise));
    } else if (promise->origin_tag() == Promise::kOperation) {
      auto* operation = promise->OriginAs<Operation>();
      promise->origin = Promise::kUnknown;
      Settle(promise, kCancellation, CancellationReason());
      operation->Abort();
    }
  }
  Release(loser);
}

void Scheduler::CancelCombinator(Aggregate* aggregate) {
  Observe(&aggregate->promise);
  Decide(aggregate, kCancellation, CancellationReason());
}

void Scheduler::ThrowDeadlock() {
  auto* promise = main_->AwaitedValue().As<Promise>();
  std::string_view message = "Deadlock: await on a promise that can never be settled";
  if (promise->of_channel()) {
    message = promise->origin_tag() == Promise::kSend
                  ? "Deadlock: send on a full channel that no task can receive from"
                  : "Deadlock: receive on a channel that no task can send to";
  }
  RemoveWaiter(promise, main_);
  if (promise->of_channel()) Abandon(promise);
  main_->AwaitedValue() =
      Value::Heap(NewRejected(Promise::kRejected | Promise::kObserved, TextReason(message)));
  ReleaseObject(promise);
  MakeReady(main_);
}

}  // namespace ruff
