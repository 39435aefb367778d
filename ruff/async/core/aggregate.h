// A combinator at work: the promise it returns, and what it knows about its members.
//
// One object for promise_all, all_settled, race, any, promise_map and async_timeout. Members that
// are pending promises have it as their waiter, with their index; nothing else is allocated per
// member. Members that are to be *called* (thunks, the items of promise_map) get their turn one
// after the other: `next` is the first member that nobody has looked at yet.

#ifndef RUFF_ASYNC_CORE_AGGREGATE_H_
#define RUFF_ASYNC_CORE_AGGREGATE_H_

#include <cstdint>

#include "ruff/async/core/promise.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

struct TimerCell;

// on_progress and what goes with it.
struct Progress {
  Value function;  // owned
  int64_t started_ns;
  int64_t last_ns;        // of the last call (first: of the start)
  uint8_t outcome_flags;  // Promise flags; 0: not decided yet
  bool queued;            // a call is in the ready queue
  bool last;              // the call under way is the one at the end
  Value outcome;          // owned
};

struct Aggregate {
  enum Type : uint8_t { kAll, kSettled, kRace, kAny, kTimeout };
  enum Calls : uint8_t {
    kNone,    // members are promises
    kThunks,  // members are promises and functions
    kItems,   // members are arguments of `function`
  };
  static constexpr uint32_t kUnlimited = UINT32_MAX;

  Promise promise;
  Type type;
  Calls calls;
  bool limits_promises;  // the window holds promises, too
  bool all_watched;      // from `next` on there are no promises left to look at
  uint32_t size;         // members
  uint32_t unsettled;    // members
  uint32_t rejected;     // members
  uint32_t next;       // first member nobody has looked at; with all_watched, the first one to call
  uint32_t limit;      // size of the window
  uint32_t in_flight;  // places taken in the window, also by start jobs
  uint32_t at_once;    // calls in a row that did not suspend
  Array* results;      // owned, by index; null until the first one
  Value members;   // owned: the array while members are left to be looked at; kTimeout: the promise
  Value function;  // owned: for kItems
  Function* starter;   // owned: the prelude loop that makes the calls
  Progress* progress;  // owned; null without on_progress
  TimerCell* timer;    // kTimeout
  int64_t timeout_ms;
  bool discards;  // the values of the members do not matter

  bool undecided() const {
    return promise.pending() && (progress == nullptr || progress->outcome_flags == 0);
  }
};

// A pending one; the caller fills in what is not zero.
Aggregate* NewAggregate(Aggregate::Type type, uint32_t size);
// Lets go of everything but the promise, once the outcome is known.
void ReleaseParts(Aggregate* aggregate);
// Puts a member's value (consumed) into the results.
void StoreResult(Array** results, uint32_t size, uint32_t index, Value owned);

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_AGGREGATE_H_
