#include "ruff/async/core/polled_watches.h"

#include <poll.h>

#include <algorithm>
#include <climits>
#include <vector>

namespace ruff {
namespace {

constexpr int64_t kNsPerMs = 1'000'000;

class PolledWatch final : public ListedWatch {
 public:
  using ListedWatch::ListedWatch;
  ~PolledWatch() override { Leave(); }

 private:
  void Apply() override {}
  void Detach() override {}
};

}  // namespace

std::unique_ptr<Watch> PolledWatches::NewWatch(int descriptor, Watcher& watcher) {
  return std::make_unique<PolledWatch>(list_, descriptor, watcher);
}

bool PolledWatches::Poll(int64_t ns, int64_t clock_ns) {
  if (list_.waiting() == 0) return false;
  std::vector<pollfd> descriptors;
  std::vector<std::shared_ptr<Watcher>> watchers;
  list_.ForEach([&](ListedWatch& watch) {
    const int directions = watch.directions();
    if (directions == 0) return;
    descriptors.push_back(
        {.fd = watch.descriptor(),
         .events = static_cast<short>(((directions & Watch::kRead) != 0 ? POLLIN : 0) |
                                      ((directions & Watch::kWrite) != 0 ? POLLOUT : 0)),
         .revents = 0});
    watchers.push_back(watch.watcher());
  });
  const int64_t until_alarm = list_.first_alarm() == Watch::kNever
                                  ? Watch::kNever
                                  : std::max<int64_t>(list_.first_alarm() - clock_ns, 0);
  const int64_t wait = std::min(ns, until_alarm);
  const int64_t ms = wait / kNsPerMs + (wait % kNsPerMs != 0);
  const int ready = poll(descriptors.data(), descriptors.size(),
                         static_cast<int>(std::min<int64_t>(ms, INT_MAX)));
  for (size_t i = 0; ready > 0 && i < descriptors.size(); ++i) {
    if (descriptors[i].revents != 0) watchers[i]->Ready(/*timed_out=*/false);
  }
  return list_.Expire(clock_ns + (ready == 0 ? wait : 0)) || ready > 0;
}

}  // namespace ruff
