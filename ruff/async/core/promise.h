// A promise: a result cell that is set once.
//
//    0            8            16                       32
//    +------------+------------+------------------------+
//    | header     | origin     | value                  |   settled
//    +------------+------------+------------+-----------+
//    | header     | origin     | waiter     | index     |   pending
//    +------------+------------+------------+-----------+
//
// A pending promise has room for its first waiter; a second one moves both to a list. A waiter is a
// fiber to be resumed, a combinator of which this promise is member number `index`, or a promise
// that adopts this one. Waiters are not taken back when they lose interest: one that is no longer
// *alive* (the fiber is dead, the other promise is settled) is dropped when the promise settles, or
// when its list would otherwise have to grow.
//
// Who owns whom: the producer of a value (fiber, timer, channel queue, operation) owns the promise
// it will settle; a promise owns the combinators and adopters waiting for it; a fiber owns the
// promise it waits for, in a register. Fibers belong to the scheduler, which is why a promise that
// dies has no live fibers waiting.

#ifndef RUFF_ASYNC_CORE_PROMISE_H_
#define RUFF_ASYNC_CORE_PROMISE_H_

#include <cstdint>

#include "ruff/runtime/value/value.h"

namespace ruff {

struct Aggregate;
struct Fiber;

// What goes on outside and can be given up (A50).
class Operation {
 public:
  virtual ~Operation() = default;
  // Nobody wants the outcome any more; the promise is settled already.
  virtual void Abort() = 0;
  // The task that awaited it has been cancelled, and nobody else does; the promise is pending.
  // Other tasks may come to await it (A46), unless the operation knows better.
  virtual void Unawaited() {}
  // The time it was given (Scheduler::LimitTime) is up; settles the promise.
  virtual void TimeUp() {}
};

struct Waiter {
  enum Tag : uintptr_t { kFiber = 0, kMember = 1, kAdopter = 2, kList = 3, kTagMask = 7 };
  uintptr_t target;  // pointer and tag; 0: nobody
  uint32_t index;    // of a combinator's member

  static Waiter Of(Fiber* fiber) { return {reinterpret_cast<uintptr_t>(fiber) | kFiber, 0}; }
  static Waiter Of(Aggregate* owned, uint32_t index) {
    return {reinterpret_cast<uintptr_t>(owned) | kMember, index};
  }
  static Waiter Of(Promise* owned_adopter) {
    return {reinterpret_cast<uintptr_t>(owned_adopter) | kAdopter, 0};
  }
  Tag tag() const { return static_cast<Tag>(target & kTagMask); }
  template <typename T>
  T* As() const {
    return reinterpret_cast<T*>(target & ~uintptr_t{kTagMask});
  }
};

struct Promise {
  enum Flag : uint8_t {  // header.flags
    kFulfilled = 1,
    kRejected = 2,
    kSettled = 3,
    kNative = 4,      // rejected with a reason (reason.h), not with a thrown error
    kObserved = 8,    // somebody answers for a rejection
    kTask = 16,       // of an async call, a spawned task or a member's call
    kCancelled = 32,  // that task was cancelled
    kAggregate = 64,  // the first part of an Aggregate
    kMarked = 128,    // while the scheduler walks from promise to promise
  };
  // What will settle the promise, as far as anybody has to know. The pointers are borrowed except
  // for channels.
  enum Origin : uintptr_t {
    kUnknown = 0,
    kFiber = 1,        // Fiber: a task that has started
    kStart = 2,        // Task: one that has not
    kReceive = 3,      // Channel: receive(); kept when settled, until the value has been taken
    kReceiveNext = 4,  // Channel: a for loop; fulfilled with Unset at the end
    kSend = 5,         // Channel
    kSleep = 6,        // sleep(): fulfilled with 0
    kOperation = 7,    // Operation: something outside that can be given up
    kOriginMask = 7,
  };

  Object header;
  uintptr_t
      origin;  // while pending or received: see Origin; rejected and not observed: place in the log
  union {
    Value value;    // settled
    Waiter waiter;  // pending
  };

  bool pending() const { return (header.flags & kSettled) == 0; }
  bool fulfilled() const { return (header.flags & kFulfilled) != 0; }
  bool rejected() const { return (header.flags & kRejected) != 0; }
  bool Has(Flag flag) const { return (header.flags & flag) != 0; }
  void Set(uint8_t flags) { header.flags |= flags; }

  Origin origin_tag() const { return static_cast<Origin>(origin & kOriginMask); }
  template <typename T>
  T* OriginAs() const {
    return reinterpret_cast<T*>(origin & ~uintptr_t{kOriginMask});
  }
  void SetOrigin(Origin tag, void* pointer = nullptr) {
    origin = reinterpret_cast<uintptr_t>(pointer) | tag;
  }
  // Comes from a channel operation, whose channel it owns.
  bool of_channel() const {
    return !rejected() && origin_tag() >= kReceive && origin_tag() <= kSend;
  }
};
static_assert(sizeof(Promise) == 32);

// A new promise, pending or settled; one reference is handed over. `flags` of a rejection:
// kRejected, and more.
Promise* NewPromise();
Promise* NewFulfilled(Value owned);
Promise* NewRejected(uint8_t flags, Value owned);
// Writes the part that all promises have into a new object.
void InitPromise(Promise* promise);

// Appends a waiter to a pending promise; what `waiter` points to is owned by the promise from now
// on.
void AddWaiter(Promise* promise, Waiter waiter);
// Detaches and returns the waiters: nobody, one, or a list (then to be freed with FreeWaiterList).
Waiter TakeWaiters(Promise* promise);
// Turns a pending promise without waiters into a settled one. Tells nobody, but a rejection that
// nobody observes is logged.
void SetSettled(Promise* promise, uint8_t flags, Value owned);
// From now on somebody answers for a rejection.
void Observe(Promise* promise);

struct WaiterList {
  uint32_t count;
  uint32_t capacity;
  Waiter items[];
};
void FreeWaiterList(WaiterList* list);

// Would the waiter still do something?
bool IsAlive(const Waiter& waiter);
// Drops a waiter that will not be told: frees a dead fiber, releases the others.
void DropWaiter(const Waiter& waiter);
// Is anybody (alive) waiting?
bool HasWaiters(const Promise* promise);
// Takes the fiber, which stays alive, out of the waiters of a pending promise.
void RemoveWaiter(Promise* promise, Fiber* fiber);

// Calls f(const Waiter&) for every waiter.
template <typename F>
void ForEachWaiter(const Waiter& first, F f) {
  if (first.target == 0) return;
  if (first.tag() != Waiter::kList) {
    f(first);
    return;
  }
  const auto* list = first.As<WaiterList>();
  for (uint32_t i = 0; i < list->count; ++i) f(list->items[i]);
}

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_PROMISE_H_
