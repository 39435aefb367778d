// Watches on poll(2), for pollers without an event loop.

#ifndef RUFF_ASYNC_CORE_POLLED_WATCHES_H_
#define RUFF_ASYNC_CORE_POLLED_WATCHES_H_

#include <cstdint>
#include <memory>

#include "ruff/async/core/watch_list.h"

namespace ruff {

class PolledWatches {
 public:
  std::unique_ptr<Watch> NewWatch(int descriptor, Watcher& watcher);
  size_t waiting() const { return list_.waiting(); }
  size_t needed() const { return list_.needed(); }
  // Tells the watchers of what is ready; if nothing is, waits for the first at most `ns` >= 0 (of
  // real time). Was there any? `clock_ns` is the time of deadlines.
  bool Poll(int64_t ns, int64_t clock_ns);

 private:
  WatchList list_;
};

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_POLLED_WATCHES_H_
