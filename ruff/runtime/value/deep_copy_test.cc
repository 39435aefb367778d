#include "ruff/runtime/value/deep_copy.h"

#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/equality.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/string.h"

namespace ruff {
namespace {

Ref Text(std::string_view text) { return Ref(NewString(text)); }

// One of everything.
Ref Sample() {
  Array* a = NewArray();
  ArrayPush(a, Text("text é").Take());
  ArrayPush(a, Value::Float(2.5));
  ArrayPush(a, Value::Heap(NewBytes("\x01\x02")));
  Dict* d = NewDict();
  for (int i = 0; i < 20; ++i) {
    const Ref key = Text("k" + std::to_string(i));
    DictSet(d, key.get(), Value::Int(i));
  }
  DictSet(d, Value::Int(7), Value::Null());
  ArrayPush(a, Value::Heap(d));
  Set* s = NewSet();
  for (int i = 0; i < 20; ++i) SetAdd(s, Text("m" + std::to_string(i)).Take());
  ArrayPush(a, Value::Heap(s));
  Sequence* q = NewSequence(Kind::kQueue, NewArray());
  SequencePush(q, Value::Int(1));
  SequencePush(q, Value::Int(2));
  SequencePopFront(q);
  ArrayPush(a, Value::Heap(q));
  const Value payload[] = {Value::Int(3), Text("w").Take()};
  ArrayPush(a, Value::Heap(NewTagged(InternString("Shape::Rect"), payload, 2)));
  ArrayPush(a, Value::Heap(NewBox(Kind::kOk, Text("fine").Take())));
  Ref name(InternString("P")), field(InternString("x"));
  Struct* p = NewStruct(RootShape(name.As<String>()));
  ArrayPush(a, Value::Heap(StructSet(p, field.As<String>(), Value::Int(5))));
  StructDef* def = NewStructDef(InternString("Q"));
  Struct* r = NewStruct(def->root);
  ReleaseObject(def);
  r = StructSet(r, field.As<String>(), Text("deep").Take());
  ArrayPush(a, Value::Heap(r));
  ArrayPush(a, Retain(Value::Heap(r)));
  return Ref(a);
}

TEST(DeepCopyTest, CopiesEveryPlainKind) {
  Heap source_heap;
  HeapScope source_scope(&source_heap);
  Ref source = Sample();
  const std::string text = FormatToString(source.get(), Form::kDebug);
  Heap heap;
  {
    HeapScope scope(&heap);
    Copier copier;
    Value out;
    ASSERT_TRUE(copier.Run(source.get(), &out));
    Ref copy(out);
    EXPECT_EQ(FormatToString(copy.get(), Form::kDebug), text);
    const Array* a = copy.As<Array>();
    EXPECT_EQ(DictGet(a->values[3].As<Dict>(), Text("k13").get()).i, 13);
    EXPECT_TRUE(SetContains(a->values[4].As<Set>(), Text("m17").get()));
    EXPECT_EQ(a->values[9].object, a->values[10].object);
  }
  EXPECT_EQ(FormatToString(source.get(), Form::kDebug), text);
}

TEST(DeepCopyTest, ManyThreadsCopyOneSource) {
  Heap source_heap;
  HeapScope source_scope(&source_heap);
  Ref source = Sample();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&source] {
      for (int round = 0; round < 50; ++round) {
        Copier copier;
        Value out;
        ASSERT_TRUE(copier.Run(source.get(), &out));
        Release(out);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(DeepCopyTest, CyclesAndDepth) {
  Heap source_heap;
  HeapScope source_scope(&source_heap);
  Cell* cell = NewCell(Value::Null());
  CellSet(cell, Retain(Value::Heap(cell)));
  Value deep = Value::Heap(cell);
  for (int i = 0; i < 1'000'000; ++i) deep = Value::Heap(NewBox(Kind::kSome, deep));
  Ref source(deep);
  Heap heap;
  HeapScope scope(&heap);
  {
    Copier copier;
    Value out;
    ASSERT_TRUE(copier.Run(source.get(), &out));
    EXPECT_EQ(heap.object_count(), 1'000'001u);
    Release(out);
  }
  heap.CollectCycles();
  EXPECT_EQ(heap.object_count(), 0u);
  HeapScope back(&source_heap);
  source = Ref();
}

TEST(DeepCopyTest, FailureNamesTheValueAndLeavesNothing) {
  RegisterKind(Kind::kChannel, {.dispose = [](Object*) { return sizeof(Object); }});
  Heap source_heap;
  HeapScope source_scope(&source_heap);
  Array* a = NewArray();
  ArrayPush(a, Sample().Take());
  struct Channel {
    Object header;
  };
  ArrayPush(a, Value::Heap(NewObject<Channel>(Kind::kChannel)));
  ArrayPush(a, Sample().Take());
  Ref source(a);
  Heap heap;
  {
    HeapScope scope(&heap);
    Copier copier;
    Value out;
    EXPECT_FALSE(copier.Run(source.get(), &out));
    EXPECT_TRUE(copier.failed().Is(Kind::kChannel));
  }
  HeapScope scope(&heap);
  heap.CollectCycles();
  EXPECT_EQ(heap.object_count(), 2u);  // names in the shape of the undeclared P
}

}  // namespace
}  // namespace ruff
