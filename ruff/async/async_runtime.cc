#include "ruff/async/async_runtime.h"

#include "ruff/async/builtins/families.h"
#include "ruff/async/core/blocking_poller.h"
#include "ruff/async/uv/uv_poller.h"
#include "ruff/runtime/builtins/registry.h"

namespace ruff {
namespace {

constexpr int kExitRuntimeError = 4;

class Runtime final : public AsyncRuntime {
 public:
  Runtime(Vm& vm, ErrorReporter& reporter, const SchedulerOptions& options)
      : poller_(NewUvPoller(/*takes_interrupts=*/true)),
        scheduler_(vm, clock_, *poller_, reporter, options) {}

  Scheduler& scheduler() override { return scheduler_; }

 private:
  SystemClock clock_;
  std::unique_ptr<Poller> poller_;
  Scheduler scheduler_;
};

}  // namespace

int AsyncRuntime::RunMain(Function* main) {
  Vm& vm = scheduler().vm();
  Outcome outcome = scheduler().Call(main);
  if (outcome == Outcome::kFinished) outcome = scheduler().Finish();
  switch (outcome) {
    case Outcome::kExit:
      return vm.exit_code();
    case Outcome::kFailed:
      scheduler().ReportUncaught();
      break;
    default:
      break;
  }
  return scheduler().reported() ? kExitRuntimeError : 0;
}

void RegisterAsyncBuiltins() {
  static const bool registered = [] {
    AddNatives(PromiseBuiltins());
    AddNatives(TaskBuiltins());
    AddNatives(ChannelBuiltins());
    AddNatives(SharedBuiltins());
    AddNatives(FileBuiltins());
    AddNatives(SsgBuiltins());
    return true;
  }();
  (void)registered;
}

std::unique_ptr<AsyncRuntime> NewAsyncRuntime(Vm& vm, ErrorReporter& reporter,
                                              const SchedulerOptions& options) {
  return std::make_unique<Runtime>(vm, reporter, options);
}

}  // namespace ruff
