#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/string.h"

namespace ruff {
namespace {

class CycleCollectorTest : public testing::Test {
 protected:
  Heap heap_;
  HeapScope scope_{&heap_};
};

Value ArrayOf(std::initializer_list<Value> owned) {
  Array* a = NewArray();
  for (const Value v : owned) ArrayPush(a, v);
  return Value::Heap(a);
}

TEST_F(CycleCollectorTest, FreesASelfReference) {
  Cell* cell = NewCell(Value::Null());
  CellSet(cell, Retain(Value::Heap(cell)));
  ReleaseObject(cell);
  EXPECT_EQ(heap_.object_count(), 1u);
  EXPECT_EQ(heap_.CollectCycles(), 1u);
  EXPECT_EQ(heap_.object_count(), 0u);
}

TEST_F(CycleCollectorTest, KeepsWhatIsReferenced) {
  Cell* cell = NewCell(Value::Null());
  CellSet(cell, ArrayOf({Retain(Value::Heap(cell)), Value::Heap(NewString("kept"))}));
  EXPECT_EQ(heap_.CollectCycles(), 0u);
  EXPECT_EQ(cell->header.refcount, 2u);
  EXPECT_EQ(cell->value.As<Array>()->values[1].As<String>()->view(), "kept");
  ReleaseObject(cell);
  EXPECT_EQ(heap_.CollectCycles(), 2u);
  EXPECT_EQ(heap_.object_count(), 0u);
}

// The last outside reference is to an array on the cycle: no object with identity is released.
TEST_F(CycleCollectorTest, FindsACycleLastHeldThroughAnArray) {
  Cell* cell = NewCell(Value::Null());
  const Value array = ArrayOf({Retain(Value::Heap(cell)), Value::Int(1)});
  CellSet(cell, Retain(array));
  ReleaseObject(cell);
  EXPECT_EQ(heap_.CollectCycles(), 0u);
  EXPECT_EQ(heap_.candidate_count(), 1u);
  Release(array);
  EXPECT_EQ(heap_.CollectCycles(), 2u);
  EXPECT_EQ(heap_.object_count(), 0u);
}

TEST_F(CycleCollectorTest, ForgetsCandidatesOffCycles) {
  Ref cell(NewCell(Value::Null()));
  CellSet(cell.As<Cell>(), ArrayOf({Value::Null()}));
  EXPECT_EQ(heap_.candidate_count(), 1u);
  EXPECT_EQ(heap_.CollectCycles(), 0u);
  EXPECT_EQ(heap_.candidate_count(), 0u);
}

TEST_F(CycleCollectorTest, ReleasesWhatGarbageHolds) {
  Ref outside(NewString("outside"));
  Ref shared(ArrayOf({Retain(outside.get())}));
  Cell* cell = NewCell(Value::Null());
  CellSet(cell, ArrayOf({Retain(Value::Heap(cell)), Retain(shared.get()), Retain(outside.get())}));
  ReleaseObject(cell);
  EXPECT_EQ(shared.get().object->refcount, 2u);
  EXPECT_EQ(heap_.CollectCycles(), 2u);
  EXPECT_EQ(shared.get().object->refcount, 1u);
  EXPECT_EQ(outside.get().object->refcount, 2u);
}

TEST_F(CycleCollectorTest, DeadCandidatesAreShellsUntilPurged) {
  for (int i = 0; i < 100'000; ++i) {
    Cell* cell = NewCell(Value::Null());
    CellSet(cell, ArrayOf({Value::Null()}));
    ReleaseObject(cell);
  }
  EXPECT_EQ(heap_.object_count(), 0u);
  EXPECT_EQ(heap_.bytes_in_use(), 0u);
  EXPECT_EQ(heap_.candidate_count(), 0u);
  heap_.CollectCycles();
}

TEST_F(CycleCollectorTest, CollectsByItselfAtSafePoints) {
  for (int i = 0; i < 200'000; ++i) {
    Cell* cell = NewCell(Value::Null());
    CellSet(cell, Retain(Value::Heap(cell)));
    ReleaseObject(cell);
    heap_.MaybeCollectCycles();
  }
  EXPECT_LT(heap_.object_count(), 30'000u);
}

TEST_F(CycleCollectorTest, FreesARingOfAMillion) {
  Cell* first = NewCell(Value::Null());
  Value previous = Value::Heap(first);
  for (int i = 0; i < 1'000'000; ++i) previous = Value::Heap(NewCell(previous));
  CellSet(first, Retain(previous));
  Release(previous);
  EXPECT_EQ(heap_.CollectCycles(), 1'000'001u);
  EXPECT_EQ(heap_.object_count(), 0u);
}

TEST(HeapShutdownTest, FreesCycles) {
  Heap heap;
  HeapScope scope(&heap);
  Cell* cell = NewCell(Value::Null());
  CellSet(cell, Retain(Value::Heap(cell)));
  ReleaseObject(cell);
}

// Random graphs: what a search from the roots reaches stays, everything else goes.
TEST_F(CycleCollectorTest, AgreesWithReachability) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const size_t count = 1 + random() % 40;
    std::vector<Cell*> cells(count);
    std::vector<std::vector<size_t>> edges(count);
    for (Cell*& cell : cells) cell = NewCell(Value::Null());
    for (size_t i = 0; i < count; ++i) {
      Array* targets = NewArray();
      for (size_t n = random() % 4; n > 0; --n) {
        const size_t to = random() % count;
        edges[i].push_back(to);
        ArrayPush(targets, Retain(Value::Heap(cells[to])));
      }
      CellSet(cells[i], Value::Heap(targets));
    }
    std::vector<bool> held(count);
    for (size_t i = 0; i < count; ++i) held[i] = random() % 8 == 0;
    for (int collect_early = random() % 2; collect_early > 0; --collect_early)
      heap_.CollectCycles();
    for (size_t i = 0; i < count; ++i) {
      if (!held[i]) ReleaseObject(cells[i]);
    }
    std::vector<bool> reached(count);
    std::vector<size_t> work;
    for (size_t i = 0; i < count; ++i) {
      if (held[i]) work.push_back(i), reached[i] = true;
    }
    size_t alive = work.size();
    while (!work.empty()) {
      const size_t at = work.back();
      work.pop_back();
      for (const size_t to : edges[at]) {
        if (!reached[to]) work.push_back(to), reached[to] = true, ++alive;
      }
    }
    heap_.CollectCycles();
    ASSERT_EQ(heap_.object_count(), alive * 2) << "round " << round;
    for (size_t i = 0; i < count; ++i) {
      if (held[i]) ReleaseObject(cells[i]);
    }
    heap_.CollectCycles();
    ASSERT_EQ(heap_.object_count(), 0u) << "round " << round;
  }
}

}  // namespace
}  // namespace ruff
