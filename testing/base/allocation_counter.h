// Counts allocations, so that a test can pin how many a piece of code makes.
//
//   AllocationCounter counter;
//   Work();
//   EXPECT_EQ(counter.allocations(), 2);
//
// Linking this library replaces the global operator new and delete of the test. What does not go
// through them is not seen: the heap of values keeps its own account (ruff/runtime/value/heap.h).

#ifndef RUFF_TESTING_BASE_ALLOCATION_COUNTER_H_
#define RUFF_TESTING_BASE_ALLOCATION_COUNTER_H_

#include <cstdint>

namespace ruff {

// What this thread allocated since the counter was made or reset. Counters may overlap.
class AllocationCounter {
 public:
  AllocationCounter() { Reset(); }

  void Reset();

  int64_t allocations() const;
  int64_t bytes() const;  // asked for by those allocations, whether freed since or not
  int64_t deallocations() const;

 private:
  int64_t allocations_;
  int64_t bytes_;
  int64_t deallocations_;
};

}  // namespace ruff

#endif  // RUFF_TESTING_BASE_ALLOCATION_COUNTER_H_
