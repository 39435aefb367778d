#include "ruff/runtime/value/collection.h"

#include <deque>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/runtime/value/equality.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/string.h"

namespace ruff {
namespace {

class CollectionTest : public testing::Test {
 protected:
  Heap heap_;
  HeapScope scope_{&heap_};
};

Value ArrayOf(std::initializer_list<Value> owned) {
  Array* a = NewArray();
  for (const Value v : owned) ArrayPush(a, v);
  return Value::Heap(a);
}

TEST_F(CollectionTest, SetMembersAreDistinctByEquality) {
  Ref ref(NewSet());
  Set* s = ref.As<Set>();
  EXPECT_TRUE(SetAdd(s, Value::Int(1)));
  EXPECT_FALSE(SetAdd(s, Value::Float(1.0)));
  EXPECT_TRUE(SetAdd(s, Value::Float(0.1 + 0.2)));
  EXPECT_FALSE(SetAdd(s, Value::Float(0.3)));
  EXPECT_TRUE(SetAdd(s, Value::Bool(true)));
  EXPECT_TRUE(SetAdd(s, ArrayOf({Value::Int(1), Value::Heap(NewString("x"))})));
  EXPECT_FALSE(SetAdd(s, ArrayOf({Value::Float(1), Value::Heap(NewString("x"))})));
  EXPECT_FALSE(SetAdd(s, Value::Float(1 - 1.1e-16)));
  EXPECT_EQ(s->size, 4u);
  EXPECT_TRUE(SetRemove(s, Value::Float(1)));
  EXPECT_FALSE(SetContains(s, Value::Int(1)));
}

TEST_F(CollectionTest, FloatsNearACellBorderAreFound) {
  // Walk through cell borders in steps of one ulp: neighbours are equal, so only every second is
  // added.
  Ref ref(NewSet());
  for (int border = 0; border < 4; ++border) {
    double x = (border - 0.381966011250105) / 0x1p30 - 2e-15;
    for (int i = 0; i < 40'000; ++i) {
      const Ref probe(NewSet());
      SetAdd(probe.As<Set>(), Value::Float(x));
      const double y = x + 1e-16;
      ASSERT_EQ(SetContains(probe.As<Set>(), Value::Float(y)), FloatsEqual(x, y));
      x += 1e-19 * (1 + i);
    }
  }
}

TEST_F(CollectionTest, ManyNaNsAndManyFloats) {
  Ref ref(NewSet());
  for (int i = 0; i < 50'000; ++i) {
    SetAdd(ref.As<Set>(), Value::Float(std::numeric_limits<double>::quiet_NaN()));
    SetAdd(ref.As<Set>(), ArrayOf({Value::Float(i / 50'000.0)}));
    SetAdd(ref.As<Set>(), Value::Float(i / 50'000.0));
  }
  EXPECT_EQ(ref.As<Set>()->size, 150'000u);
}

TEST_F(CollectionTest, SetKeepsInsertionOrderThroughRemovals) {
  Ref ref(NewSet());
  Set* s = ref.As<Set>();
  std::vector<int64_t> model;
  std::mt19937 random(5);
  for (int step = 0; step < 5000; ++step) {
    const auto n = static_cast<int64_t>(random() % 200);
    const auto it = std::find(model.begin(), model.end(), n);
    if (random() % 2 == 0) {
      ASSERT_EQ(SetAdd(s, Value::Int(n)), it == model.end());
      if (it == model.end()) model.push_back(n);
    } else {
      ASSERT_EQ(SetRemove(s, Value::Int(n)), it != model.end());
      if (it != model.end()) model.erase(it);
    }
    ASSERT_EQ(s->size, model.size());
  }
  Ref members(SetToArray(s));
  ASSERT_EQ(members.As<Array>()->size, model.size());
  for (size_t i = 0; i < model.size(); ++i) {
    EXPECT_EQ(ArrayGet(members.As<Array>(), i).i, model[i]);
  }
}

TEST_F(CollectionTest, SetCopyOnWrite) {
  Set* s = NewSet();
  for (int i = 0; i < 20; ++i) SetAdd(s, Value::Heap(NewString(std::to_string(i))));
  Ref alias = Ref::Share(Value::Heap(s));
  s = UniqueSet(s);
  SetAdd(s, Value::Int(-1));
  EXPECT_EQ(alias.As<Set>()->size, 20u);
  EXPECT_EQ(s->size, 21u);
  ReleaseObject(s);
}

TEST_F(CollectionTest, SequencesAgreeWithDeques) {
  std::mt19937 random(9);
  std::vector<Sequence*> sequences(3);
  std::vector<std::deque<std::string>> models(3);
  for (Sequence*& s : sequences) s = NewSequence(Kind::kQueue, NewArray());
  for (int step = 0; step < 20'000; ++step) {
    const size_t at = random() % 3;
    const size_t other = random() % 3;
    auto& model = models[at];
    switch (random() % 8) {
      case 0:
        if (other == at || random() % 4 != 0) break;
        ReleaseObject(sequences[at]);
        sequences[at] = RetainObject(sequences[other]);
        model = models[other];
        break;
      case 1:
      case 2: {
        if (model.empty()) break;
        sequences[at] = UniqueSequence(sequences[at]);
        const Ref front(SequencePopFront(sequences[at]));
        ASSERT_EQ(front.As<String>()->view(), model.front());
        model.pop_front();
        break;
      }
      case 3: {
        if (model.empty()) break;
        sequences[at] = UniqueSequence(sequences[at]);
        const Ref back(SequencePopBack(sequences[at]));
        ASSERT_EQ(back.As<String>()->view(), model.back());
        model.pop_back();
        break;
      }
      default: {
        const std::string text = std::to_string(step);
        sequences[at] = UniqueSequence(sequences[at]);
        SequencePush(sequences[at], Value::Heap(NewString(text)));
        model.push_back(text);
      }
    }
    for (size_t k = 0; k < 3; ++k) {
      ASSERT_EQ(sequences[k]->size(), models[k].size());
      if (!models[k].empty()) {
        ASSERT_EQ(SequenceGet(sequences[k], 0).As<String>()->view(), models[k].front());
      }
    }
  }
  for (Sequence* s : sequences) {
    const Ref array(SequenceToArray(s));
    EXPECT_EQ(array.As<Array>()->size, s->size());
    ReleaseObject(s);
  }
}

TEST_F(CollectionTest, QueueOfAMillionIsLinear) {
  Ref ref(NewSequence(Kind::kQueue, NewArray()));
  auto* q = ref.As<Sequence>();
  for (int i = 0; i < 1000; ++i) SequencePush(q, Value::Int(i));
  for (int64_t i = 0; i < 1'000'000; ++i) {
    ASSERT_EQ(SequencePopFront(q).i, i);
    SequencePush(q, Value::Int(i + 1000));
  }
  EXPECT_LE(q->items->capacity, 4096u);
}

TEST_F(CollectionTest, Bytes) {
  const Ref bytes(NewBytes(std::string_view("\x01\xff\x00", 3)));
  EXPECT_EQ(bytes.As<Bytes>()->size, 3u);
  EXPECT_EQ(bytes.As<Bytes>()->data[1], 255);
  EXPECT_EQ(TypeName(bytes.get()), "bytes");
}

}  // namespace
}  // namespace ruff
