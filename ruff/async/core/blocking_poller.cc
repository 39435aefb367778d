#include "ruff/async/core/blocking_poller.h"

#include <errno.h>
#include <time.h>

#include <utility>

namespace ruff {
namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;

}  // namespace

int64_t SystemClock::NowNs() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return int64_t{t.tv_sec} * kNsPerSecond + t.tv_nsec;
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
  if (until_ns <= now_ns) return;
  if (outbox_.size() != 0) {
    outbox_.Wait(until_ns - now_ns);
    outbox_.Collect();
    return;
  }
  timespec until;
  until.tv_sec = until_ns / kNsPerSecond;
  until.tv_nsec = until_ns % kNsPerSecond;
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
  }
}

}  // namespace ruff
