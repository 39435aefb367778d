// A task handle: what spawn_task returns.

#ifndef RUFF_ASYNC_CORE_TASK_H_
#define RUFF_ASYNC_CORE_TASK_H_

#include "ruff/async/core/promise.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

struct Task {
  Object header;
  Promise* promise;    // owned
  Function* function;  // owned until the task starts or is cancelled, then null
};

// A task that has not started. Consumes the function.
Task* NewTask(Function* owned_function);

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_TASK_H_
