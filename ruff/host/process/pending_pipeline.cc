#include "ruff/host/process/pending_pipeline.h"

#include <utility>

#include "ruff/async/core/scheduler.h"
#include "ruff/runtime/builtins/arguments.h"

namespace ruff {
namespace {

// Processes have threads of their own, so that their time limits hold and their output is read
// whatever the program is doing, and however many there are.
class PendingPipeline final : public Work {
 public:
  PendingPipeline(Scheduler& scheduler, Promise* owned_promise, std::unique_ptr<Pipeline> pipeline,
                  PipelineResult result)
      : scheduler_(scheduler),
        promise_(owned_promise),
        pipeline_(std::move(pipeline)),
        result_(result) {}
  ~PendingPipeline() override { ReleaseObject(promise_); }

  std::string_view name() const override { return "process"; }
  void Run() override { pipeline_->Run(); }
  void Stop() override { pipeline_->Stop(); }
  void Done() override {
    std::string error;
    const Value value = result_(*pipeline_, &error);
    if (value.Is(Kind::kUnset)) {
      scheduler_.Settle(promise_, Promise::kRejected, NewText(error));
    } else {
      scheduler_.Fulfil(promise_, value);
    }
  }

 private:
  Scheduler& scheduler_;
  Promise* const promise_;
  const std::unique_ptr<Pipeline> pipeline_;
  const PipelineResult result_;
};

}  // namespace

Value AwaitPipeline(NativeContext& context, std::unique_ptr<Pipeline> pipeline,
                    PipelineResult result) {
  Scheduler& scheduler = Scheduler::Of(context);
  Promise* promise = NewPromise();
  Observe(promise);
  scheduler.poller().StartThread(
      new PendingPipeline(scheduler, RetainObject(promise), std::move(pipeline), result));
  return Value::Heap(promise);
}

const std::atomic<bool>* InterruptOf(NativeContext& context) {
  return Scheduler::Of(context).poller().interrupt();
}

}  // namespace ruff
