#include "ruff/runtime/value/structure.h"

#include <string>

#include "gtest/gtest.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

class StructureTest : public testing::Test {
 protected:
  Heap heap_;
  HeapScope scope_{&heap_};
};

TEST_F(StructureTest, SameFieldsShareAShape) {
  Ref name(InternString("P")), x(InternString("x")), y(InternString("y"));
  Shape* root = RootShape(name.As<String>());
  EXPECT_EQ(root, RootShape(name.As<String>()));
  Shape* xy = root->With(x.As<String>())->With(y.As<String>());
  EXPECT_EQ(xy, root->With(x.As<String>())->With(y.As<String>()));
  Shape* yx = root->With(y.As<String>())->With(x.As<String>());
  EXPECT_NE(xy->id(), yx->id());
  EXPECT_EQ(xy->Find(y.As<String>()), 1);
  EXPECT_EQ(yx->Find(y.As<String>()), 0);
  EXPECT_EQ(root->Find(y.As<String>()), -1);
  EXPECT_EQ(yx->SortedSlots(), (std::vector<uint32_t>{1, 0}));
}

TEST_F(StructureTest, SetAddsAndReplacesOnACopy) {
  Ref name(InternString("P")), x(InternString("x")), y(InternString("y"));
  Struct* p = NewStruct(RootShape(name.As<String>()));
  p = StructSet(p, x.As<String>(), Value::Int(1));
  Ref alias = Ref::Share(Value::Heap(p));
  Struct* q = StructSet(p, y.As<String>(), Value::Heap(NewString("q")));
  EXPECT_TRUE(StructGet(alias.As<Struct>(), y.As<String>()).Is(Kind::kUnset));
  q = StructSet(q, x.As<String>(), Value::Int(5));
  EXPECT_EQ(StructGet(alias.As<Struct>(), x.As<String>()).i, 1);
  EXPECT_EQ(StructGet(q, x.As<String>()).i, 5);
  EXPECT_EQ(StructGet(q, y.As<String>()).As<String>()->view(), "q");
  ReleaseObject(q);
}

TEST_F(StructureTest, DefinitionLivesAsLongAsItsStructs) {
  const uint64_t before = heap_.object_count();
  StructDef* def = NewStructDef(InternString("Node"));
  Ref next(InternString("next"));
  Struct* node = NewStruct(def->root);
  ReleaseObject(def);
  node = StructSet(node, next.As<String>(), Value::Null());
  EXPECT_EQ(node->shape->def(), def);
  EXPECT_EQ(node->shape->struct_name()->view(), "Node");
  ReleaseObject(node);
  next = Ref();
  EXPECT_EQ(heap_.object_count(), before);
  EXPECT_EQ(heap_.bytes_in_use(), 0u);
}

TEST_F(StructureTest, ManyFields) {
  StructDef* def = NewStructDef(InternString("Wide"));
  Struct* s = NewStruct(def->root);
  constexpr int kFields = 70'000;
  std::vector<Ref> names;
  for (int i = 0; i < kFields; ++i) names.emplace_back(InternString("f" + std::to_string(i)));
  Shape* shape = def->root;
  for (const Ref& name : names) shape = shape->With(name.As<String>());
  ReleaseObject(s);
  s = NewStruct(shape);
  for (uint32_t i = 0; i < kFields; ++i) s->fields[i] = Value::Int(i);
  Ref extra(InternString("extra"));
  s = StructSet(s, extra.As<String>(), Value::Int(-1));
  for (uint32_t i = 0; i < kFields; i += 997) {
    EXPECT_EQ(StructGet(s, names[i].As<String>()).i, i);
  }
  EXPECT_EQ(StructGet(s, extra.As<String>()).i, -1);
  ReleaseObject(s);
  ReleaseObject(def);
}

// A cycle through a struct's definition or wide capacity must not read shapes that are gone.
TEST_F(StructureTest, StructsOnGarbageCycles) {
  StructDef* def = NewStructDef(InternString("Loop"));
  Ref field(InternString("cell"));
  Cell* cell = NewCell(Value::Null());
  Struct* s = StructSet(NewStruct(def->root), field.As<String>(), Retain(Value::Heap(cell)));
  CellSet(cell, Value::Heap(s));
  ReleaseObject(def);
  ReleaseObject(cell);
  EXPECT_EQ(heap_.CollectCycles(), 3u);
}

TEST_F(StructureTest, BoxesAndTags) {
  String* tag = InternString("Shape::Rect");
  const Value payload[] = {Value::Int(3), Value::Heap(NewString("w"))};
  Tagged* t = NewTagged(tag, payload, 2);
  EXPECT_EQ(TypeName(Value::Heap(t)), "tagged");
  ReleaseObject(t);
  Box* ok = NewBox(Kind::kOk, Value::Heap(NewString("v")));
  EXPECT_EQ(TypeName(Value::Heap(ok)), "result");
  ReleaseObject(ok);
  EXPECT_EQ(heap_.object_count(), 0u);
}

}  // namespace
}  // namespace ruff
