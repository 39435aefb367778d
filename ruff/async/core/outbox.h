// Work that is done outside: not by the threads of a poller, but by somebody who says when it is
// finished.

#ifndef RUFF_ASYNC_CORE_OUTBOX_H_
#define RUFF_ASYNC_CORE_OUTBOX_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"
#include "ruff/async/core/poller.h"

namespace ruff {

// All on the scheduler's thread, except Return.
class Outbox {
 public:
  ~Outbox() { Clear(); }

  void Send(Work* owned) { out_.insert(owned); }
  size_t size() const { return out_.size(); }
  // On any thread: `sent` is finished.
  void Return(Work* sent);
  // Calls Done for all that has been returned. Was there anything?
  bool Collect();
  // Waits until something has been returned, but at most `ns`.
  void Wait(int64_t ns);
  // Deletes what is still out.
  void Clear();

 private:
  bool HasReturned() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !returned_.empty(); }

  absl::flat_hash_set<Work*> out_;
  absl::Mutex mutex_;
  std::vector<Work*> returned_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_OUTBOX_H_
