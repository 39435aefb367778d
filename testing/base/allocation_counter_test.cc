#include "testing/base/allocation_counter.h"

#include <memory>
#include <vector>

#include "gtest/gtest.h"

namespace ruff {
namespace {

struct alignas(64) Wide {
  char bytes[64];
};

// Keeps the compiler from leaving out an allocation that nobody looks at.
void Keep(const void* p) { asm volatile("" : : "r"(p) : "memory"); }

TEST(AllocationCounter, Counts) {
  AllocationCounter counter;
  int64_t allocations, bytes, deallocations;
  {
    const auto number = std::make_unique<int64_t>(5);
    const std::vector<char> vector(100);
    Keep(number.get());
    Keep(vector.data());
    allocations = counter.allocations();
    bytes = counter.bytes();
    deallocations = counter.deallocations();
  }
  const int64_t deallocations_at_end = counter.deallocations();
  EXPECT_EQ(allocations, 2);
  EXPECT_EQ(bytes, 108);
  EXPECT_EQ(deallocations, 0);
  EXPECT_EQ(deallocations_at_end, 2);
  counter.Reset();
  EXPECT_EQ(counter.allocations(), 0);
}

TEST(AllocationCounter, OverAligned) {
  AllocationCounter counter;
  auto wide = std::make_unique<Wide>();
  Keep(wide.get());
  const bool is_aligned = reinterpret_cast<uintptr_t>(wide.get()) % 64 == 0;
  wide.reset();
  EXPECT_EQ(counter.allocations(), 1);
  EXPECT_EQ(counter.deallocations(), 1);
  EXPECT_TRUE(is_aligned);
}

TEST(AllocationCounter, Overlap) {
  AllocationCounter outer;
  const auto first = std::make_unique<int>(1);
  Keep(first.get());
  AllocationCounter inner;
  const auto second = std::make_unique<int>(2);
  Keep(second.get());
  EXPECT_EQ(inner.allocations(), 1);
  EXPECT_EQ(outer.allocations(), 2);
}

}  // namespace
}  // namespace ruff
