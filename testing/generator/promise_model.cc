#include "testing/generator/promise_model.h"

#include <algorithm>
#include <deque>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

namespace ruff::generator {
namespace {

// When a member settles, up to its index.
std::tuple<uint8_t, uint8_t> TimeOf(const ModelMember& member) {
  return {member.turns, member.start};
}

// The first to settle of the members that `counts` accepts.
template <typename Predicate>
std::optional<uint64_t> Earliest(std::span<const ModelMember> members, Predicate counts) {
  std::optional<uint64_t> best;
  for (uint64_t i = 0; i < members.size(); ++i) {
    if (members[i].external || !counts(members[i])) continue;
    if (!best || TimeOf(members[i]) < TimeOf(members[*best])) best = i;
  }
  return best;
}

// `promise_all` with a window of watched members.
class Window {
 public:
  Window(std::span<const ModelMember> members, uint64_t limit)
      : members_(members), limit_(limit), settled_(members.size()), watched_(members.size()) {}

  std::optional<uint64_t> Run() {
    for (uint64_t i = 0; i < members_.size(); ++i) settled_[i] = members_[i].turns == 0;
    if (!Fill()) return decided_;
    for (const uint64_t i : InOrder()) {
      if (!settled_[i] && !Settle(i)) return decided_;
    }
    return std::nullopt;
  }

 private:
  // The indices of all members, as they settle.
  std::vector<uint64_t> InOrder() const {
    std::vector<uint64_t> order(members_.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [this](uint64_t a, uint64_t b) {
      return std::pair(TimeOf(members_[a]), a) < std::pair(TimeOf(members_[b]), b);
    });
    return order;
  }

  // Takes the next members while the window has room; false when that decides.
  bool Fill() {
    for (; in_window_ < limit_ && next_ < members_.size(); ++next_) {
      if (!settled_[next_]) {
        watched_[next_] = true;
        ++in_window_;
      } else if (members_[next_].rejects) {
        decided_ = next_;
        return false;
      }
    }
    return true;
  }

  bool Settle(uint64_t index) {
    settled_[index] = true;
    if (!watched_[index]) return true;
    if (members_[index].rejects) {
      decided_ = index;
      return false;
    }
    --in_window_;
    return Fill();
  }

  std::span<const ModelMember> members_;
  uint64_t limit_;
  std::vector<bool> settled_;
  std::vector<bool> watched_;
  uint64_t next_ = 0;
  uint64_t in_window_ = 0;
  std::optional<uint64_t> decided_;
};

// `promise_map` on a queue of jobs of its own.
class Map {
 public:
  Map(std::span<const ModelMember> items, uint64_t limit)
      : items_(items), turns_left_(items.size()) {
    for (uint64_t i = 0; i < items.size(); ++i) turns_left_[i] = items[i].turns;
    for (uint64_t slot = 0; slot < limit && !outcome_.rejected && started() < items.size();
         ++slot) {
      Start();
    }
  }

  MapOutcome Run() {
    while (!outcome_.rejected && !queue_.empty()) {
      const Job job = queue_.front();
      queue_.pop_front();
      switch (job.what) {
        case Job::kWake:
          queue_.push_back({Job::kResume, job.item});
          break;
        case Job::kResume:
          if (--turns_left_[job.item] > 0) {
            queue_.push_back({Job::kWake, job.item});
          } else if (Finish(job.item) && started() < items_.size()) {
            queue_.push_back({Job::kStart, 0});
          }
          break;
        case Job::kStart:
          if (started() < items_.size()) Start();
          break;
      }
    }
    return outcome_;
  }

 private:
  static constexpr uint64_t kMaxStartsInARow = 10000;

  struct Job {
    enum What { kWake, kResume, kStart } what;
    uint64_t item;
  };

  uint64_t started() const { return outcome_.started; }

  // Calls fn for the next items until one suspends: the slot of one that does not is free at once.
  void Start() {
    for (uint64_t in_a_row = 0; started() < items_.size(); ++in_a_row) {
      if (in_a_row == kMaxStartsInARow) {
        queue_.push_back({Job::kStart, 0});
        return;
      }
      const uint64_t item = outcome_.started++;
      if (items_[item].turns > 0) {
        queue_.push_back({Job::kWake, item});
        return;
      }
      if (!Finish(item)) return;
    }
  }

  // False when that decides the outcome.
  bool Finish(uint64_t item) {
    if (items_[item].rejects) outcome_.rejected = item;
    return !items_[item].rejects;
  }

  std::span<const ModelMember> items_;
  std::vector<uint8_t> turns_left_;
  std::deque<Job> queue_;
  MapOutcome outcome_;
};

}  // namespace

std::optional<uint64_t> FirstRejection(std::span<const ModelMember> members, uint64_t limit) {
  if (limit == 0) return Earliest(members, [](const ModelMember& m) { return m.rejects; });
  return Window(members, limit).Run();
}

std::optional<uint64_t> FirstSettled(std::span<const ModelMember> members) {
  return Earliest(members, [](const ModelMember&) { return true; });
}

std::optional<uint64_t> FirstFulfilled(std::span<const ModelMember> members) {
  return Earliest(members, [](const ModelMember& m) { return !m.rejects; });
}

MapOutcome RunMap(std::span<const ModelMember> items, uint64_t limit) {
  return Map(items, limit).Run();
}

}  // namespace ruff::generator
