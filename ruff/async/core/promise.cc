#include "ruff/async/core/promise.h"

#include <utility>

#include "ruff/async/core/aggregate.h"
#include "ruff/async/core/channel.h"
#include "ruff/async/core/reason.h"
#include "ruff/async/core/rejection_log.h"
#include "ruff/async/core/timers.h"
#include "ruff/base/check.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/vm/fiber.h"

namespace ruff {
namespace {

constexpr uint32_t kFirstListCapacity = 4;

size_t ListBytes(uint32_t capacity) { return sizeof(WaiterList) + capacity * sizeof(Waiter); }

WaiterList* NewWaiterList(uint32_t capacity) {
  auto* list = static_cast<WaiterList*>(Heap::Current()->AllocateBuffer(ListBytes(capacity)));
  list->count = 0;
  list->capacity = capacity;
  return list;
}

// Forgets the waiters that have lost interest.
void Compact(WaiterList* list) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < list->count; ++i) {
    if (IsAlive(list->items[i])) {
      list->items[kept++] = list->items[i];
    } else {
      DropWaiter(list->items[i]);
    }
  }
  list->count = kept;
}

void DropWaiters(Waiter first) {
  ForEachWaiter(first, DropWaiter);
  if (first.target != 0 && first.tag() == Waiter::kList) FreeWaiterList(first.As<WaiterList>());
}

// A cycle through a promise can only be closed by settling it: waiters are not shown to the
// collector, since a promise with waiters has a producer, which is a reference from outside.
void VisitPromise(Object* object, ChildVisitor& visitor) {
  auto* promise = reinterpret_cast<Promise*>(object);
  if (!promise->pending()) visitor.Visit(promise->value);
  if (promise->of_channel()) visitor.VisitObject(promise->OriginAs<Channel>());
  if (!promise->Has(Promise::kAggregate)) return;
  auto* aggregate = reinterpret_cast<Aggregate*>(promise);
  visitor.VisitObject(aggregate->results);
  visitor.Visit(aggregate->members);
  visitor.Visit(aggregate->function);
  visitor.VisitObject(aggregate->starter);
  if (aggregate->progress != nullptr) {
    visitor.Visit(aggregate->progress->function);
    visitor.Visit(aggregate->progress->outcome);
  }
}

void PromiseDying(Object* object) {
  auto* promise = reinterpret_cast<Promise*>(object);
  if (promise->Has(Promise::kAggregate)) {
    auto* aggregate = reinterpret_cast<Aggregate*>(promise);
    if (aggregate->timer != nullptr) Timers::CallOff(std::exchange(aggregate->timer, nullptr));
  }
  if (promise->pending()) {
    DropWaiters(TakeWaiters(promise));
  } else if (promise->rejected() && !promise->Has(Promise::kObserved)) {
    RejectionLog::Current().Died(promise);
  }
}

size_t DisposePromise(Object* object) {
  auto* promise = reinterpret_cast<Promise*>(object);
  if (!promise->Has(Promise::kAggregate)) return sizeof(Promise);
  auto* aggregate = reinterpret_cast<Aggregate*>(promise);
  if (aggregate->progress != nullptr) {
    Heap::Current()->FreeBuffer(aggregate->progress, sizeof(Progress));
  }
  return sizeof(Aggregate);
}

// A promise of its own that holds no object but its channel and that nobody waits for.
size_t DisposePromiseQuickly(Object* object) {
  const auto* promise = reinterpret_cast<const Promise*>(object);
  const bool is_simple = promise->fulfilled() ? !promise->value.IsHeap()
                                              : promise->pending() && promise->waiter.target == 0;
  if (!is_simple || promise->Has(Promise::kAggregate)) return 0;
  if (promise->of_channel()) ReleaseObject(promise->OriginAs<Channel>());
  return sizeof(Promise);
}

void FormatPromise(const Object* object, Form form, FormatParts& parts) {
  const auto* promise = reinterpret_cast<const Promise*>(object);
  if (form == Form::kDebug) {
    if (promise->pending()) {
      parts.Text("Promise(Pending)");
    } else if (promise->rejected()) {
      parts.Text("Promise(Rejected: " + RejectionText(promise) + ")");
    } else {
      parts.Text("Promise(Resolved: ");
      parts.Nested(promise->value);
      parts.Text(")");
    }
    return;
  }
  parts.Text(promise->pending()    ? "<promise pending>"
             : promise->rejected() ? "<promise rejected>"
                                   : "<promise fulfilled>");
}

const KindRegistration kPromiseKind(Kind::kPromise, {.visit = VisitPromise,
                                                     .dispose = DisposePromise,
                                                     .dispose_quickly = DisposePromiseQuickly,
                                                     .dying = PromiseDying,
                                                     .format = FormatPromise});

}  // namespace

