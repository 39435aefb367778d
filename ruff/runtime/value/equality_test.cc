#include "ruff/runtime/value/equality.h"

#include <limits>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/hash.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/structure.h"
#include "ruff/runtime/value/truthiness.h"

namespace ruff {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

class EqualityTest : public testing::Test {
 protected:
  Heap heap_;
  HeapScope scope_{&heap_};
};

Ref ArrayOf(std::vector<Ref> members) {
  Array* a = NewArray();
  for (Ref& member : members) ArrayPush(a, member.Take());
  return Ref(a);
}
Ref SetOf(std::vector<Ref> members) {
  Set* s = NewSet();
  for (Ref& member : members) SetAdd(s, member.Take());
  return Ref(s);
}
Ref Int(int64_t i) { return Ref(Value::Int(i)); }
Ref Float(double d) { return Ref(Value::Float(d)); }
Ref Text(std::string_view text) { return Ref(NewString(text)); }
Ref Some(Ref value) { return Ref(NewBox(Kind::kSome, value.Take())); }

bool Equal(const Ref& a, const Ref& b) {
  const bool equal = ValuesEqual(a.get(), b.get());
  EXPECT_EQ(ValuesEqual(b.get(), a.get()), equal);
  const ValueHash hash_a = HashValue(a.get());
  const ValueHash hash_b = HashValue(b.get());
  if (equal) {
    EXPECT_TRUE(hash_a.reflexive);
    if (hash_a.decided) EXPECT_EQ(hash_a.hash, hash_b.hash);
  }
  return equal;
}

TEST_F(EqualityTest, Scalars) {
  EXPECT_TRUE(Equal(Int(1), Float(1)));
  EXPECT_TRUE(Equal(Float(0.1 + 0.2), Float(0.3)));
  EXPECT_FALSE(Equal(Float(0.3), Float(0.3 + 2.3e-16)));
  EXPECT_FALSE(Equal(Float(kNaN), Float(kNaN)));
  EXPECT_TRUE(Equal(Float(kInf), Float(kInf)));
  EXPECT_FALSE(Equal(Float(kInf), Float(-kInf)));
  EXPECT_TRUE(Equal(Float(0.0), Float(-0.0)));
  EXPECT_FALSE(Equal(Int((1LL << 53) + 1), Int(1LL << 53)));
  EXPECT_TRUE(Equal(Int((1LL << 53) + 1), Float(0x1p53)));
  EXPECT_TRUE(Equal(Text("a"), Text("a")));
  EXPECT_FALSE(Equal(Text("1"), Int(1)));
  EXPECT_FALSE(Equal(Ref(Value::Bool(true)), Int(1)));
  EXPECT_FALSE(Equal(Ref(Value::Null()), Ref(Value::Bool(false))));
  EXPECT_TRUE(Equal(Ref(Value::None()), Ref(Value::None())));
  EXPECT_TRUE(Equal(Ref(NewBytes("ab")), Ref(NewBytes("ab"))));
}

TEST_F(EqualityTest, Containers) {
  EXPECT_TRUE(Equal(ArrayOf({Int(1), Int(2)}), ArrayOf({Float(1), Float(2)})));
  EXPECT_TRUE(Equal(ArrayOf({Int(1), Int(2)}), ArrayOf({Int(1), Int(2)})));
  EXPECT_FALSE(Equal(ArrayOf({Int(1)}), ArrayOf({Int(1), Int(1)})));
  EXPECT_TRUE(Equal(ArrayOf({}), ArrayOf({})));
  EXPECT_FALSE(Equal(ArrayOf({}), Ref(NewDict())));
  EXPECT_TRUE(Equal(Some(Int(1)), Some(Float(1))));
  EXPECT_FALSE(Equal(Some(Ref(Value::Null())), Ref(Value::None())));
  Ref nan = ArrayOf({Float(kNaN)});
  EXPECT_FALSE(Equal(nan, nan));

  Ref a(NewDict()), b(NewDict());
  for (int i = 0; i < 20; ++i) {
    DictSet(a.As<Dict>(), Value::Int(i), Value::Int(i));
    DictSet(b.As<Dict>(), Text(std::to_string(19 - i)).get(), Value::Float(19 - i));
  }
  EXPECT_TRUE(Equal(a, b));
  DictSet(b.As<Dict>(), Value::Int(3), Value::Null());
  EXPECT_FALSE(Equal(a, b));
}

TEST_F(EqualityTest, StructsIgnoreFieldOrderAndDefinition) {
  Ref name(InternString("P")), x(InternString("x")), y(InternString("y"));
  Struct* p = NewStruct(RootShape(name.As<String>()));
  p = StructSet(StructSet(p, x.As<String>(), Value::Int(1)), y.As<String>(), Value::Int(2));
  StructDef* def = NewStructDef(InternString("P"));
  Struct* q = NewStruct(def->root);
  q = StructSet(StructSet(q, y.As<String>(), Value::Int(2)), x.As<String>(), Value::Int(1));
  ReleaseObject(def);
  Ref a(p), b(q);
  EXPECT_TRUE(Equal(a, b));
  b = Ref(StructSet(RetainObject(b.As<Struct>()), x.As<String>(), Value::Int(7)));
  EXPECT_FALSE(Equal(a, b));
}

TEST_F(EqualityTest, SetsInAnyOrder) {
  EXPECT_TRUE(Equal(SetOf({Int(1), Text("a")}), SetOf({Text("a"), Float(1)})));
  EXPECT_FALSE(Equal(SetOf({Int(1), Int(2)}), SetOf({Int(1), Int(3)})));
  EXPECT_FALSE(Equal(SetOf({Float(kNaN)}), SetOf({Float(kNaN)})));
  const auto nested = [](int seed) {
    std::vector<Ref> members;
    for (int i = 0; i < 30; ++i) {
      members.push_back(
          ArrayOf({Int((i * 7 + seed) % 30), SetOf({Int((i * 7 + seed) % 30), Text("s")})}));
    }
    return SetOf(std::move(members));
  };
  EXPECT_TRUE(Equal(nested(0), nested(11)));
  EXPECT_TRUE(Equal(ArrayOf({nested(0), Int(1)}), ArrayOf({nested(5), Int(1)})));
  EXPECT_FALSE(Equal(ArrayOf({nested(0), Int(1)}), ArrayOf({nested(5), Int(2)})));
  EXPECT_FALSE(Equal(SetOf({nested(0), SetOf({Int(1)})}), SetOf({nested(1), SetOf({Int(2)})})));
  EXPECT_TRUE(Equal(SetOf({nested(0), SetOf({Int(1)})}), SetOf({SetOf({Int(1)}), nested(1)})));
}

TEST_F(EqualityTest, QueuesAndStacks) {
  Ref a(NewSequence(Kind::kQueue, NewArray())), b(NewSequence(Kind::kQueue, NewArray()));
  for (int i = 0; i < 3; ++i) SequencePush(a.As<Sequence>(), Value::Int(i));
  for (int i = 1; i < 3; ++i) SequencePush(b.As<Sequence>(), Value::Int(i));
  EXPECT_FALSE(Equal(a, b));
  SequencePopFront(a.As<Sequence>());
  EXPECT_TRUE(Equal(a, b));
  Ref stack(NewSequence(Kind::kStack, SequenceToArray(b.As<Sequence>())));
  EXPECT_FALSE(Equal(stack, b));
}

TEST_F(EqualityTest, Identical) {
  EXPECT_FALSE(ValuesIdentical(Value::Int(1), Value::Float(1)));
  EXPECT_FALSE(ValuesIdentical(Value::Float(0.1 + 0.2), Value::Float(0.3)));
  EXPECT_FALSE(ValuesIdentical(Value::Float(kNaN), Value::Float(kNaN)));
  Ref a = ArrayOf({Int(2)}), b = ArrayOf({Int(2)}), c = ArrayOf({Float(2)});
  EXPECT_TRUE(ValuesIdentical(a.get(), b.get()));
  EXPECT_FALSE(ValuesIdentical(a.get(), c.get()));
}

TEST_F(EqualityTest, AMillionLevels) {
  const auto deep = [](Value leaf) {
    Value v = leaf;
    for (int i = 0; i < 1'000'000; ++i) v = Value::Heap(NewBox(Kind::kSome, v));
    return Ref(v);
  };
  Ref a = deep(Value::Int(1)), b = deep(Value::Float(1)), c = deep(Value::Int(2));
  EXPECT_TRUE(Equal(a, b));
  EXPECT_FALSE(Equal(a, c));
}

TEST_F(EqualityTest, NestedSetsOfAnyDepth) {
  const auto deep = [] {
    Ref v = SetOf({});
    for (int i = 0; i < 100'000; ++i) v = SetOf({std::move(v)});
    return v;
  };
  EXPECT_TRUE(Equal(deep(), deep()));
}

// Each level refers twice to the next: 2^60 paths.
TEST_F(EqualityTest, SharedPartsAreComparedOnce) {
  const auto doubled = [](int64_t leaf) {
    Ref v = ArrayOf({Int(leaf), Text("leaf")});
    for (int i = 0; i < 60; ++i) {
      Ref again = v;
      v = ArrayOf({std::move(v), std::move(again)});
    }
    return v;
  };
  EXPECT_TRUE(Equal(doubled(1), doubled(1)));
  EXPECT_FALSE(Equal(doubled(1), doubled(2)));
}

TEST_F(EqualityTest, CompareStrings) {
  const auto sign = [](std::string_view a, std::string_view b) {
    const int order = CompareStrings(Text(a).As<String>(), Text(b).As<String>());
    return (order > 0) - (order < 0);
  };
  EXPECT_EQ(sign("Z", "a"), -1);
  EXPECT_EQ(sign("10", "9"), -1);
  EXPECT_EQ(sign("ab", "a"), 1);
  EXPECT_EQ(sign("", ""), 0);
  EXPECT_EQ(sign("é", "z"), 1);
}

TEST_F(EqualityTest, Truthiness) {
  for (const Ref& v : {Ref(Value::Bool(false)), Ref(), Int(0), Float(0.0), Float(-0.0), Text(""),
                       ArrayOf({}), Ref(NewDict())}) {
    EXPECT_FALSE(IsTruthy(v.get()));
  }
  for (const Ref& v : {Ref(Value::Bool(true)), Int(-1), Float(kNaN), Text("false"),
                       ArrayOf({Int(0)}), Ref(Value::None()), SetOf({}), Ref(NewBytes(""))}) {
    EXPECT_TRUE(IsTruthy(v.get()));
  }
}

}  // namespace
}  // namespace ruff
