// Settling promises, and what follows from it (A20).
//
// The waiters of a promise are told in the order in which they came: a fiber is put into the ready
// queue, a combinator or an adopter takes note, which may settle another promise. The waiters of
// that one come later: it goes to the end of a work list. So nothing here recurses, however long
// the chain.

#include <utility>

#include "ruff/async/core/reason.h"
#include "ruff/async/core/scheduler.h"

namespace ruff {

void Scheduler::Settle(Promise* promise, uint8_t flags, Value owned) {
  const Waiter waiters = TakeWaiters(promise);
  SetSettled(promise, flags, owned);
  if (waiters.target == 0) return;
  if (telling_) {
    settling_.push_back({RetainObject(promise), waiters});
    return;
  }
  if (waiters.tag() == Waiter::kFiber) {
    Tell(promise, waiters);
    return;
  }
  RetainObject(promise);
  telling_ = true;
  ForEachWaiter(waiters, [&](const Waiter& waiter) { Tell(promise, waiter); });
  if (waiters.tag() == Waiter::kList) FreeWaiterList(waiters.As<WaiterList>());
  ReleaseObject(promise);
  while (settled_ < settling_.size()) {
    const Settlement next = settling_[settled_++];
    ForEachWaiter(next.waiters, [&](const Waiter& waiter) { Tell(next.promise, waiter); });
    if (next.waiters.tag() == Waiter::kList) FreeWaiterList(next.waiters.As<WaiterList>());
    ReleaseObject(next.promise);
    if (settled_ > settling_.size() / 2) {
      settling_.erase(settling_.begin(), settling_.begin() + static_cast<ptrdiff_t>(settled_));
      settled_ = 0;
    }
  }
  telling_ = false;
}

void Scheduler::Tell(Promise* promise, const Waiter& waiter) {
  switch (waiter.tag()) {
    case Waiter::kFiber:
      if (waiter.As<Fiber>()->state == Fiber::kDead) {
        FreeFiber(waiter.As<Fiber>());
      } else {
        MakeReady(waiter.As<Fiber>());
      }
      return;
    case Waiter::kMember:
      MemberSettled(waiter.As<Aggregate>(), waiter.index, promise);
      break;
    default:
      if (auto* adopter = waiter.As<Promise>(); adopter->pending()) {
        Settle(adopter, promise->header.flags & (Promise::kSettled | Promise::kNative),
               Retain(promise->value));
      }
      break;
  }
  ReleaseObject(waiter.As<Promise>());
}

void Scheduler::Resolve(Promise* promise, Value owned) {
  if (!owned.Is(Kind::kPromise)) {
    Settle(promise, Promise::kFulfilled, owned);
    return;
  }
  auto* source = owned.As<Promise>();
  if (source == promise) {
    RejectWithReason(promise, TextReason("Promise cannot resolve to itself"));
  } else {
    Observe(source);
    if (source->pending()) {
      promise->origin = Promise::kUnknown;
      AddWaiter(source, Waiter::Of(RetainObject(promise)));
    } else {
      Settle(promise, source->header.flags & (Promise::kSettled | Promise::kNative),
             Retain(source->value));
    }
  }
  ReleaseObject(source);
}

void Scheduler::OnTimer(Promise* promise) {
  if (promise->Has(Promise::kAggregate)) {
    TimeOut(reinterpret_cast<Aggregate*>(promise));
    return;
  }
  const Promise::Origin origin = promise->origin_tag();
  if (origin == Promise::kOperation) {
    promise->OriginAs<Operation>()->TimeUp();
    return;
  }
  if (promise->of_channel()) {
    ReleaseObject(promise->OriginAs<Channel>());
    promise->origin = Promise::kUnknown;
  }
  Fulfil(promise, origin == Promise::kSleep ? Value::Int(0) : Value::Null());
}

}  // namespace ruff
