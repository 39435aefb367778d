// A clock and a poller without an event loop: work is done on the spot, waiting is sleeping. For
// embedding and tests.

#ifndef RUFF_ASYNC_CORE_BLOCKING_POLLER_H_
#define RUFF_ASYNC_CORE_BLOCKING_POLLER_H_

#include <atomic>
#include <memory>
#include <vector>

#include "ruff/async/core/outbox.h"
#include "ruff/async/core/polled_watches.h"
#include "ruff/async/core/poller.h"

namespace ruff {

class SystemClock final : public Clock {
 public:
  int64_t NowNs() override;
  void SleepUntil(int64_t ns) override;
};

class BlockingPoller final : public Poller {
 public:
  // Both borrowed. When `interrupt` (may be null) becomes true, waiting ends soon.
  explicit BlockingPoller(Clock& clock, std::atomic<bool>* interrupt = nullptr)
      : clock_(clock), interrupt_(interrupt) {}

  void Start(Work* owned) override;
  void SendOut(Work* owned) override { outbox_.Send(owned); }
  void Return(Work* sent) override { outbox_.Return(sent); }
  uint32_t threads() const override { return 1; }
  std::unique_ptr<Watch> NewWatch(int descriptor, Watcher& watcher) override {
    return watches_.NewWatch(descriptor, watcher);
  }
  size_t in_flight() const override { return started_.size() + outbox_.size() + watches_.needed(); }
  size_t watching() const override { return watches_.waiting(); }
  void Poll(int64_t until_ns) override;
  std::atomic<bool>* interrupt() const override { return interrupt_; }

 private:
  Clock& clock_;
  std::atomic<bool>* const interrupt_;
  std::vector<std::unique_ptr<Work>> started_;
  Outbox outbox_;
  PolledWatches watches_;
};

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_BLOCKING_POLLER_H_
