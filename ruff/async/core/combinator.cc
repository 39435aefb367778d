// Combinators (A30 … A39): one pass over the members, then one step for each that settles.

#include <utility>

#include "ruff/async/core/reason.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/string.h"

namespace ruff {
namespace {

constexpr int64_t kNsPerMs = 1'000'000;
constexpr int64_t kProgressIntervalNs = 100 * kNsPerMs;

uint8_t OutcomeFlags(const Promise* promise) {
  return promise->header.flags & (Promise::kSettled | Promise::kNative);
}

// Is it one whose members are shown as progress?
bool CountsMembers(const Aggregate* aggregate) {
  return aggregate->type == Aggregate::kAll || aggregate->type == Aggregate::kSettled;
}

void Put(Dict* dict, std::string_view key, Value owned) {
  const Value name = Value::Heap(InternString(key));
  DictSet(dict, name, owned);
  Release(name);
}

// {"status": …} of a settled member.
Value StatusOf(const Promise* member) {
  Dict* dict = NewDict(2);
  if (member->fulfilled()) {
    Put(dict, "status", Value::Heap(InternString("fulfilled")));
    Put(dict, "value", Retain(member->value));
  } else {
    Put(dict, "status", Value::Heap(InternString("rejected")));
    Put(dict, "reason", TextReason(RejectionText(member)));
  }
  return Value::Heap(dict);
}

// From now on the combinator answers for its members, from `begin` on (A41).
void ObserveAll(const Array* members, uint64_t begin = 0) {
  if (members->storage() != Array::kValues) return;
  for (uint64_t i = begin; i < members->size; ++i) {
    if (members->values[i].Is(Kind::kPromise)) Observe(members->values[i].As<Promise>());
  }
}

// A settled promise with the outcome of another.
Promise* CopyOf(const Promise* settled) {
  return settled->fulfilled() ? NewFulfilled(Retain(settled->value))
                              : NewRejected(OutcomeFlags(settled), Retain(settled->value));
}

}  // namespace

Promise* Scheduler::Combine(Aggregate::Type type, Array* members,
                            const CombinatorOptions& options) {
  const auto size = static_cast<uint32_t>(members->size);
  // What is settled already needs no combinator. Members are observed as they are looked at: a
  // million of them are more than a cache holds.
  uint32_t settled = 0;
  Array* results = nullptr;
  if (type == Aggregate::kAll && options.calls == Aggregate::kNone &&
      options.on_progress.IsNull()) {
    for (; settled < size; ++settled) {
      auto* member = members->values[settled].As<Promise>();
      if (member->pending()) break;
      Observe(member);
      if (member->rejected()) {
        ObserveAll(members, settled);
        if (results != nullptr) ReleaseObject(results);
        return NewRejected(Promise::kRejected | Promise::kNative, MemberReason(settled, member));
      }
      StoreResult(&results, size, settled, Retain(member->value));
    }
    if (settled == size) {
      return NewFulfilled(Value::Heap(results != nullptr ? results : NewArray()));
    }
  }
  Aggregate* aggregate = NewAggregate(type, size);
  aggregate->results = results;
  aggregate->next = settled;
  aggregate->unsettled = size - settled;
  aggregate->calls = options.calls;
  aggregate->limit = options.limit;
  aggregate->limits_promises = options.limits_promises;
  aggregate->discards = options.discards;
  aggregate->function = Retain(options.function);
  aggregate->members = Retain(Value::Heap(members));
  if (!options.on_progress.IsNull()) {
    const int64_t now = clock_.NowNs();
    aggregate->progress = static_cast<Progress*>(Heap::Current()->AllocateBuffer(sizeof(Progress)));
    *aggregate->progress = Progress{.function = Retain(options.on_progress),
                                    .started_ns = now,
                                    .last_ns = now,
                                    .outcome_flags = 0,
                                    .queued = false,
                                    .last = false,
                                    .outcome = Value::Null()};
  }
  if (options_.progress != nullptr) options_.progress->Add(size, settled, 0);
  if (size == 0) {
    DecideWithResults(aggregate);
  } else if (options.calls == Aggregate::kNone) {
    CallIsDue(aggregate);
  }
  if (options.calls != Aggregate::kItems) ObserveAll(members, aggregate->next);
  return &aggregate->promise;
}

Promise* Scheduler::Race(Array* members) {
  ObserveAll(members);
  for (uint64_t i = 0; i < members->size; ++i) {
    const auto* member = members->values[i].As<Promise>();
    if (!member->pending()) return CopyOf(member);
  }
  Aggregate* aggregate = NewAggregate(Aggregate::kRace, static_cast<uint32_t>(members->size));
  aggregate->members = Retain(Value::Heap(members));
  CallIsDue(aggregate);
  return &aggregate->promise;
}

Promise* Scheduler::Any(Array* members) {
  ObserveAll(members);
  for (uint64_t i = 0; i < members->size; ++i) {
    const auto* member = members->values[i].As<Promise>();
    if (member->fulfilled()) return CopyOf(member);
  }
  Aggregate* aggregate = NewAggregate(Aggregate::kAny, static_cast<uint32_t>(members->size));
  aggregate->members = Retain(Value::Heap(members));
  if (members->size == 0) {
    Decide(aggregate, Promise::kRejected | Promise::kNative,
           AllRejectedReason(Value::Heap(NewArray())));
  } else {
    CallIsDue(aggregate);
  }
  return &aggregate->promise;
}

// --- Members. ---

bool Scheduler::InWindow(const Aggregate* aggregate, uint32_t index) const {
  switch (aggregate->calls) {
    case Aggregate::kNone:
      return aggregate->limits_promises;
    case Aggregate::kThunks:
      return aggregate->limits_promises ||
             !aggregate->members.As<Array>()->values[index].Is(Kind::kPromise);
    default:
      return true;
  }
}

// Looks at member `index`, a promise.
void Scheduler::Watch(Aggregate* aggregate, uint32_t index, Promise* promise, bool in_window) {
  Observe(promise);
  if (promise->pending()) {
    if (in_window) ++aggregate->in_flight;
    AddWaiter(promise, Waiter::Of(RetainObject(aggregate), index));
  } else {
    Account(aggregate, index, promise);
  }
}

// Looks at further promises as far as the window allows. Is it now the turn of member `next` to be
// called?
bool Scheduler::CallIsDue(Aggregate* g) {
  while (g->undecided() && g->next < g->size) {
    const bool full = g->in_flight >= g->limit;
    const Value member =
        g->calls == Aggregate::kItems ? Value::Null() : g->members.As<Array>()->values[g->next];
    if (member.Is(Kind::kPromise)) {
      if (g->limits_promises && full) return false;
      const uint32_t index = g->next++;
      if (!g->all_watched) Watch(g, index, member.As<Promise>(), g->limits_promises);
      continue;
    }
    if (!full) return true;
    if (g->calls == Aggregate::kThunks && !g->limits_promises && !g->all_watched) {
      g->all_watched = true;
      for (uint32_t i = g->next; i < g->size && g->undecided(); ++i) {
        const Value later = g->members.As<Array>()->values[i];
        if (later.Is(Kind::kPromise)) Watch(g, i, later.As<Promise>(), false);
      }
    }
    return false;
  }
  // Every member is known to somebody: the list is no longer needed, unless to tell promises from
  // calls.
  if (g->calls == Aggregate::kNone && g->type != Aggregate::kTimeout) {
    Release(std::exchange(g->members, Value::Null()));
  }
  return false;
}

int64_t Scheduler::NextCall(Aggregate* aggregate) {
  if (!CallIsDue(aggregate)) return -1;
  ++aggregate->in_flight;
  return aggregate->next++;
}

int64_t Scheduler::CallStarted(Aggregate* aggregate, uint32_t index, Promise* promise) {
  Observe(promise);
  if (promise->pending()) {
    aggregate->at_once = 0;
    AddWaiter(promise, Waiter::Of(RetainObject(aggregate), index));
    return NextCall(aggregate);
  }
  --aggregate->in_flight;
  if (!aggregate->undecided()) return -1;
  Account(aggregate, index, promise);
  if (++aggregate->at_once < kCallsInARow || in_worker()) return NextCall(aggregate);
  aggregate->at_once = 0;
  if (CallIsDue(aggregate)) {
    ++aggregate->in_flight;
    ready_.Push(ReadyQueue::kMembers, RetainObject(aggregate));
  }
  return -1;
}

// A start job: its place in the window goes over to the call.
void Scheduler::StartMember(Aggregate* owned) {
  --owned->in_flight;
  if (!owned->undecided()) {
    ReleaseObject(owned);
    return;
  }
  Value argument = Value::Heap(owned);
  Fiber* fiber = vm_.NewCall(owned->starter, &argument, 1);
  fiber->role = Fiber::kSpawn;
  AddFiber(fiber);
  RunFiber(fiber);
}

// Member `index`, for which the combinator has waited, is settled.
void Scheduler::MemberSettled(Aggregate* aggregate, uint32_t index, Promise* promise) {
  if (!aggregate->undecided()) return;
  if (InWindow(aggregate, index)) --aggregate->in_flight;
  Account(aggregate, index, promise);
  if (aggregate->next < aggregate->size && CallIsDue(aggregate)) {
    ++aggregate->in_flight;
    ready_.Push(ReadyQueue::kMembers, RetainObject(aggregate));
  }
}

// Takes the outcome of a member into account.
void Scheduler::Account(Aggregate* g, uint32_t index, Promise* member) {
  --g->unsettled;
  if (member->rejected()) ++g->rejected;
  if (options_.progress != nullptr && CountsMembers(g)) {
    options_.progress->Add(0, 1, member->rejected() ? 1 : 0);
  }
  switch (g->type) {
    case Aggregate::kAll:
      if (member->rejected()) {
        Decide(g, Promise::kRejected | Promise::kNative, MemberReason(index, member));
        return;
      }
      if (!g->discards) StoreResult(&g->results, g->size, index, Retain(member->value));
      break;
    case Aggregate::kSettled:
      StoreResult(&g->results, g->size, index, StatusOf(member));
      break;
    case Aggregate::kRace:
      Decide(g, OutcomeFlags(member), Retain(member->value));
      return;
    case Aggregate::kAny:
      if (member->fulfilled()) {
        Decide(g, Promise::kFulfilled, Retain(member->value));
        return;
      }
      StoreResult(&g->results, g->size, index, TextReason(RejectionText(member)));
      break;
    case Aggregate::kTimeout:
      if (member->fulfilled()) {
        Decide(g, Promise::kFulfilled, Retain(member->value));
      } else {
        Decide(g, Promise::kRejected | Promise::kNative, TimeoutReason(member));
      }
      return;
  }
  if (g->unsettled == 0) {
    DecideWithResults(g);
  } else if (Progress* progress = g->progress; progress != nullptr && !progress->queued) {
    const int64_t now = clock_.NowNs();
    if (now - progress->last_ns < kProgressIntervalNs) return;
    progress->last_ns = now;
    progress->queued = true;
    ready_.Push(ReadyQueue::kProgress, RetainObject(g));
  }
}

// --- Outcome. ---

void Scheduler::DecideWithResults(Aggregate* aggregate) {
  Array* results = std::exchange(aggregate->results, nullptr);
  const Value value =
      aggregate->discards ? Value::Null() : Value::Heap(results != nullptr ? results : NewArray());
  if (aggregate->type == Aggregate::kAny) {
    Decide(aggregate, Promise::kRejected | Promise::kNative, AllRejectedReason(value));
  } else {
    Decide(aggregate, Promise::kFulfilled, value);
  }
}

void Scheduler::Decide(Aggregate* aggregate, uint8_t flags, Value owned) {
  if (aggregate->timer != nullptr) Timers::CallOff(std::exchange(aggregate->timer, nullptr));
  if (options_.progress != nullptr && CountsMembers(aggregate)) {
    options_.progress->Remove(aggregate->size, aggregate->size - aggregate->unsettled,
                              aggregate->rejected);
  }
  Progress* progress = aggregate->progress;
  if (progress == nullptr) {
    // The parts go last: they may be all that keeps a member alive which is just being told of.
    RetainObject(aggregate);
    Settle(&aggregate->promise, flags, owned);
    ReleaseParts(aggregate);
    ReleaseObject(aggregate);
    return;
  }
  progress->outcome_flags = flags;
  progress->outcome = owned;
  ReleaseParts(aggregate);
  if (progress->queued) return;
  progress->queued = true;
  ready_.Push(ReadyQueue::kProgress, RetainObject(aggregate));
}

// Calls on_progress.
void Scheduler::ReportProgress(Aggregate* owned) {
  Progress* progress = owned->progress;
  progress->queued = false;
  progress->last = progress->outcome_flags != 0;
  const bool all = owned->type == Aggregate::kAll;
  Dict* info = NewDict(4);
  Put(info, "done", Value::Int(owned->size - owned->unsettled));
  Put(info, "total", Value::Int(owned->size));
  Put(info, "rejected", Value::Int(all ? owned->rejected != 0 : owned->rejected));
  Put(info, "elapsed_ms", Value::Int((clock_.NowNs() - progress->started_ns) / kNsPerMs));
  reporting_ = owned;
  Value arguments[] = {Retain(progress->function), Value::Heap(info)};
  Fiber* fiber = vm_.NewCall(vm_.natives()->Prelude("__report_progress"), arguments, 2);
  fiber->role = Fiber::kCallback;
  AddFiber(fiber);
  RunFiber(fiber);
}

// on_progress has returned, or thrown `error` (borrowed).
void Scheduler::ProgressReported(Value error) {
  Aggregate* aggregate = std::exchange(reporting_, nullptr);
  Progress* progress = aggregate->progress;
  if (!error.Is(Kind::kUnset)) {
    progress->last = true;
    if ((progress->outcome_flags & Promise::kRejected) == 0) {
      Release(std::exchange(progress->outcome, Retain(error)));
      progress->outcome_flags = Promise::kRejected;
    }
  }
  if (progress->last) {
    Settle(&aggregate->promise, progress->outcome_flags,
           std::exchange(progress->outcome, Value::Null()));
    ReleaseParts(aggregate);
  }
  ReleaseObject(aggregate);
}

}  // namespace ruff
