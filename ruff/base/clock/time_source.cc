#include "ruff/base/clock/time_source.h"

#include <time.h>

namespace ruff {
namespace {

thread_local constinit TimeSource* time_source = nullptr;

int64_t Read(clockid_t clock) {
  timespec t;
  clock_gettime(clock, &t);
  return int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
}

}  // namespace

void SetTimeSource(TimeSource* source) { time_source = source; }

int64_t MonotonicNs() {
  return time_source != nullptr ? time_source->MonotonicNs() : Read(CLOCK_MONOTONIC);
}

int64_t SinceEpochNs() {
  return time_source != nullptr ? time_source->SinceEpochNs() : Read(CLOCK_REALTIME);
}

}  // namespace ruff
