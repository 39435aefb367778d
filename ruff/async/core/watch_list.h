// The watches of a poller: what they wait for, and until when.
//
// Deadlines are mostly moved on before they pass, so their order is put right lazily: an alarm
// says when to look at a watch, not when its time is up.

#ifndef RUFF_ASYNC_CORE_WATCH_LIST_H_
#define RUFF_ASYNC_CORE_WATCH_LIST_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <utility>

#include "ruff/async/core/watch.h"

namespace ruff {

class WatchList;

// A watch as pollers implement it: Apply tells the system what is wanted.
class ListedWatch : public Watch {
 public:
  ListedWatch(WatchList& list, int descriptor, Watcher& watcher);
  // Derived classes call Leave in their destructors.
  ~ListedWatch() override = default;

  void Want(uint8_t wishes, int64_t deadline_ns) override;

  int descriptor() const { return descriptor_; }
  // kRead and kWrite.
  int directions() const { return wishes_ & (kRead | kWrite); }
  // The watcher, kept alive; null when it waits for nothing.
  std::shared_ptr<Watcher> watcher() const { return held_; }

 protected:
  // Directions have changed.
  virtual void Apply() = 0;
  // The poller is going; Apply will not be called any more.
  virtual void Detach() = 0;
  void Leave();

 private:
  friend class WatchList;
  using Alarm = std::pair<int64_t, ListedWatch*>;

  void SetAlarm(int64_t ns);

  WatchList* list_;  // null: the poller is gone
  const int descriptor_;
  Watcher& watcher_;
  std::shared_ptr<Watcher> held_;
  uint8_t wishes_ = kNothing;
  int64_t deadline_ns_ = kNever;
  int64_t alarm_ns_ = kNever;  // when to look at the deadline
  ListedWatch* next_ = nullptr;
  ListedWatch* previous_ = nullptr;
};

class WatchList {
 public:
  // Detaches all.
  ~WatchList() { Clear(); }

  // Watches that wait for something, and those of them that the program must wait for.
  size_t waiting() const { return waiting_; }
  size_t needed() const { return needed_; }
  bool empty() const { return first_ == nullptr; }

  // When Expire has something to do at the earliest.
  int64_t first_alarm() const { return alarms_.empty() ? Watch::kNever : alarms_.begin()->first; }
  // Tells the watchers whose time is up. Were there any?
  bool Expire(int64_t now_ns);
  // Afterwards the watches do nothing, and their watchers are no longer owned.
  void Clear();

  // Calls f(ListedWatch&) for every watch.
  template <typename F>
  void ForEach(F f) const {
    for (ListedWatch* watch = first_; watch != nullptr; watch = watch->next_) f(*watch);
  }

 private:
  friend class ListedWatch;

  void Count(uint8_t wishes, int change);

  ListedWatch* first_ = nullptr;
  std::set<ListedWatch::Alarm> alarms_;
  size_t waiting_ = 0;
  size_t needed_ = 0;
};

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_WATCH_LIST_H_
