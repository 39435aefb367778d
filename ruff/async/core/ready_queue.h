// What is to be done next: one FIFO of tagged pointers.

#ifndef RUFF_ASYNC_CORE_READY_QUEUE_H_
#define RUFF_ASYNC_CORE_READY_QUEUE_H_

#include <cstdint>

#include "ruff/async/core/ring.h"

namespace ruff {

class ReadyQueue {
 public:
  enum Job : uintptr_t {
    kResume,    // Fiber
    kSettle,    // Promise: a sleep of 0 ms is over
    kSpawn,     // Function: a spawn block starts
    kStart,     // Task: a spawned task starts
    kMembers,   // Aggregate: the next call of a combinator starts
    kProgress,  // Aggregate: on_progress is called
    kJobMask = 7,
  };
  struct Entry {
    uintptr_t bits;
    Job job() const { return static_cast<Job>(bits & kJobMask); }
    template <typename T>
    T* As() const {
      return reinterpret_cast<T*>(bits & ~uintptr_t{kJobMask});
    }
  };

  ReadyQueue() = default;
  ~ReadyQueue() { ring_.Free(); }
  ReadyQueue(const ReadyQueue&) = delete;
  ReadyQueue& operator=(const ReadyQueue&) = delete;

  // Objects are handed over.
  void Push(Job job, void* pointer) {
    ring_.PushBack({reinterpret_cast<uintptr_t>(pointer) | job});
  }
  Entry Pop() { return ring_.PopFront(); }
  // The one after the next, to be fetched early; null when there is none.
  const void* Ahead() const {
    return ring_.size < 2 ? nullptr
                          : reinterpret_cast<const void*>(ring_[1].bits & ~uintptr_t{kJobMask});
  }
  uint32_t size() const { return ring_.size; }
  bool empty() const { return ring_.size == 0; }
  void Free() { ring_.Free(); }

 private:
  Ring<Entry> ring_ = {};
};

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_READY_QUEUE_H_
