#include "ruff/async/core/timers.h"

#include <utility>

#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

constexpr size_t kArity = 4;
constexpr size_t kFirstCapacity = 64;

void Unhold(TimerCell* cell) {
  if (--cell->holders == 0) Heap::Current()->FreeBuffer(cell, sizeof(TimerCell));
}

}  // namespace

// Null when nobody would notice that the timer fires.
Promise* Timers::Entry::Target() const {
  if (IsCell()) {
    Promise* promise = cell()->promise;
    return promise != nullptr && promise->pending() ? promise : nullptr;
  }
  auto* promise = reinterpret_cast<Promise*>(target);
  if (!promise->pending()) return nullptr;
  const bool is_forgotten = promise->header.refcount == 1 && !HasWaiters(promise);
  return is_forgotten ? nullptr : promise;
}

void Timers::ReleaseEntry(const Entry& entry) {
  if (!entry.IsCell()) {
    ReleaseObject(reinterpret_cast<Promise*>(entry.target));
    return;
  }
  TimerCell* cell = entry.cell();
  Promise* promise = std::exchange(cell->promise, nullptr);
  Unhold(cell);
  if (promise != nullptr) ReleaseObject(promise);
}

void Timers::Add(int64_t deadline_ns, Promise* owned) {
  Insert(deadline_ns, reinterpret_cast<uintptr_t>(owned));
}

TimerCell* Timers::AddCancelable(int64_t deadline_ns, Promise* owned) {
  auto* cell = static_cast<TimerCell*>(Heap::Current()->AllocateBuffer(sizeof(TimerCell)));
  *cell = {owned, 2};
  Insert(deadline_ns, reinterpret_cast<uintptr_t>(cell) | 1);
  return cell;
}

void Timers::CallOff(TimerCell* cell) {
  Promise* promise = std::exchange(cell->promise, nullptr);
  Unhold(cell);
  if (promise != nullptr) ReleaseObject(promise);
}

void Timers::Insert(int64_t deadline_ns, uintptr_t target) {
  if (entries_.size() == entries_.capacity()) Purge();
  entries_.push_back({deadline_ns, next_order_++, target});
  SiftUp(entries_.size() - 1);
}

void Timers::SiftUp(size_t at) {
  const Entry entry = entries_[at];
  while (at != 0) {
    const size_t parent = (at - 1) / kArity;
    if (!entry.Before(entries_[parent])) break;
    entries_[at] = entries_[parent];
    at = parent;
  }
  entries_[at] = entry;
}

// Places `entry` at or below `at`, whose content is free.
void Timers::SiftDown(size_t at, Entry entry) {
  const size_t size = entries_.size();
  for (;;) {
    const size_t first = at * kArity + 1;
    if (first >= size) break;
    const size_t end = first + kArity < size ? first + kArity : size;
    size_t least = first;
    for (size_t child = first + 1; child < end; ++child) {
      if (entries_[child].Before(entries_[least])) least = child;
    }
    if (!entries_[least].Before(entry)) break;
    entries_[at] = entries_[least];
    at = least;
  }
  entries_[at] = entry;
}

Timers::Entry Timers::PopFirst() {
  const Entry first = entries_.front();
  const Entry last = entries_.back();
  entries_.pop_back();
  if (!entries_.empty()) SiftDown(0, last);
  return first;
}

void Timers::DropDead() {
  while (!entries_.empty() && At(0) == nullptr) ReleaseEntry(PopFirst());
}

Promise* Timers::PopDue(int64_t now_ns) {
  if (first_deadline() > now_ns || entries_.empty()) return nullptr;
  const Entry entry = PopFirst();
  Promise* promise = entry.Target();
  RetainObject(promise);
  ReleaseEntry(entry);
  return promise;
}

// Makes room: drops dead entries, and grows only when most are alive.
void Timers::Purge() {
  std::vector<Entry> alive;
  std::vector<Entry> dead;
  for (const Entry& entry : entries_) (entry.Target() != nullptr ? alive : dead).push_back(entry);
  const size_t wanted = alive.size() * 2 < kFirstCapacity ? kFirstCapacity : alive.size() * 2;
  if (!dead.empty()) {
    entries_.clear();
    for (const Entry& entry : alive) {
      entries_.push_back(entry);
      SiftUp(entries_.size() - 1);
    }
  }
  entries_.reserve(wanted);
  for (const Entry& entry : dead) ReleaseEntry(entry);
}

void Timers::Clear() {
  std::vector<Entry> entries;
  entries.swap(entries_);
  for (const Entry& entry : entries) ReleaseEntry(entry);
}

}  // namespace ruff
