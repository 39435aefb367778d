// What the compiler makes of small programs. The listings are those of the disassembler.

#include "ruff/lang/compile/compile.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ruff/lang/bytecode/operand.h"
#include "ruff/lang/compile/compile_text.h"

namespace ruff {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The instructions of a function as "Name a b c", with single spaces and without comments.
std::string Code(std::string text, uint32_t function = 1, const CompileOptions& options = {}) {
  const std::string listing = CodeOf(std::move(text), function, options);
  std::vector<std::string> out;
  bool is_code = false;
  for (absl::string_view line : absl::StrSplit(listing, '\n')) {
    line = absl::string_view(line.data(), std::min(line.find(';'), line.size()));
    std::vector<absl::string_view> words =
        absl::StrSplit(line, absl::ByAnyChar(" ,"), absl::SkipEmpty());
    if (words.empty()) continue;
    if (words[0] == "code") {
      is_code = true;
    } else if (is_code && words.size() == 1) {
      out.emplace_back(words[0]);
    } else if (is_code) {
      words.erase(words.begin());
      out.push_back(absl::StrJoin(words, " "));
    }
  }
  return is_code ? absl::StrJoin(out, "\n") : listing;
}

size_t Count(const Module& module, Opcode op, uint32_t function = 0) {
  size_t count = 0;
  const std::vector<Instruction>& code = module.functions[function].code;
  for (size_t pc = 0; pc < code.size(); pc += InfoOf(OpcodeOf(code[pc])).size()) {
    count += OpcodeOf(code[pc]) == op;
  }
  return count;
}

TEST(Expressions, OperandsAreUsedInPlace) {
  EXPECT_EQ(Code("func f(a, b) { return a * b + 1 }"), "Mul r2 r0 r1\nAddI r2 r2 1\nReturn r2");
  EXPECT_EQ(Code("func f(a, b) { c := a - b * 2\n return c }"),
            "MulK r2 r1 k0\nSub r2 r0 r2\nReturn r2");
  EXPECT_EQ(Code("func f(a, i) { return a[i].x }"),
            "GetIndex r2 r0 r1\nGetField r2 r2 k0\nReturn r2");
}

TEST(Expressions, ConstantsAreFolded) {
  EXPECT_EQ(Code("func f() { return 2 * 3 + -1 }"), "LoadImm r0 5 Int\nReturn r0");
  EXPECT_THAT(Code("func f() { return 1 / 0 }"), HasSubstr("DivK"));
  EXPECT_THAT(Code("func f() { return 9223372036854775807 + 1 }"), HasSubstr("AddI"));
  EXPECT_EQ(Code("func f() { return [1, [2, {\"a\": 3}]] }"), "LoadConst r0 k0\nReturn r0");
}

TEST(Expressions, PlainCodeIsNotOptimized) {
  CompileOptions plain;
  plain.optimize = false;
  EXPECT_EQ(Code("func f() { return 2 * 3 }", 1, plain),
            "LoadImm r0 2 Int\nLoadImm r1 3 Int\nMul r0 r0 r1\nReturn r0");
  EXPECT_EQ(Code("func f(g, a) { return g(a) }", 1, plain),
            "Move r2 r0\nMove r3 r1\nCall r2..r3 1\nReturn r2");
  EXPECT_THAT(Code("func f(a, b) { if a < b { return 1 } }", 1, plain),
              HasSubstr("Lt r2 r0 r1 0\nJumpIfNot r2 L1"));
}

TEST(Expressions, PinnedLocalsAreNotMoved) {
  EXPECT_EQ(Code("func f(a, g) { return a + g(a) }"),
            "Take r2 r1\nMove r3 r0\nCall r2..r3 1\nAdd r2 r0 r2\nReturn r2");
  EXPECT_EQ(Code("func f(a, g) { return g(a, a) }"),
            "Take r2 r1\nMove r3 r0\nTake r4 r0\nCall r2..r4 2\nReturn r2");
}

TEST(Expressions, PipesAndMethodChains) {
  EXPECT_EQ(Code("func f(v, g, h) { return v |> g |> h(1) }"),
            "Take r5 r0\nTake r4 r1\nCall r4..r5 1\nTake r3 r2\nLoadImm r5 1 Int\nCall r3..r5 2\n"
            "Return r3");
  EXPECT_EQ(Code("func f(g) { return g().m(1).n() }"),
            "Take r3 r0\nCall r3 0\nLoadImm r4 1 Int\nCallMethod r2..r4 k0 0 1\n"
            "CallMethod r1..r2 k1 0 0\nReturn r1");
}

TEST(Conditions, AreFusedWithTheirJumps) {
  EXPECT_EQ(Code("func f(a, b) { if a < b && !b { return 1 } }"),
            "JumpIfNotLt r0 r1 L1 0\nNot r2 r1\nJumpIfNot r2 L1\nLoadImm r2 1 Int\nReturn r2\nL1:\n"
            "ReturnNull");
  EXPECT_EQ(Code("func f(a) { while a > 0 || a != 5 { a -= 1 } }"),
            "Jump L2\nL1:\nSubI r0 r0 1\nL2:\nJumpIfGtI r0 0 L1\nJumpIfNeI r0 5 L1 0\nReturnNull");
}

TEST(Loops, RangeMakesNoArray) {
  EXPECT_EQ(Code("func f(n) { for i in range(n) { print(i) } }"),
            "GetGlobal r1 g0\nTake r2 r0\nRangePrep r1..r4 L2 1\nForPrep r1..r4 L2\nL1:\n"
            "Take r6 r4\nCallGlobal r5..r6 g1 1\nL2:\nForNext r1..r4 L1\nReturnNull");
  EXPECT_THAT(Code("func range(a) { }\nfunc f(n) { for i in range(n) { } }", 2),
              Not(HasSubstr("RangePrep")));
}

TEST(Loops, BodiesHaveFreshCells) {
  EXPECT_EQ(Code("func f(a) { for i in a { i = 2\n g(func() { return i }) } }"),
            "Take r1 r0\nForPrep r1..r4 L2\nL1:\nBoxCell r4\nLoadImm r5 2 Int\nSetCell r4 r5\n"
            "Closure r6 f2\nCallGlobal r5..r6 g0 1\nL2:\nForNext r1..r4 L1\nReturnNull");
}

TEST(Assignments, OldValuesAreMoved) {
  EXPECT_EQ(Code("func f(a) { while a { a = push(a, 1) } return a }"),
            "Jump L2\nL1:\nTake r2 r0\nLoadImm r3 1 Int\nCallGlobal r1..r3 g0 2\nTake r0 r1\nL2:\n"
            "JumpIf r0 L1\nReturn r0");
  EXPECT_EQ(Code("func f(s, t) { s = s + t + t\n return s }"),
            "Add r0 r0 r1\nAdd r0 r0 r1\nReturn r0");
  EXPECT_EQ(Code("func f(s, t) { s += t\n return s }"), "Add r0 r0 r1\nReturn r0");
  EXPECT_EQ(Code("func f(a, i) { a[i] += \"x\" }"),
            "GetIndex r2 r0 r1\nTakePath r1 r2 r2 0 p0\nAddK r2 r2 k0\nSetIndex r0 r1 r2\n"
            "ReturnNull");
  EXPECT_EQ(Code("g := []\nfunc f(a) { g = push(g, a) }"),
            "GetGlobal r1 g0\nGetGlobal r2 g2\nTake r3 r0\nTakePath r0 r2 r1 3 p0\nCall r1..r3 2\n"
            "SetGlobal r1 g2\nReturnNull");
  EXPECT_THAT(Code("func f(a) { try { a = push(a, 1) } except { } return a }"),
              HasSubstr("TakePath r0 r2 r1 0 p0"));
}

TEST(Assignments, ImmutableBindingsRaiseAfterTheRightSide) {
  EXPECT_EQ(Code("let x := 1\nfunc f(g) { x = g() }"), "Take r1 r0\nCall r1 0\nRaise k0");
  EXPECT_THAT(Code("func f() { let a := [1]\n a[0] = 2 }"), HasSubstr("Raise"));
}

TEST(Assignments, SwapsNeedNoArray) {
  EXPECT_EQ(Code("func f(a, b) { [a, b] := [b, a]\n return a }"),
            "Take r2 r1\nTake r3 r0\nTake r0 r2\nTake r1 r3\nReturn r0");
}

TEST(Calls, ReceiversAreStoredBack) {
  EXPECT_EQ(Code("func f(p) { p.m()\n return p }"),
            "Move r2 r0\nCallMethod r1..r2 k0 1 0\nStoreSelf r1..r2 r0 0\nReturn r0");
  EXPECT_EQ(Code("func f(p) { try { p.m() } except { } return p }"),
            "L1:\nMove r2 r0\nCallMethod r1..r2 k0 2 0\nJumpIfSelfSame r1..r2 L2\n"
            "StoreSelf r1..r2 r0 0\nL2:\nJump L3\nL3:\nReturn r0");
  EXPECT_THAT(Code("func f(p, i) { p[i].q.m() }"), HasSubstr("SetPath r1 r3 0 p0"));
}

TEST(Functions, CodeAfterReturnIsDropped) {
  EXPECT_EQ(Code("func f() { return 1\n print(2)\n while true { } }"),
            "LoadImm r0 1 Int\nReturn r0");
}

TEST(Limits, LongJumpsAreRewritten) {
  std::string text = "func f(a) { while a < 10 { if a < 5 { ";
  for (int i = 0; i < 20'000; ++i) absl::StrAppend(&text, "a = a * a\n");
  text += "} else { a += 1 } a += 2 } }";
  const Compiled compiled = CompileText(text);
  ASSERT_NE(compiled.module, nullptr) << compiled.error;
  EXPECT_EQ(Count(*compiled.module, Opcode::kMul, 1), 20'000u);
  EXPECT_EQ(Count(*compiled.module, Opcode::kLoop, 1), 0u);
  text = "func f(a) { while a < 10 { ";
  for (int i = 0; i < 40'000; ++i) absl::StrAppend(&text, "a = a * a\n");
  text += "if a > 5 { continue } if a == 7 { break } } }";
  const Compiled longer = CompileText(text);
  ASSERT_NE(longer.module, nullptr) << longer.error;
  EXPECT_EQ(Count(*longer.module, Opcode::kLoop, 1), 1u);
}

TEST(Limits, ManyOfEverything) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) absl::StrAppend(&text, "g", i, " := f(", i, ")\n");
  EXPECT_NE(CompileText(text).module, nullptr);

  text = "func f() {\n";
  for (int i = 0; i < 10'000; ++i) absl::StrAppend(&text, "let v", i, " := g(", i, ")\n");
  for (int i = 0; i < 10'000; ++i) absl::StrAppend(&text, "v", i, " + v", 9'999 - i, "\n");
  const Compiled locals = CompileText(text + "}");
  ASSERT_NE(locals.module, nullptr) << locals.error;
  EXPECT_GT(locals.module->functions[1].register_count, 10'000u);

  text = "func f(p0";
  for (int i = 1; i < 5'000; ++i) absl::StrAppend(&text, ", p", i);
  text += ") { return [p0, p2999, p3000, p4096, p4999] }";
  EXPECT_NE(CompileText(text).module, nullptr) << CompileText(text).error;

  text = "a := [0";
  for (int i = 1; i < 1'000'000; ++i) absl::StrAppend(&text, ",", i % 10);
  const Compiled literal = CompileText(text + "]");
  ASSERT_NE(literal.module, nullptr);
  EXPECT_EQ(literal.module->int_arrays[0].size(), 1'000'000u);

  text = "a := [x";
  for (int i = 1; i < 100'000; ++i) text += ",x";
  const Compiled chunks = CompileText(text + "]");
  ASSERT_NE(chunks.module, nullptr);
  EXPECT_LT(chunks.module->functions[0].register_count, 64u);

  text = "print(f(0)";
  for (int i = 1; i < 1'000; ++i) absl::StrAppend(&text, ", f(", i, ")");
  const Compiled arguments = CompileText(text + ")");
  ASSERT_NE(arguments.module, nullptr) << arguments.error;
  EXPECT_LT(arguments.module->functions[0].register_count, 64u);
  EXPECT_EQ(Count(*arguments.module, Opcode::kCallPacked), 1u);

  text = "s := \"";
  for (int i = 0; i < 10'000; ++i) text += "a${x}";
  EXPECT_NE(CompileText(text + "\"").module, nullptr);

  text = "d := {";
  for (int i = 0; i < 100'000; ++i) absl::StrAppend(&text, "\"k", i, "\": x,");
  EXPECT_NE(CompileText(text + "}").module, nullptr);

  text = "p := P { f0: 1";
  for (int i = 1; i < 3'000; ++i) absl::StrAppend(&text, ", f", i, ": x");
  EXPECT_NE(CompileText(text + "}").module, nullptr);
}

TEST(Limits, ManyNames) {
  std::string text = "o := {}\n";
  for (int i = 0; i < 5'000; ++i) absl::StrAppend(&text, "o.f", i, ".m", i, "()\n");
  const Compiled names = CompileText(text);
  ASSERT_NE(names.module, nullptr) << names.error;
  EXPECT_GT(Count(*names.module, Opcode::kFarName), 5'000u);
}

TEST(Limits, LongChains) {
  for (const auto& [head, link, tail] :
       std::vector<std::tuple<std::string, std::string, std::string>>{
           {"x := a", " + b", ""},
           {"x := a", " - f(b)", ""},
           {"x := a", ".b", ""},
           {"x := f()", "(1)", ""},
           {"x := f()", ".m(1)", ""},
           {"x := a", "[0]", ""},
           {"x := a", " |> f", ""},
           {"x := a", " |> f(1)", ""},
           {"x := a", " ?? b", ""},
           {"x := a", " && b", ""},
           {"x := a", " || b < c", ""},
           {"if a", " && b", " { }"},
           {"if a { x() }", " else if b { x() }", ""},
           {"a", ".b", " := 1"},
           {"x := f()", "?.m", ""},
           {"", "x()\n", ""},
       }) {
    std::string text = head;
    for (int i = 0; i < 100'000; ++i) text += link;
    const Compiled compiled = CompileText(text + tail);
    EXPECT_NE(compiled.module, nullptr) << link << compiled.error.substr(0, 200);
  }
}

TEST(Limits, DeepNesting) {
  for (const auto& [open, middle, close] :
       std::vector<std::tuple<std::string, std::string, std::string>>{
           {"f(", "1", ")"},
           {"[x, ", "1", "]"},
           {"{x: ", "1", "}"},
           {"(a() + ", "1", ")"},
           {"!", "x", ""},
           {"(b && ", "c", " || d)"},
           {"f().m(", "1", ")"},
           {"f().m(1, ", "1", ")"},
           {"f(a(), a(), a(), ", "1", ")"},
           {"P { a: b(), c: ", "1", "}"},
           {"a[", "1", "]"},
       }) {
    std::string text = "x := ";
    for (int i = 0; i < 1990; ++i) text += open;
    text += middle;
    for (int i = 0; i < 1990; ++i) text += close;
    const Compiled compiled = CompileText(text);
    EXPECT_NE(compiled.module, nullptr) << open << compiled.error.substr(0, 200);
  }
}

TEST(Limits, WhatDoesNotFitIsAnError) {
  std::string text = "a";
  for (int i = 0; i < 5'000; ++i) text += "[x]";
  const std::string more = "x\n";
  EXPECT_EQ(CompileText(more + text + " = 1").error,
            "2:1 Compilation error: Place has too many indices");
  EXPECT_EQ(CompileText(more + text + " += 1").error,
            "2:1 Compilation error: Place has too many indices");
  EXPECT_EQ(CompileText(more + text + ".push(1)").error,
            "2:1 Compilation error: Place has too many indices");
  text = "match x {\n case A(x";
  for (int i = 0; i < 70'000; ++i) text += ", _";
  EXPECT_EQ(CompileText(text + "): { }\n}").error,
            "2:7 Compilation error: Pattern has more than 65535 elements");
  text = "func f() {\n";
  for (int i = 0; i < 70'000; ++i) absl::StrAppend(&text, "v", i, " := ", i, "\n");
  text += "g := func() { return [";
  for (int i = 0; i < 70'000; ++i) absl::StrAppend(&text, "v", i, ", ");
  EXPECT_EQ(CompileText(text + "0] }\n}").error,
            "70002:6 Compilation error: Function captures more than 65535 variables");
}

TEST(Modules, GlobalsExportsTests) {
  const Compiled compiled = CompileText(
      "export func f() { }\nexport let x := 1\nexport enum E { A }\nexport [p, q] := [1, 2]\nfrom "
      "m import y");
  ASSERT_NE(compiled.module, nullptr) << compiled.error;
  std::vector<std::string> exports;
  for (const Export& e : compiled.module->exports) {
    exports.push_back(absl::StrCat(e.name, e.is_enum ? "?" : "=",
                                   e.is_enum ? "" : compiled.module->globals[e.slot].name));
  }
  EXPECT_EQ(absl::StrJoin(exports, " "), "f=f x=x E? p=p q=q");

  const Compiled tests = CompileText(
      "test_setup { x := 1 }\ntest_group \"g\" { test \"t\" { x }\n print(1) }", {.tests = true});
  ASSERT_NE(tests.module, nullptr) << tests.error;
  ASSERT_EQ(tests.module->tests.size(), 4u);
  EXPECT_EQ(tests.module->tests[1].type, TestBlock::Type::kGroupBegin);
  EXPECT_EQ(tests.module->tests[2].name, "t");
  EXPECT_EQ(tests.module->tests[3].type, TestBlock::Type::kGroupEnd);
}

TEST(Session, TheLastExpressionIsReturned) {
  EXPECT_THAT(CodeOf("x := 1\nx + 1", 0, {.session = true}), HasSubstr("Return"));
  EXPECT_THAT(CodeOf("x + 1", 0, {.session = true}), Not(HasSubstr("ReturnNull")));
  const absl::flat_hash_map<std::string, Global::Binding> known = {{"x", Global::Binding::kConst}};
  EXPECT_THAT(CodeOf("x = 1", 0, {.session = true, .known = &known}), HasSubstr("Raise"));
}

}  // namespace
}  // namespace ruff