void InitPromise(Promise* promise) {
  promise->header.aux = kCycleFree;
  promise->origin = Promise::kUnknown;
  promise->waiter = Waiter{};
}

Promise* NewPromise() {
  auto* promise = NewObject<Promise>(Kind::kPromise);
  InitPromise(promise);
  return promise;
}

Promise* NewFulfilled(Value owned) {
  auto* promise = NewObject<Promise>(Kind::kPromise);
  promise->header.aux = kCycleFree;  // nothing that exists already can lead to it
  promise->header.flags = Promise::kFulfilled;
  promise->origin = Promise::kUnknown;
  promise->value = owned;
  return promise;
}

Promise* NewRejected(uint8_t flags, Value owned) {
  Promise* promise = NewPromise();
  SetSettled(promise, flags, owned);
  return promise;
}

void AddWaiter(Promise* promise, Waiter waiter) {
  RUFF_DCHECK(promise->pending());
  Waiter& first = promise->waiter;
  if (first.target == 0) {
    first = waiter;
    return;
  }
  if (first.tag() != Waiter::kList) {
    if (!IsAlive(first)) {
      DropWaiter(std::exchange(first, waiter));
      return;
    }
    WaiterList* list = NewWaiterList(kFirstListCapacity);
    list->items[list->count++] = first;
    first.target = reinterpret_cast<uintptr_t>(list) | Waiter::kList;
  }
  auto* list = first.As<WaiterList>();
  if (list->count == list->capacity) {
    Compact(list);
    if (list->count > list->capacity / 2) {
      const uint32_t capacity = list->capacity * 2;
      list = static_cast<WaiterList*>(
          Heap::Current()->ReallocateBuffer(list, ListBytes(list->capacity), ListBytes(capacity)));
      list->capacity = capacity;
      first.target = reinterpret_cast<uintptr_t>(list) | Waiter::kList;
    }
  }
  list->items[list->count++] = waiter;
}

Waiter TakeWaiters(Promise* promise) { return std::exchange(promise->waiter, Waiter{}); }

void FreeWaiterList(WaiterList* list) {
  Heap::Current()->FreeBuffer(list, ListBytes(list->capacity));
}

void SetSettled(Promise* promise, uint8_t flags, Value owned) {
  RUFF_DCHECK(promise->pending() && promise->waiter.target == 0);
  const Promise::Origin origin = promise->origin_tag();
  const bool keeps_channel = (flags & Promise::kFulfilled) != 0 &&
                             (origin == Promise::kReceive || origin == Promise::kReceiveNext);
  if (!keeps_channel) {
    if (promise->of_channel()) ReleaseObject(promise->OriginAs<Channel>());
    promise->origin = Promise::kUnknown;
  }
  promise->Set(flags);
  promise->value = owned;
  if (owned.tag > static_cast<uint64_t>(Kind::kString)) {
    promise->header.aux &= static_cast<uint16_t>(~kCycleFree);
    NotePossibleCycle(&promise->header);
  }
  if (promise->rejected() && !promise->Has(Promise::kObserved)) {
    RejectionLog::Current().Add(promise);
  }
}

void Observe(Promise* promise) {
  if (promise->Has(Promise::kObserved)) return;
  promise->Set(Promise::kObserved);
  if (promise->rejected()) RejectionLog::Current().Remove(promise);
}

bool IsAlive(const Waiter& waiter) {
  switch (waiter.tag()) {
    case Waiter::kFiber:
      return waiter.As<Fiber>()->state != Fiber::kDead;
    case Waiter::kMember:
      return waiter.As<Aggregate>()->undecided();
    default:
      return waiter.As<Promise>()->pending();
  }
}

void DropWaiter(const Waiter& waiter) {
  if (waiter.tag() == Waiter::kFiber) {
    if (waiter.As<Fiber>()->state == Fiber::kDead) FreeFiber(waiter.As<Fiber>());
  } else {
    ReleaseObject(waiter.As<Promise>());
  }
}

bool HasWaiters(const Promise* promise) {
  bool found = false;
  ForEachWaiter(promise->waiter, [&](const Waiter& waiter) { found = found || IsAlive(waiter); });
  return found;
}

void RemoveWaiter(Promise* promise, Fiber* fiber) {
  const Waiter wanted = Waiter::Of(fiber);
  Waiter& first = promise->waiter;
  if (first.target == 0) return;
  if (first.tag() != Waiter::kList) {
    if (first.target == wanted.target) first = Waiter{};
    return;
  }
  auto* list = first.As<WaiterList>();
  uint32_t kept = 0;
  for (uint32_t i = 0; i < list->count; ++i) {
    if (list->items[i].target != wanted.target) list->items[kept++] = list->items[i];
  }
  list->count = kept;
}

}  // namespace ruff
