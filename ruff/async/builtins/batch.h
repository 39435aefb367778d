// Many blocking operations that one promise stands for.
//
// A batch is worked on by a few workers, each taking the next index when it is done with one, so
// that at most `limit` operations are under way and the poller has few pieces of work to pass
// around. A worker gives its thread back every few operations, for the sake of others. The first
// operation to fail rejects the promise; those under way end, no further one begins.

#ifndef RUFF_ASYNC_BUILTINS_BATCH_H_
#define RUFF_ASYNC_BUILTINS_BATCH_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "ruff/async/core/scheduler.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

class Batch {
 public:
  virtual ~Batch() = default;  // on the scheduler's thread
  // For people: "read file".
  virtual std::string_view name() const = 0;
  // Operation `i`, on any thread. Why it failed; empty when it did not.
  virtual std::string RunOne(uint32_t i) = 0;
  // The value of the promise once all operations have succeeded; on the scheduler's thread. Owned.
  virtual Value Result() = 0;
};

// Operations 0 … count - 1, at most `limit` at a time on at most `threads` threads.
Promise* StartBatch(Scheduler& scheduler, std::unique_ptr<Batch> batch, uint32_t count,
                    uint32_t limit, uint32_t threads);

}  // namespace ruff

#endif  // RUFF_ASYNC_BUILTINS_BATCH_H_
