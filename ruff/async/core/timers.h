// Timers: a heap of small entries in (deadline, creation) order.
//
// A timer settles a promise. One that may be called off goes through a cell that both sides share;
// an entry whose promise is settled or known to nobody else, or whose cell is empty, is dead, and
// dropped when it reaches the top or when the heap would otherwise have to grow.

#ifndef RUFF_ASYNC_CORE_TIMERS_H_
#define RUFF_ASYNC_CORE_TIMERS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ruff/async/core/promise.h"

namespace ruff {

struct TimerCell {
  Promise* promise;  // owned; null once called off or fired
  uint32_t holders;  // the entry, and whoever may call it off
};

class Timers {
 public:
  static constexpr int64_t kNever = INT64_MAX;  // ns

  ~Timers() { Clear(); }

  // `promise` (consumed) becomes due at `deadline_ns`.
  void Add(int64_t deadline_ns, Promise* owned);
  // The cell is to be given back with CallOff.
  TimerCell* AddCancelable(int64_t deadline_ns, Promise* owned);
  static void CallOff(TimerCell* cell);

  // When the first one is due, kNever without one.
  int64_t first_deadline() {
    DropDead();
    return entries_.empty() ? kNever : entries_.front().deadline_ns;
  }
  // The promise of the first timer due at `now_ns`, handed over; null when there is none.
  Promise* PopDue(int64_t now_ns);

  // The promise of entry `i` in no particular order, null when dead; for 0 <= i < size(). Entry 0
  // is the first.
  Promise* At(size_t i) const { return entries_[i].Target(); }
  size_t size() const { return entries_.size(); }
  void Clear();

 private:
  struct Entry {
    int64_t deadline_ns;
    uint64_t order;
    uintptr_t target;  // Promise or TimerCell, owned; the lowest bit tells

    bool IsCell() const { return (target & 1) != 0; }
    TimerCell* cell() const { return reinterpret_cast<TimerCell*>(target & ~uintptr_t{1}); }
    Promise* Target() const;
    bool Before(const Entry& other) const {
      return deadline_ns != other.deadline_ns ? deadline_ns < other.deadline_ns
                                              : order < other.order;
    }
  };

  void Insert(int64_t deadline_ns, uintptr_t target);
  void DropDead();
  Entry PopFirst();
  void SiftUp(size_t at);
  void SiftDown(size_t at, Entry entry);
  void Purge();
  static void ReleaseEntry(const Entry& entry);

  std::vector<Entry> entries_;
  uint64_t next_order_ = 0;
};

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_TIMERS_H_
