// What the clocks say. A simulation puts its own clocks in the place of the system's.

#ifndef RUFF_BASE_CLOCK_TIME_SOURCE_H_
#define RUFF_BASE_CLOCK_TIME_SOURCE_H_

#include <cstdint>

namespace ruff {

class TimeSource {
 public:
  virtual ~TimeSource() = default;
  virtual int64_t MonotonicNs() = 0;
  virtual int64_t SinceEpochNs() = 0;
};

// Of this thread, borrowed; null: the system's clocks.
void SetTimeSource(TimeSource* source);

// Time that never goes back, in ns since some moment.
int64_t MonotonicNs();
// Time since the beginning of 1970, UTC, in ns.
int64_t SinceEpochNs();

}  // namespace ruff

#endif  // RUFF_BASE_CLOCK_TIME_SOURCE_H_
