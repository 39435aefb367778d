// Programs with very much of one thing: they must run like small ones.

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/runtime/engine/run_source.h"

namespace ruff {
namespace {

constexpr int kMany = 6'000;  // more than 16-bit operands can tell apart

std::string Repeat(int count, absl::FunctionRef<std::string(int)> piece,
                   std::string_view separator = "") {
  std::string text;
  for (int i = 0; i < count; ++i) {
    if (i > 0) text += separator;
    text += piece(i);
  }
  return text;
}

std::string Repeat(int count, std::string_view piece) {
  return Repeat(count, [&](int) { return std::string(piece); });
}

std::string Names(std::string_view prefix, int count = kMany) {
  return Repeat(count, [&](int i) { return absl::StrCat(prefix, i); }, ", ");
}

std::string Numbers(int count = kMany) { return Names("", count); }

class LimitsTest : public testing::TestWithParam<bool> {
 protected:
  void Expect(std::string_view text, std::string_view output) {
    VmOptions options;
    options.switch_dispatch = GetParam();
    const RunResult result = RunSource(text, options);
    EXPECT_EQ(result.output, output) << text.substr(0, 200) << "\n" << result.error;
  }
};

INSTANTIATE_TEST_SUITE_P(Dispatch, LimitsTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "Switch" : "Tail"; });

TEST_P(LimitsTest, ElementsOfAPattern) {
  const std::string before = "data := [...range(200000)]\n[a, ";
  const std::string after = ", ...rest] := data\nprint(a, b, c, len(rest), rest[0])";
  const auto skip = [](int count) { return Repeat(count, "_, "); };
  Expect(absl::StrCat(before, skip(65'534), "b, c", after), "0 65535 65536 134463 65537\n");
  Expect(absl::StrCat(before, skip(131'069), "b, c", after), "0 131070 131071 68928 131072\n");
  Expect(absl::StrCat("[a, ", skip(70'000), "b, ...rest] := [1]\nprint(a, b, rest)"),
         "1 null []\n");
  Expect(absl::StrCat("[a, ", skip(70'000), "[b], ...rest] := 5\nprint(a, b, rest)"),
         "null null []\n");
}

TEST_P(LimitsTest, Arguments) {
  const std::string f = absl::StrCat("func f(", Names("p"), ") { return p0 + p5999 }\n");
  Expect(absl::StrCat(f, "print(f(", Numbers(), "))"), "5999\n");
  Expect(absl::StrCat(f, "print(5 |> f(", Numbers(kMany - 1), "))"), "6003\n");
  Expect(absl::StrCat("func* g(", Names("p"), ") { yield p0\n yield p5999 }\nfor x in g(",
                      Numbers(), ") { print(x) }"),
         "0\n5999\n");
  Expect(absl::StrCat(f, "try { f(", Numbers(400), ") } except e { print(e.message) }"),
         "f expects 6000 arguments, got 400\n");
  Expect(absl::StrCat("print(", Numbers(300), ")"),
         absl::StrCat(Repeat(300, [](int i) { return absl::StrCat(i); }, " "), "\n"));
}

TEST_P(LimitsTest, MethodArguments) {
  Expect(absl::StrCat("struct S { v\n func m(self, ", Names("p"),
                      ") { self.v = p5999\n return p1 } }\ns := S { v: 1 }\nprint(s.m(", Numbers(),
                      "), s.v)"),
         "1 5999\n");
  Expect(absl::StrCat("d := {\"f\": func(", Names("p"), ") { return p2 }}\nprint(d.f(", Numbers(),
                      "))"),
         "2\n");
  Expect(absl::StrCat("a := []\ntry { a.push(", Numbers(), ") } except e { print(\"no\") }"),
         "no\n");
}

TEST_P(LimitsTest, Payloads) {
  Expect(absl::StrCat("enum E { V }\nmatch E::V(", Numbers(), ") { case E::V(", Names("a"),
                      "): { print(a0 + a5999) } }"),
         "5999\n");
}

TEST_P(LimitsTest, DifferentNames) {
  const auto each = [](std::string_view before, std::string_view after) {
    return Repeat(kMany, [&](int i) { return absl::StrCat(before, i, after, i, "\n"); });
  };
  Expect(absl::StrCat("o := {}\n", each("o.f", " = "), "t := 0\n", each("t = t + o.f", " + "),
                      "print(t, o?.f5999)"),
         "35994000 5999\n");
  Expect(
      absl::StrCat(
          "struct S { x\n",
          Repeat(kMany,
                 [](int i) { return absl::StrCat("func m", i, "(self) { return ", i, " }\n"); }),
          "}\ns := S { x: 0 }\nt := 0\n",
          Repeat(kMany, [](int i) { return absl::StrCat("t = t + s.m", i, "()\n"); }), "print(t)"),
      "17997000\n");
  Expect(absl::StrCat("o := {",
                      Repeat(kMany, [](int i) { return absl::StrCat("\"k", i, "\": ", i, ", "); }),
                      "}\n{", Names("k"), ", ...rest} := o\nprint(k0 + k5999, len(rest))"),
         "5999 0\n");
}

TEST_P(LimitsTest, DeepExpressions) {
  Expect(absl::StrCat("x := 1\nprint(", Repeat(1'900, "(1 + "), "x", Repeat(1'900, ")"), ")"),
         "1901\n");
  Expect(absl::StrCat("func g(a, b, c, d) { return a + b + c + d }\nx := 1\nprint(",
                      Repeat(1'900, "g(x, x, x, "), "x", Repeat(1'900, ")"), ")"),
         "5701\n");
  Expect(
      absl::StrCat("func h(", Names("q", 200), ") { return q199 + 1 }\nprint(",
                   Repeat(500, absl::StrCat("h(", Repeat(199, "1,"))), "0", Repeat(500, ")"), ")"),
      "500\n");
}

TEST_P(LimitsTest, Locals) {
  const std::string locals =
      Repeat(kMany, [](int i) { return absl::StrCat("v", i, " := ", i, "\n"); });
  Expect(
      absl::StrCat("func f() {\n", locals, "g := func() {",
                   Repeat(kMany, [](int i) { return absl::StrCat("v", i, " = v", i, " + 1\n"); }),
                   "return v5999 }\nprint(g(), v5999, v0)\nv5998 += 10\nv5997 = [1]\n"
                   "v5997[0] = 5\nprint(v5998, v5997)\n}\nf()"),
      "6000 6000 1\n6009 [5]\n");
  Expect(absl::StrCat("func f() {\n", locals,
                      "t := 0\nfor i in [1, 2, 3] { if i == 2 { break }\n t += i }\n"
                      "for i in range(5) { if i == 2 { continue }\n t += i }\n"
                      "match t + 0 { case 5: { t = 7 } case 9: { t = 8 } }\n"
                      "try { throw(\"xy\") } except e { t = t + len(e.message) }\n"
                      "g := null\nfor i in [7] { g = func() { return i } }\n"
                      "print(t, g(), v5999)\n}\nf()"),
         "10 7 5999\n");
  Expect(absl::StrCat("func f(", Names("p"),
                      ") { g := func() { p5999 += 1\n return p0 + p5999 }\n"
                      "return g() + p5999 }\nprint(f(",
                      Numbers(), "))"),
         "12000\n");
}

TEST_P(LimitsTest, NestedLoops) {
  Expect(absl::StrCat("func f() {\nt := 0\n",
                      Repeat(1'500, [](int i) { return absl::StrCat("for i", i, " in [1] {\n"); }),
                      "t = t + i0 + i1499\n", Repeat(1'500, "}\n"), "return t }\nprint(f())"),
         "2\n");
}

}  // namespace
}  // namespace ruff
