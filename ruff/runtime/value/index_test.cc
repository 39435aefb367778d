#include "ruff/runtime/value/index.h"

#include <cmath>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/structure.h"

namespace ruff {
namespace {

class IndexTest : public testing::Test {
 protected:
  Heap heap_;
  HeapScope scope_{&heap_};
};

Ref Ints(std::vector<int64_t> ints) {
  Array* a = NewArray();
  for (const int64_t i : ints) ArrayPush(a, Value::Int(i));
  return Ref(a);
}
Ref Text(std::string_view text) { return Ref(NewString(text)); }
Ref Name(std::string_view text) { return Ref(InternString(text)); }

// The printed result, or the error.
std::string Read(const Ref& container, const Ref& index) {
  Value out;
  std::string error;
  if (!ReadIndex(container.get(), index.get(), &out, &error)) return error;
  return FormatToString(Ref(out).get(), Form::kText);
}
std::string Read(const Ref& container, double index) {
  return Read(container, Ref(Value::Float(index)));
}
std::string Read(const Ref& container, int index) {
  return Read(container, Ref(Value::Int(index)));
}
std::string Write(const Ref& container, const Ref& index) {
  std::string error;
  if (!WriteIndex(container.get(), index.get(), Text("new").Take(), &error)) return error;
  return FormatToString(container.get(), Form::kText);
}
std::string Write(const Ref& container, double index) {
  return Write(container, Ref(Value::Float(index)));
}

TEST_F(IndexTest, ReadsArraysStringsBytes) {
  Ref a = Ints({10, 20, 30});
  EXPECT_EQ(Read(a, 0), "10");
  EXPECT_EQ(Read(a, -1), "30");
  EXPECT_EQ(Read(a, 3), "Index out of bounds: 3");
  EXPECT_EQ(Read(a, -4), "Index out of bounds: -4");
  EXPECT_EQ(Read(a, 1.9), "20");
  EXPECT_EQ(Read(a, -0.5), "10");
  EXPECT_EQ(Read(a, 1e300).substr(0, 22), "Index out of bounds: 1");
  EXPECT_EQ(Read(a, NAN), "Invalid index operation");
  EXPECT_EQ(Read(a, INFINITY), "Invalid index operation");
  EXPECT_EQ(Read(a, Text("0")), "Invalid index operation");
  EXPECT_EQ(Read(Text("aé日"), 1), "é");
  EXPECT_EQ(Read(Text("aé日"), -1), "日");
  EXPECT_EQ(Read(Text("aé日"), 3), "Index out of bounds: 3");
  EXPECT_EQ(Read(Ref(NewBytes("\xff")), 0), "255");
  EXPECT_EQ(Read(Ref(NewBytes("\xff")), 1), "Index out of bounds: 1");
  EXPECT_EQ(Read(Ref(Value::Int(5)), 0), "Invalid index operation");
  EXPECT_EQ(Read(Ref(NewSet()), 0), "Invalid index operation");
}

TEST_F(IndexTest, ReadsDicts) {
  Ref d(NewDict());
  DictSet(d.As<Dict>(), Value::Int(5), Value::Int(1));
  EXPECT_EQ(Read(d, 5), "1");
  EXPECT_EQ(Read(d, 5.0), "1");
  EXPECT_EQ(Read(d, Text("5")), "1");
  EXPECT_EQ(Read(d, Text("zz")), "Missing map key: \"zz\"");
  EXPECT_EQ(Read(d, 7), "Missing map key: 7");
  EXPECT_EQ(Read(d, 7.5), "Missing map key: 7.5");
  EXPECT_EQ(Read(d, NAN), "Invalid index operation");
  EXPECT_EQ(Read(d, Ref()), "Invalid index operation");
}

TEST_F(IndexTest, Writes) {
  EXPECT_EQ(Write(Ints({1, 2}), -1.5), "[1, new]");
  EXPECT_EQ(Write(Ints({1, 2}), 2), "Index out of bounds: 2");
  EXPECT_EQ(Write(Ints({1, 2}), Text("x")), "Invalid index assignment");
  EXPECT_EQ(Write(Ints({1, 2}), NAN), "Invalid index assignment");
  EXPECT_EQ(Write(Ref(NewDict()), 1.5), "{\"1.5\": new}");
  EXPECT_EQ(Write(Ref(NewDict()), Ref(Value::Bool(true))), "Invalid index assignment");
  EXPECT_EQ(Write(Ref(NewDict()), INFINITY), "Invalid index assignment");
  EXPECT_EQ(Write(Text("abc"), 0), "Invalid index assignment");
  EXPECT_EQ(Write(Ref(), 0), "Invalid index assignment");
}

TEST_F(IndexTest, Places) {
  Ref d(NewDict());
  DictSet(d.As<Dict>(), Name("k").get(), Ints({1}).Take());
  Value scratch = Value::Null();
  Value* place = nullptr;
  std::string error;
  ASSERT_TRUE(IndexPlace(d.get(), Name("k").get(), &scratch, &place, &error));
  *place = UniqueValue(*place);
  ASSERT_TRUE(WriteIndex(*place, Value::Int(0), Value::Int(9), &error));
  EXPECT_EQ(FormatToString(d.get(), Form::kText), "{\"k\": [9]}");
  EXPECT_FALSE(IndexPlace(d.get(), Name("no").get(), &scratch, &place, &error));
  EXPECT_EQ(error, "Missing map key: \"no\"");
  ASSERT_TRUE(IndexPlace(Ints({4}).get(), Value::Int(0), &scratch, &place, &error));
  EXPECT_EQ(place, &scratch);
  ASSERT_TRUE(FieldPlace(d.get(), Name("no").As<String>(), &scratch, &place, &error));
  EXPECT_TRUE(place->IsNull());
}

TEST_F(IndexTest, Fields) {
  Ref x = Name("x"), y = Name("y");
  Value p = Value::Heap(NewStruct(RootShape(Name("P").As<String>())));
  std::string error;
  ASSERT_TRUE(WriteField(&p, x.As<String>(), Value::Int(1), &error));
  Ref owner(p);
  Value out;
  ASSERT_TRUE(ReadField(p, x.As<String>(), &out, &error));
  EXPECT_EQ(out.i, 1);
  EXPECT_FALSE(ReadField(p, y.As<String>(), &out, &error));
  EXPECT_EQ(error, "Field not found: y");
  EXPECT_TRUE(ReadFieldOrNull(p, y.As<String>()).IsNull());

  Ref d(NewDict());
  Value dict = d.get();
  ASSERT_TRUE(WriteField(&dict, x.As<String>(), Value::Int(2), &error));
  ASSERT_TRUE(ReadField(dict, x.As<String>(), &out, &error));
  EXPECT_EQ(out.i, 2);
  ASSERT_TRUE(ReadField(dict, y.As<String>(), &out, &error));
  EXPECT_TRUE(out.IsNull());

  Value number = Value::Int(3);
  EXPECT_FALSE(ReadField(number, x.As<String>(), &out, &error));
  EXPECT_EQ(error, "Cannot access field or method 'x' on non-struct value");
  EXPECT_FALSE(WriteField(&number, x.As<String>(), Text("v").Take(), &error));
  EXPECT_EQ(error, "Cannot set field on non-struct value");
  EXPECT_TRUE(ReadFieldOrNull(number, x.As<String>()).IsNull());
}

}  // namespace
}  // namespace ruff
