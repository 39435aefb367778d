// Does anybody wait for a timer (A43)? Asked only when nothing is ready and no work is in flight.
//
// Somebody waits for a promise when a fiber does, or when a combinator or adopter does for which
// somebody waits in turn (or which has on_progress). What has been visited in vain is marked until
// the question is answered.

#include <utility>

#include "ruff/async/core/scheduler.h"

namespace ruff {

bool Scheduler::IsAwaited(Promise* promise) {
  std::vector<Promise*> open = {promise};
  bool found = false;
  while (!open.empty() && !found) {
    Promise* next = open.back();
    open.pop_back();
    if (next->Has(Promise::kMarked)) continue;
    next->Set(Promise::kMarked);
    marked_.push_back(next);
    ForEachWaiter(next->waiter, [&](const Waiter& waiter) {
      if (!IsAlive(waiter)) return;
      switch (waiter.tag()) {
        case Waiter::kFiber:
          found = true;
          break;
        case Waiter::kMember:
          found = found || waiter.As<Aggregate>()->progress != nullptr;
          [[fallthrough]];
        default:
          open.push_back(waiter.As<Promise>());
          break;
      }
    });
    if (next->Has(Promise::kAggregate)) {
      found = found || reinterpret_cast<Aggregate*>(next)->progress != nullptr;
    }
  }
  return found;
}

bool Scheduler::HasAwaitedTimer() {
  if (timers_.first_deadline() == Timers::kNever) return false;
  bool found = IsAwaited(timers_.At(0)) || (awaited_timer_ != nullptr &&
                                            awaited_timer_->pending() && IsAwaited(awaited_timer_));
  for (size_t i = 1; i < timers_.size() && !found; ++i) {
    Promise* promise = timers_.At(i);
    found = promise != nullptr && IsAwaited(promise);
    if (found) {
      if (awaited_timer_ != nullptr) ReleaseObject(awaited_timer_);
      awaited_timer_ = RetainObject(promise);
    }
  }
  for (Promise* promise : std::exchange(marked_, {})) {
    promise->header.flags &= static_cast<uint8_t>(~Promise::kMarked);
  }
  return found;
}

}  // namespace ruff
