#include "ruff/async/async_runtime.h"

#include <functional>

#include "ruff/async/builtins/families.h"
#include "ruff/async/core/blocking_poller.h"
#include "ruff/async/sim/simulation.h"
#include "ruff/async/uv/uv_poller.h"
#include "ruff/runtime/builtins/registry.h"

namespace ruff {
namespace {

constexpr int kExitRuntimeError = 4;

// World: what the scheduler sees of time and I/O.
template <typename World>
class Runtime final : public AsyncRuntime {
 public:
  template <typename... Arguments>
  Runtime(Vm& vm, ErrorReporter& reporter, const AsyncOptions& options, Arguments... arguments)
      : world_(arguments...),
        tracing_(options.trace == nullptr ? nullptr
                                          : NewTracingPoller(world_.poller(), *options.trace)),
        scheduler_(vm, world_.clock(), tracing_ != nullptr ? *tracing_ : world_.poller(), reporter,
                   {.timeout_ms = options.timeout_ms,
                    .trace = options.trace,
                    .progress = options.progress}) {
    if (options.trace != nullptr) options.trace->set_clock(&world_.clock());
  }

  Scheduler& scheduler() override { return scheduler_; }

 private:
  World world_;
  const std::unique_ptr<Poller> tracing_;
  Scheduler scheduler_;
};

class RealWorld {
 public:
  Clock& clock() { return clock_; }
  Poller& poller() { return *poller_; }

 private:
  SystemClock clock_;
  const std::unique_ptr<Poller> poller_ = NewUvPoller(/*takes_interrupts=*/true);
};

class SimulatedWorld {
 public:
  SimulatedWorld(Vm& vm, uint64_t seed, uint32_t fails) : simulation_(seed, fails) {
    Value number = Value::Int(static_cast<int64_t>(seed));
    FindNative("set_random_seed")->body(vm, &number, 1);
  }
  Clock& clock() { return simulation_; }
  Poller& poller() { return simulation_; }

 private:
  Simulation simulation_;
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
    AddNatives(ParallelBuiltins());
    AddNatives(ChannelBuiltins());
    AddNatives(SharedBuiltins());
    AddNatives(FileBuiltins());
    AddNatives(SsgBuiltins());
    return true;
  }();
  (void)registered;
}

std::unique_ptr<AsyncRuntime> NewAsyncRuntime(Vm& vm, ErrorReporter& reporter,
                                              const AsyncOptions& options) {
  if (options.simulated.has_value()) {
    return std::make_unique<Runtime<SimulatedWorld>>(vm, reporter, options, std::ref(vm),
                                                     *options.simulated, options.io_fails);
  }
  return std::make_unique<Runtime<RealWorld>>(vm, reporter, options);
}

}  // namespace ruff
