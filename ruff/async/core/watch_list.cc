#include "ruff/async/core/watch_list.h"

namespace ruff {

ListedWatch::ListedWatch(WatchList& list, int descriptor, Watcher& watcher)
    : list_(&list), descriptor_(descriptor), watcher_(watcher), next_(list.first_) {
  if (next_ != nullptr) next_->previous_ = this;
  list.first_ = this;
}

void ListedWatch::Leave() {
  if (list_ == nullptr) return;
  SetAlarm(kNever);
  list_->Count(wishes_, -1);
  (previous_ != nullptr ? previous_->next_ : list_->first_) = next_;
  if (next_ != nullptr) next_->previous_ = previous_;
  list_ = nullptr;
}

void ListedWatch::SetAlarm(int64_t ns) {
  if (alarm_ns_ != kNever) list_->alarms_.erase({alarm_ns_, this});
  alarm_ns_ = ns;
  if (alarm_ns_ != kNever) list_->alarms_.insert({alarm_ns_, this});
}

void ListedWatch::Want(uint8_t wishes, int64_t deadline_ns) {
  if (list_ == nullptr) return;
  deadline_ns_ = deadline_ns;
  if (deadline_ns < alarm_ns_) SetAlarm(deadline_ns);
  if (wishes == wishes_) return;
  const int before = directions();
  list_->Count(wishes_, -1);
  wishes_ = wishes;
  list_->Count(wishes_, +1);
  if (directions() != before) Apply();
  if (wishes == kNothing) {
    if (alarm_ns_ != kNever) SetAlarm(kNever);
    held_.reset();  // the watcher called us, so somebody else holds it, too
  } else if (held_ == nullptr) {
    held_ = watcher_.shared_from_this();
  }
}

void WatchList::Count(uint8_t wishes, int change) {
  if (wishes == Watch::kNothing) return;
  waiting_ += static_cast<size_t>(change);
  if ((wishes & Watch::kFinish) != 0) needed_ += static_cast<size_t>(change);
}

bool WatchList::Expire(int64_t now_ns) {
  bool any = false;
  while (first_alarm() <= now_ns) {
    ListedWatch* const watch = alarms_.begin()->second;
    const bool is_up = watch->deadline_ns_ <= now_ns;
    if (is_up) watch->deadline_ns_ = Watch::kNever;
    watch->SetAlarm(watch->deadline_ns_);
    if (!is_up) continue;
    any = true;
    if (const std::shared_ptr<Watcher> watcher = watch->held_) watcher->Ready(/*timed_out=*/true);
  }
  return any;
}

void WatchList::Clear() {
  while (first_ != nullptr) {
    ListedWatch* const watch = first_;
    const std::shared_ptr<Watcher> watcher = std::move(watch->held_);  // may own the watch
    watch->Detach();
    watch->Leave();
  }
}

}  // namespace ruff
