// Asynchrony for one VM: everything in this folder, put together.

#ifndef RUFF_ASYNC_ASYNC_RUNTIME_H_
#define RUFF_ASYNC_ASYNC_RUNTIME_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "ruff/async/core/progress_counts.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/async/trace/trace_file.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {

// Adds the builtins of this room to the registry. Before the first engine is made; later calls do
// nothing.
void RegisterAsyncBuiltins();

class AsyncRuntime {
 public:
  virtual ~AsyncRuntime() = default;

  // Call, Finish, reported: see Scheduler.
  virtual Scheduler& scheduler() = 0;

  // Calls `main` (borrowed) and goes on until the program ends. What is not caught goes to the
  // reporter. Returns the exit code.
  int RunMain(Function* main);
};

struct AsyncOptions {
  uint64_t timeout_ms = 0;                 // SchedulerOptions
  std::optional<uint64_t> simulated = {};  // the seed of a simulated world (sim/simulation.h)
  uint32_t io_fails = 0;                   // simulated: one system call in so many fails; 0: none
  TraceFile* trace = nullptr;              // borrowed; null: nobody is told
  ProgressCounts* progress = nullptr;      // borrowed; null: nobody counts
};

// `vm` and `reporter` are borrowed and outlive the runtime.
std::unique_ptr<AsyncRuntime> NewAsyncRuntime(Vm& vm, ErrorReporter& reporter,
                                              const AsyncOptions& options = {});

}  // namespace ruff

#endif  // RUFF_ASYNC_ASYNC_RUNTIME_H_
