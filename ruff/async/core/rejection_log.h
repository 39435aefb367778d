// The rejections nobody has observed.
//
// A promise enters when it is rejected, leaves when it is observed; one that dies in between leaves
// its text behind. At the end of a program what is left is reported: the texts of the first ten,
// and how many there are.

#ifndef RUFF_ASYNC_CORE_REJECTION_LOG_H_
#define RUFF_ASYNC_CORE_REJECTION_LOG_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "ruff/async/core/promise.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {

class RejectionLog final : public HeapLocal {
 public:
  static constexpr Slot kSlot = kAsync;
  static constexpr size_t kReported = 10;

  static RejectionLog& Current() { return *Heap::Current()->Local<RejectionLog>(); }

  // All O(1). The promise's `origin` is its place here.
  void Add(Promise* promise);
  void Remove(Promise* promise);
  void Died(Promise* promise);  // Remove, but not forgotten

  struct Report {
    std::vector<std::string> texts;  // in order of rejection, at most kReported
    uint64_t count = 0;
  };
  // What has not been observed; all of it counts as observed from now on.
  Report Take();

 private:
  using Place = std::pair<uint64_t, Promise*>;  // number of the rejection
  std::vector<Place> alive_;
  std::vector<std::pair<uint64_t, std::string>> dead_;  // the first kReported, by number
  uint64_t dead_count_ = 0;
  uint64_t next_number_ = 0;
};

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_REJECTION_LOG_H_
