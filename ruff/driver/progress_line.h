// The live line of `ruff run --progress`.

#ifndef RUFF_DRIVER_PROGRESS_LINE_H_
#define RUFF_DRIVER_PROGRESS_LINE_H_

#include <cstdint>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "ruff/async/core/progress_counts.h"

namespace ruff {

// "  41,500 of 100,000  41%  83,000/s  2 rejected".
std::string ProgressText(uint64_t done, uint64_t total, uint64_t rejected, absl::Duration elapsed);

// Draws the line on standard error, a terminal, ten times a second while there is something to show
// for longer than a moment; wipes it when that is over.
class ProgressLine {
 public:
  explicit ProgressLine(const ProgressCounts& counts);  // borrowed
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

 private:
  void Run();
  void Draw(absl::Time now);

  const ProgressCounts& counts_;
  absl::Time begin_ = absl::InfiniteFuture();  // of what is counted now
  bool drawn_ = false;
  absl::Mutex mutex_;
  bool over_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace ruff

#endif  // RUFF_DRIVER_PROGRESS_LINE_H_
