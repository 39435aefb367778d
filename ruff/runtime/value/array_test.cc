#include "ruff/runtime/value/array.h"

#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/string.h"

namespace ruff {
namespace {

class ArrayTest : public testing::Test {
 protected:
  Heap heap_;
  HeapScope scope_{&heap_};
};

TEST_F(ArrayTest, StorageFollowsTheElements) {
  Ref ref(NewArray());
  Array* a = ref.As<Array>();
  ArrayPush(a, Value::Float(1.5));
  EXPECT_EQ(a->storage(), Array::kFloats);
  ArrayPush(a, Value::Float(2.5));
  ArrayPush(a, Value::Int(3));
  EXPECT_EQ(a->storage(), Array::kValues);
  EXPECT_EQ(ArrayGet(a, 0).d, 1.5);
  EXPECT_TRUE(ArrayGet(a, 2).IsInt());
  EXPECT_EQ(a->size, 3u);
}

TEST_F(ArrayTest, AMillionIntsAreEightMegabytes) {
  Array* a = NewArray(1'000'000);
  for (int i = 0; i < 1'000'000; ++i) ArrayPush(a, Value::Int(i));
  EXPECT_LE(heap_.bytes_in_use(), 8'000'100u);
  EXPECT_EQ(heap_.buffer_allocations(), 1u);
  ReleaseObject(a);
}

TEST_F(ArrayTest, UniqueCopiesOnlyWhatIsShared) {
  Array* a = NewArray();
  ArrayPush(a, Value::Int(1));
  EXPECT_EQ(UniqueArray(a), a);
  Ref alias = Ref::Share(Value::Heap(a));
  Array* b = UniqueArray(a);
  EXPECT_NE(b, alias.As<Array>());
  ArraySet(b, 0, Value::Heap(NewString("changed")));
  EXPECT_EQ(ArrayGet(alias.As<Array>(), 0).i, 1);
  ReleaseObject(b);
}

TEST_F(ArrayTest, AppendFromItself) {
  Ref ref(NewArray());
  Array* a = ref.As<Array>();
  for (int i = 0; i < 5; ++i) ArrayPush(a, Value::Heap(NewString(std::to_string(i))));
  ArrayAppend(a, a, 1, 5);
  ASSERT_EQ(a->size, 9u);
  EXPECT_EQ(ArrayGet(a, 8).As<String>()->view(), "4");
}

TEST_F(ArrayTest, TakeMovesOut) {
  Ref ref(NewArray());
  ArrayPush(ref.As<Array>(), Value::Heap(NewString("x")));
  const Value taken = ArrayTake(ref.As<Array>(), 0);
  EXPECT_EQ(taken.object->refcount, 1u);
  EXPECT_TRUE(ArrayGet(ref.As<Array>(), 0).IsNull());
  Release(taken);
}

// Random operations on several arrays that share storage, against vectors of (kind, number).
TEST_F(ArrayTest, AgreesWithVectors) {
  using Model = std::vector<std::pair<int, int64_t>>;
  const auto make = [](int kind, int64_t n) {
    return kind == 0   ? Value::Int(n)
           : kind == 1 ? Value::Float(static_cast<double>(n))
                       : Value::Heap(NewString(std::to_string(n)));
  };
  const auto matches = [](Value v, std::pair<int, int64_t> m) {
    if (m.first == 0) return v.IsInt() && v.i == m.second;
    if (m.first == 1) return v.IsFloat() && v.d == static_cast<double>(m.second);
    return v.IsString() && v.As<String>()->view() == std::to_string(m.second);
  };
  std::mt19937 random(1);
  std::vector<Array*> arrays(4);
  std::vector<Model> models(4);
  for (Array*& a : arrays) a = NewArray();
  for (int step = 0; step < 20'000; ++step) {
    const size_t at = random() % 4;
    const size_t other = random() % 4;
    Model& model = models[at];
    const int kind = random() % 10 < 7 ? static_cast<int>(at % 3) : static_cast<int>(random() % 3);
    const auto n = static_cast<int64_t>(random() % 100);
    switch (random() % 8) {
      case 0:
        ReleaseObject(arrays[at]);
        if (other == at) {
          arrays[at] = NewArray();
          model.clear();
        } else {
          arrays[at] = RetainObject(arrays[other]);
          model = models[other];
        }
        break;
      case 1: {
        arrays[at] = UniqueArray(arrays[at]);
        const size_t size =
            model.empty() ? 0 : model.size() - random() % std::min<size_t>(model.size(), 5);
        ArrayTruncate(arrays[at], size);
        model.resize(size);
        break;
      }
      case 2: {
        if (model.size() + models[other].size() > 500) break;
        arrays[at] = UniqueArray(arrays[at]);
        const Model copy = models[other];
        ArrayAppend(arrays[at], arrays[other], 0, copy.size());
        model.insert(model.end(), copy.begin(), copy.end());
        break;
      }
      case 3:
      case 4: {
        if (model.empty()) break;
        arrays[at] = UniqueArray(arrays[at]);
        const size_t i = random() % model.size();
        ArraySet(arrays[at], i, make(kind, n));
        model[i] = {kind, n};
        break;
      }
      case 5: {
        const size_t begin = model.empty() ? 0 : random() % model.size();
        Array* slice = ArraySlice(arrays[at], begin, model.size());
        ReleaseObject(arrays[at]);
        arrays[at] = slice;
        model.erase(model.begin(), model.begin() + static_cast<std::ptrdiff_t>(begin));
        break;
      }
      default:
        arrays[at] = UniqueArray(arrays[at]);
        ArrayPush(arrays[at], make(kind, n));
        model.emplace_back(kind, n);
    }
    for (size_t k = 0; k < 4; ++k) {
      ASSERT_EQ(arrays[k]->size, models[k].size()) << step;
      for (size_t i = 0; i < models[k].size(); ++i) {
        ASSERT_TRUE(matches(ArrayGet(arrays[k], i), models[k][i])) << step << " " << k << " " << i;
      }
    }
  }
  for (Array* a : arrays) ReleaseObject(a);
  EXPECT_EQ(heap_.object_count(), 0u);
  EXPECT_EQ(heap_.bytes_in_use(), 0u);
}

}  // namespace
}  // namespace ruff
