// parallel_map at work: worker threads, each with an isolate, that take the elements in portions
// (A60 … A66).

#ifndef RUFF_ASYNC_WORKERS_PARALLEL_MAP_H_
#define RUFF_ASYNC_WORKERS_PARALLEL_MAP_H_

#include <cstdint>
#include <string>

#include "ruff/async/core/promise.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

struct ParallelMapOptions {
  uint32_t limit = UINT32_MAX;  // workers at most
  bool keeps_results = true;    // else the promise is one of null
  std::string entry_path;       // for modules that the function imports
};

// The promise of the results of `function` for all elements, owned. Null with *error when something
// cannot be transferred. Both values are borrowed.
Promise* StartParallelMap(Scheduler& scheduler, Value function, const Array* elements,
                          const ParallelMapOptions& options, std::string* error);

}  // namespace ruff

#endif  // RUFF_ASYNC_WORKERS_PARALLEL_MAP_H_
