#include "ruff/async/builtins/batch.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "ruff/async/core/reason.h"

namespace ruff {
namespace {

constexpr int kOperationsInARow = 64;

// Shared by the workers of a batch.
struct State {
  State(Scheduler& s, std::unique_ptr<Batch> b, Promise* p, uint32_t n)
      : scheduler(s), batch(std::move(b)), promise(p), count(n) {}
  ~State() { ReleaseObject(promise); }

  Scheduler& scheduler;
  const std::unique_ptr<Batch> batch;
  Promise* const promise;  // owned
  const uint32_t count;
  uint32_t workers = 0;
  std::atomic<uint32_t> next = 0;
  std::atomic<bool> failed = false;
  absl::Mutex mutex;
  std::string reason ABSL_GUARDED_BY(mutex);  // of the first failure
};

class Worker final : public Work {
 public:
  explicit Worker(std::shared_ptr<State> state) : state_(std::move(state)) {}

  std::string_view name() const override { return state_->batch->name(); }

  void Run() override {
    for (int n = 0; n < kOperationsInARow; ++n) {
      if (state_->failed.load(std::memory_order_relaxed)) return;
      const uint32_t i = state_->next.fetch_add(1, std::memory_order_relaxed);
      if (i >= state_->count) return;
      std::string reason = state_->batch->RunOne(i);
      if (reason.empty()) continue;
      absl::MutexLock lock(&state_->mutex);
      if (!state_->failed.exchange(true)) state_->reason = std::move(reason);
      return;
    }
    more_ = true;
  }

  void Done() override {
    State& state = *state_;
    if (state.failed.load()) {
      if (state.promise->pending()) {
        absl::MutexLock lock(&state.mutex);
        state.scheduler.RejectWithReason(state.promise, TextReason(state.reason));
      }
    } else if (more_) {
      state.scheduler.poller().Start(new Worker(state_));
      return;
    }
    if (--state.workers == 0 && state.promise->pending()) {
      state.scheduler.Fulfil(state.promise, state.batch->Result());
    }
  }

 private:
  std::shared_ptr<State> state_;
  bool more_ = false;
};

}  // namespace

Promise* StartBatch(Scheduler& scheduler, std::unique_ptr<Batch> batch, uint32_t count,
                    uint32_t limit, uint32_t threads) {
  if (count == 0) return NewFulfilled(batch->Result());
  Promise* promise = NewPromise();
  const auto state =
      std::make_shared<State>(scheduler, std::move(batch), RetainObject(promise), count);
  state->workers = std::min({count, limit, std::max(threads, 1u)});
  for (uint32_t i = 0; i < state->workers; ++i) scheduler.poller().Start(new Worker(state));
  return promise;
}

}  // namespace ruff
