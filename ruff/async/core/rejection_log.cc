#include "ruff/async/core/rejection_log.h"

#include <algorithm>

#include "ruff/async/core/reason.h"

namespace ruff {

void RejectionLog::Add(Promise* promise) {
  promise->origin = alive_.size();
  alive_.emplace_back(next_number_++, promise);
}

void RejectionLog::Remove(Promise* promise) {
  const size_t place = promise->origin;
  promise->origin = Promise::kUnknown;
  if (place + 1 != alive_.size()) {
    alive_[place] = alive_.back();
    alive_[place].second->origin = place;
  }
  alive_.pop_back();
}

void RejectionLog::Died(Promise* promise) {
  const uint64_t number = alive_[promise->origin].first;
  Remove(promise);
  ++dead_count_;
  if (dead_.size() == kReported && number > dead_.back().first) return;
  if (dead_.size() == kReported) dead_.pop_back();
  const auto after =
      std::upper_bound(dead_.begin(), dead_.end(), number,
                       [](uint64_t n, const auto& entry) { return n < entry.first; });
  dead_.emplace(after, number, RejectionText(promise));
}

RejectionLog::Report RejectionLog::Take() {
  Report report;
  report.count = dead_count_ + alive_.size();
  std::sort(alive_.begin(), alive_.end());
  auto dead = dead_.begin();
  auto alive = alive_.begin();
  while (report.texts.size() < kReported && (dead != dead_.end() || alive != alive_.end())) {
    if (alive == alive_.end() || (dead != dead_.end() && dead->first < alive->first)) {
      report.texts.push_back(std::move((dead++)->second));
    } else {
      report.texts.push_back(RejectionText((alive++)->second));
    }
  }
  for (const Place& place : alive_) {
    place.second->Set(Promise::kObserved);
    place.second->origin = Promise::kUnknown;
  }
  alive_.clear();
  dead_.clear();
  dead_count_ = 0;
  return report;
}

}  // namespace ruff
