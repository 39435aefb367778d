#include "ruff/async/core/blocking_poller.h"

#include <errno.h>
#include <time.h>

#include <algorithm>
#include <utility>

namespace ruff {
namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;
constexpr int64_t kLongestSleepNs = 20'000'000;  // between two looks at the interrupt
constexpr int64_t kShortSleepNs = 1'000'000;     // between two looks at different things

}  // namespace

int64_t SystemClock::NowNs() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return int64_t{t.tv_sec} * kNsPerSecond + t.tv_nsec;
}

void SystemClock::SleepUntil(int64_t ns) {
  timespec until;
  until.tv_sec = ns / kNsPerSecond;
  until.tv_nsec = ns % kNsPerSecond;
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
  }
}

void BlockingPoller::Start(Work* owned) { started_.emplace_back(owned); }

void BlockingPoller::Poll(int64_t until_ns) {
  if (!started_.empty()) {
    for (auto& work : std::exchange(started_, {})) {
      work->Run();
      work->Done();
    }
    return;
  }
  if (outbox_.Collect()) return;
  const int64_t now_ns = clock_.NowNs();
  if (watches_.waiting() != 0) {
    const int64_t longest = outbox_.size() != 0 ? kShortSleepNs : kLongestSleepNs;
    watches_.Poll(std::clamp<int64_t>(until_ns - now_ns, 0, longest), now_ns);
    return;
  }
  if (until_ns <= now_ns) return;
  if (outbox_.size() != 0) {
    outbox_.Wait(until_ns - now_ns);
    outbox_.Collect();
    return;
  }
  if (interrupt_ == nullptr) {
    clock_.SleepUntil(until_ns);
  } else if (!interrupt_->load(std::memory_order_relaxed)) {
    clock_.SleepUntil(std::min(until_ns, now_ns + kLongestSleepNs));
  }
}

}  // namespace ruff
