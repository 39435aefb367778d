// A program that is about to run: an engine with the limits and rights the command line grants, and
// the event loop that its asynchronous work needs.

#ifndef RUFF_DRIVER_PROGRAM_H_
#define RUFF_DRIVER_PROGRAM_H_

#include <cstdint>
#include <memory>
#include <string>

#include "ruff/async/async_runtime.h"
#include "ruff/lang/frontend/frontend.h"
#include "ruff/runtime/engine/engine.h"
#include "ruff/runtime/vm/capability.h"
#include "ruff/runtime/vm/function.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {

struct ProgramOptions {
  VmOptions vm;
  FrontendOptions frontend;
  CapabilityPolicy policy;
  AsyncOptions async;
  std::string entry_path;  // of the script, for module search; empty when there is none
};

class Program {
 public:
  // Uncaught errors, also of tasks nobody waits for, go to `reporter` (borrowed).
  Program(const ProgramOptions& options, ErrorReporter& reporter);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  Engine& engine() { return engine_; }
  Vm& vm() { return engine_.vm(); }

  // The event loop: Call runs a function as the main task, Finish what is left after it.
  Scheduler& scheduler() { return async_->scheduler(); }

 private:
  Engine engine_;
  std::unique_ptr<AsyncRuntime> async_;
};

}  // namespace ruff

#endif  // RUFF_DRIVER_PROGRAM_H_
