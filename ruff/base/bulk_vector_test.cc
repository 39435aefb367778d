#include "ruff/base/bulk_vector.h"

#include <cstdint>
#include <utility>

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(BulkVector, GrowsFromNothingToManyMegabytes) {
  BulkVector<uint32_t> numbers;
  EXPECT_TRUE(numbers.empty());
  for (uint32_t i = 0; i < 3'000'000; ++i) numbers.push_back(i);
  ASSERT_EQ(numbers.size(), 3'000'000);
  for (uint32_t i = 0; i < 3'000'000; ++i) ASSERT_EQ(numbers[i], i);
  numbers.Truncate(10);
  numbers.shrink_to_fit();
  EXPECT_EQ(numbers.capacity(), 10);
  EXPECT_EQ(numbers.back(), 9);
}

TEST(BulkVector, PushesItemsOfItsOwn) {
  BulkVector<uint32_t> numbers = {7};
  for (int i = 0; i < 100; ++i) numbers.push_back(numbers[0]);
  EXPECT_EQ(numbers, BulkVector<uint32_t>(101, 7));
}

TEST(BulkVector, CopiesAndMoves) {
  BulkVector<int> a = {1, 2, 3};
  BulkVector<int> b = a;
  b.push_back(4);
  EXPECT_EQ(a, (BulkVector<int>{1, 2, 3}));
  EXPECT_EQ(b, (BulkVector<int>{1, 2, 3, 4}));
  a = std::move(b);
  EXPECT_EQ(a.size(), 4);
  a = BulkVector<int>();
  EXPECT_TRUE(a.empty());
}

TEST(BulkVector, Appends) {
  BulkVector<int> a = {1};
  const int more[] = {2, 3};
  a.Append(more, 2);
  a.Append(nullptr, 0);
  a.pop_back();
  EXPECT_EQ(a, (BulkVector<int>{1, 2}));
  a.assign(3, 5);
  EXPECT_EQ(a, (BulkVector<int>{5, 5, 5}));
}

}  // namespace
}  // namespace ruff
