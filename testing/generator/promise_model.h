// What the event loop's contract says about a list of promises, computed without an event loop.
//
// A member settles after a number of *turns*: each turn it yields once through the ready queue
// (`await async_sleep(0)`). The queue is first in, first out, so members settle in the order
// (turns, start). Those that a literal list makes start in index order, after all that were made
// before it. Members that wait for a timer or a file settle at an unknown time; they only fulfil,
// and the callers see to it that nothing depends on when.

#ifndef RUFF_TESTING_GENERATOR_PROMISE_MODEL_H_
#define RUFF_TESTING_GENERATOR_PROMISE_MODEL_H_

#include <cstdint>
#include <optional>
#include <span>

namespace ruff::generator {

struct ModelMember {
  uint8_t turns = 0;  // 0: settled when the call that makes it returns
  bool rejects = false;
  bool external = false;  // settled by a timer or a file; `turns` means nothing
  uint8_t start = kInList;

  // `start` of a member that the list makes; those made before it are numbered from 0, and equal
  // numbers are the same promise.
  static constexpr uint8_t kInList = 255;
};

// The member whose rejection decides `promise_all(members, limit)`; limit 0: none. With a limit no
// member may be external unless none rejects.
std::optional<uint64_t> FirstRejection(std::span<const ModelMember> members, uint64_t limit);

// The first member to settle, or the first to fulfil; external members never count.
std::optional<uint64_t> FirstSettled(std::span<const ModelMember> members);
std::optional<uint64_t> FirstFulfilled(std::span<const ModelMember> members);

struct MapOutcome {
  std::optional<uint64_t> rejected;  // the item that decided, if one rejects
  uint64_t started = 0;              // calls made until the outcome was decided
};

// The outcome of `promise_map(items, fn, limit)`, where calling fn for an item acts as its member
// says; limit > 0, no member external.
MapOutcome RunMap(std::span<const ModelMember> items, uint64_t limit);

}  // namespace ruff::generator

#endif  // RUFF_TESTING_GENERATOR_PROMISE_MODEL_H_
