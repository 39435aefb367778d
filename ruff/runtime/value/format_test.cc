#include "ruff/runtime/value/format.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/structure.h"

namespace ruff {
namespace {

class FormatTest : public testing::Test {
 protected:
  Heap heap_;
  HeapScope scope_{&heap_};
};

struct Texts {
  std::string text, diagnostic, debug, echo;
  bool operator==(const Texts&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Texts& t) {
  return out << t.text << " | " << t.diagnostic << " | " << t.debug << " | " << t.echo;
}
Texts AllForms(const Ref& v) {
  return {FormatToString(v.get(), Form::kText), FormatToString(v.get(), Form::kDiagnostic),
          FormatToString(v.get(), Form::kDebug), FormatToString(v.get(), Form::kEcho)};
}

Ref ArrayOf(std::vector<Ref> members) {
  Array* a = NewArray();
  for (Ref& member : members) ArrayPush(a, member.Take());
  return Ref(a);
}
Ref Int(int64_t i) { return Ref(Value::Int(i)); }
Ref Text(std::string_view text) { return Ref(NewString(text)); }
Ref Fields(std::string_view name, std::vector<std::pair<std::string, Ref>> fields) {
  Ref interned(InternString(name));
  Struct* s = NewStruct(RootShape(interned.As<String>()));
  for (auto& [field, value] : fields) {
    Ref key(InternString(field));
    s = StructSet(s, key.As<String>(), value.Take());
  }
  return Ref(s);
}

TEST_F(FormatTest, Scalars) {
  EXPECT_EQ(AllForms(Int(5)), (Texts{"5", "Int(5)", "Int(5)", "5"}));
  EXPECT_EQ(AllForms(Ref(Value::Float(2.0))), (Texts{"2", "Float(2)", "Float(2)", "2"}));
  EXPECT_EQ(AllForms(Ref(Value::Bool(true))), (Texts{"true", "Bool(true)", "Bool(true)", "true"}));
  EXPECT_EQ(AllForms(Ref()), (Texts{"null", "Null", "Null", "null"}));
  EXPECT_EQ(AllForms(Ref(Value::None())), (Texts{"None", "None", "None", "None"}));
  EXPECT_EQ(AllForms(Text("a\"\\\n\t\r")), (Texts{"a\"\\\n\t\r", "Str(\"a\\\"\\\\\\n\\t\\r\")",
                                                  "String(\"a\"\\\n\t\r\")", "\"a\"\\\n\t\r\""}));
}

TEST_F(FormatTest, Containers) {
  EXPECT_EQ(
      AllForms(ArrayOf({Int(1), Text("a"), ArrayOf({})})),
      (Texts{"[1, a, []]", "Array[3]", "Array[Int(1), String(\"a\"), Array[]]", "[1, \"a\", []]"}));
  Ref d(NewDict());
  EXPECT_EQ(AllForms(d), (Texts{"{}", "Dict{0 keys}", "Dict{}", "{}"}));
  DictSet(d.As<Dict>(), Text("b").get(), Value::Int(1));
  DictSet(d.As<Dict>(), Value::Int(10), Text("x").Take());
  DictSet(d.As<Dict>(), Value::Int(2), Value::Null());
  EXPECT_EQ(AllForms(d), (Texts{"{\"10\": x, \"2\": null, \"b\": 1}", "Dict{3 keys}",
                                "Dict{10: String(\"x\"), 2: Null, b: Int(1)}",
                                "{\"10\": \"x\", \"2\": null, \"b\": 1}"}));
}

TEST_F(FormatTest, BoxesStructsAndTags) {
  EXPECT_EQ(AllForms(Ref(NewBox(Kind::kOk, Text("v").Take()))),
            (Texts{"Ok(v)", "Ok(Str(\"v\"))", "Ok(String(\"v\"))", "Ok(\"v\")"}));
  EXPECT_EQ(AllForms(Fields("P", {{"y", Text("q")}, {"x", Int(1)}})),
            (Texts{"P { x: 1, y: q }",
                   "Struct { name: \"P\", fields: {\"x\": Int(1), \"y\": Str(\"q\")} }",
                   "Struct(P)", "P { x: 1, y: \"q\" }"}));
  EXPECT_EQ(AllForms(Fields("E", {})),
            (Texts{"E {  }", "Struct { name: \"E\", fields: {} }", "Struct(E)", "E {  }"}));
  const Value payload[] = {Value::Int(3), Value::Int(4)};
  EXPECT_EQ(AllForms(Ref(NewTagged(InternString("Shape::Rect"), payload, 2))),
            (Texts{"Shape::Rect(3,4)", "Shape::Rect(Int(3), Int(4))", "Shape::Rect(Int(3), Int(4))",
                   "Shape::Rect(3,4)"}));
  EXPECT_EQ(AllForms(Ref(NewTagged(InternString("Color::Red"), nullptr, 0))),
            (Texts{"Color::Red", "Color::Red", "Color::Red", "Color::Red"}));
  EXPECT_EQ(AllForms(Ref(NewStructDef(InternString("P")))),
            (Texts{"<struct P>", "StructDef(P)", "StructDef(P)", "<struct P>"}));
}

TEST_F(FormatTest, Collections) {
  Ref s(NewSet());
  for (int i = 1; i <= 3; ++i) SetAdd(s.As<Set>(), Value::Int(i));
  SetRemove(s.As<Set>(), Value::Int(2));
  EXPECT_EQ(AllForms(s),
            (Texts{"Set([1, 3])", "Set{2 items}", "Set{Int(1), Int(3)}", "Set([1, 3])"}));
  Ref q(NewSequence(Kind::kQueue, NewArray()));
  SequencePush(q.As<Sequence>(), Text("a").Take());
  EXPECT_EQ(AllForms(q),
            (Texts{"Queue([a])", "Queue(1 items)", "Queue[String(\"a\")]", "Queue([\"a\"])"}));
  Ref stack(NewSequence(Kind::kStack, NewArray()));
  EXPECT_EQ(AllForms(stack), (Texts{"Stack([])", "Stack(0 items)", "Stack[]", "Stack([])"}));
  EXPECT_EQ(AllForms(Ref(NewBytes("\x01\xff"))),
            (Texts{"bytes([1, 255])", "Bytes(2 bytes)", "Bytes(2 bytes)", "bytes([1, 255])"}));
}

struct Foreign {
  Object header;
  Value value;
};
const KindRegistration kPromise(Kind::kPromise,
                                {.visit =
                                     [](Object* object, ChildVisitor& visitor) {
                                       visitor.Visit(reinterpret_cast<Foreign*>(object)->value);
                                     },
                                 .dispose = [](Object*) { return sizeof(Foreign); },
                                 .format =
                                     [](const Object* object, Form form, FormatParts& out) {
                                       if (form == Form::kText || form == Form::kEcho)
                                         return out.Text("<promise fulfilled>");
                                       out.Text("Promise(Resolved: ");
                                       out.Nested(reinterpret_cast<const Foreign*>(object)->value);
                                       out.Text(")");
                                     }});

TEST_F(FormatTest, ForeignKinds) {
  auto* promise = NewObject<Foreign>(Kind::kPromise);
  promise->value = ArrayOf({Int(2)}).Take();
  EXPECT_EQ(AllForms(Ref(promise)),
            (Texts{"<promise fulfilled>", "Promise(Resolved: Array[1])",
                   "Promise(Resolved: Array[Int(2)])", "<promise fulfilled>"}));
  EXPECT_EQ(AllForms(Ref(Value::Raw(Kind::kPromiseNamespace))).text, "<promise_namespace>");
}

TEST_F(FormatTest, DeepValues) {
  Value v = Value::Int(7);
  for (int i = 0; i < 1'000'000; ++i) {
    Array* a = NewArray(1, Array::kValues);
    ArrayPush(a, v);
    v = Value::Heap(a);
  }
  Ref deep(v);
  const std::string text = FormatToString(deep.get(), Form::kText);
  EXPECT_EQ(text.size(), 2'000'001u);
  EXPECT_EQ(text.substr(999'999, 3), "[7]");
}

TEST_F(FormatTest, StopsAtTheMaximum) {
  Ref v = ArrayOf({Text("0123456789")});
  for (int i = 0; i < 60; ++i) {
    Ref again = v;
    v = ArrayOf({std::move(v), std::move(again)});
  }
  std::string out;
  EXPECT_FALSE(FormatValue(v.get(), Form::kText, &out, 10'000));
  EXPECT_LT(out.size(), 10'100u);
}

TEST_F(FormatTest, ToText) {
  Ref s = Text("same");
  Ref same(ToText(s.get()));
  EXPECT_EQ(same.get().object, s.get().object);
  Ref number(ToText(Value::Int(-12)));
  EXPECT_EQ(number.As<String>()->view(), "-12");
}

}  // namespace
}  // namespace ruff
