#include "ruff/base/bulk_memory.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "gtest/gtest.h"

namespace ruff {
namespace {

// Writes every 1000th byte of [from, to).
void Fill(void* block, size_t from, size_t to) {
  for (size_t i = from; i < to; i += 1000) {
    static_cast<uint8_t*>(block)[i] = static_cast<uint8_t>(i * 7);
  }
}

bool IsFilled(const void* block, size_t to) {
  for (size_t i = 0; i < to; i += 1000) {
    if (static_cast<const uint8_t*>(block)[i] != static_cast<uint8_t>(i * 7)) return false;
  }
  return true;
}

TEST(BulkMemory, KeepsWhatFitsAcrossAllSizes) {
  constexpr size_t kSizes[] = {1000,    5000,      1'000'000,  3'000'000, 3'001'000,
                               9000000, 1'000'000, 40'000'000, 3'000'000, 2000};
  void* block = nullptr;
  size_t size = 0;
  for (const size_t next : kSizes) {
    block = ResizeBulk(block, size, next);
    EXPECT_TRUE(IsFilled(block, std::min(size, next))) << size << " to " << next;
    if (next > size) Fill(block, size, next);
    size = next;
  }
  EXPECT_EQ(ResizeBulk(block, size, 0), nullptr);
}

TEST(BulkMemory, RoomThatIsNotTouchedCostsNothing) {
  constexpr size_t kSize = size_t{64} << 30;
#ifdef RUFF_SANITIZE
  GTEST_SKIP() << "sanitizers get memory from the heap";
#endif
  void* const block = ResizeBulk(nullptr, 0, kSize);
  std::memset(static_cast<char*>(block) + kSize - 10, 1, 10);
  ResizeBulk(block, kSize, 0);
}

}  // namespace
}  // namespace ruff
