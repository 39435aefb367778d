// Who is told what the tasks of a program do, as it happens.

#ifndef RUFF_ASYNC_CORE_TASK_TRACE_H_
#define RUFF_ASYNC_CORE_TASK_TRACE_H_

#include "ruff/runtime/vm/fiber.h"

namespace ruff {

// A task has a fiber of its own once it has waited for the first time, or from the start (main,
// spawned tasks).
class TaskTrace {
 public:
  virtual ~TaskTrace() = default;
  virtual void Runs(const Fiber* fiber) = 0;   // its turn begins
  virtual void Rests(const Fiber* fiber) = 0;  // its turn is over
  virtual void Waits(const Fiber* fiber) = 0;  // until it runs again
  virtual void Gone(const Fiber* fiber) = 0;   // ended or cancelled
};

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_TASK_TRACE_H_
