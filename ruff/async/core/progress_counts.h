// How far the combinators under way are, for whoever wants to show it.

#ifndef RUFF_ASYNC_CORE_PROGRESS_COUNTS_H_
#define RUFF_ASYNC_CORE_PROGRESS_COUNTS_H_

#include <atomic>
#include <cstdint>

namespace ruff {

// Members of promise_all, promise_all_settled, promise_map and parallel_map calls that are not
// decided yet. Written by the program's thread and its workers, read by any.
struct ProgressCounts {
  std::atomic<uint64_t> total = 0;
  std::atomic<uint64_t> done = 0;  // settled, also if rejected
  std::atomic<uint64_t> rejected = 0;

  void Add(uint64_t more_total, uint64_t more_done, uint64_t more_rejected) {
    total.fetch_add(more_total, std::memory_order_relaxed);
    done.fetch_add(more_done, std::memory_order_relaxed);
    rejected.fetch_add(more_rejected, std::memory_order_relaxed);
  }
  void Remove(uint64_t less_total, uint64_t less_done, uint64_t less_rejected) {
    Add(-less_total, -less_done, -less_rejected);
  }
};

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_PROGRESS_COUNTS_H_
