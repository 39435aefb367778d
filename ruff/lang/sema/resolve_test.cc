#include "ruff/lang/sema/resolve.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "ruff/lang/parse/parse_text.h"

namespace ruff {
namespace {

std::string Describe(const Resolution& names, NodeId id, UnitId user) {
  const Reference reference = names.reference(id);
  std::string text = reference.candidates.empty() ? "" : "?";
  if (reference.binding == kNoBinding) return text + "unbound";
  const Binding& b = names.binding(reference.binding);
  if (b.owner != user && names.is_captured(user, reference.binding)) {
    return absl::StrCat(text, b.is_cell ? "shared" : "copied");
  }
  absl::StrAppend(&text, b.is_global ? "global" : b.is_cell ? "cell" : "local");
  if (names.is_last_use(id)) text += "!";
  return text;
}

UnitId UnitAt(const Ast& ast, const Resolution& names, uint32_t offset) {
  UnitId best = kFileUnit;
  uint32_t best_size = UINT32_MAX;
  for (uint32_t i = 1; i < names.units().size(); ++i) {
    const Unit& unit = names.units()[i];
    const Node& body = ast.node(unit.body);
    if (offset >= body.begin && offset < body.end && body.end - body.begin < best_size) {
      best = UnitId{i};
      best_size = body.end - body.begin;
    }
  }
  return best;
}

// Every use and target of a name, in source order: "x=local y=global …". `!` marks a last use, `?`
// a name that is looked for in namespaces or fields first.
std::string NamesOf(const std::string& text, const ResolveOptions& options = {}) {
  const Parsed parsed = ParseText(text);
  if (!parsed.ast.has_value()) return absl::StrJoin(parsed.errors, "\n");
  const Ast& ast = *parsed.ast;
  DiagnosticList diagnostics;
  const std::optional<Resolution> names = Resolve(ast, options, &diagnostics);
  if (!names.has_value()) {
    const std::string_view before = std::string_view(text).substr(0, diagnostics[0].offset);
    return absl::StrCat(1 + std::count(before.begin(), before.end(), '\n'), ": ",
                        diagnostics[0].message);
  }
  std::vector<std::pair<uint32_t, std::string>> uses;
  for (uint32_t i = 0; i < ast.node_count(); ++i) {
    const Node& n = ast.node(NodeId{i});
    std::string name;
    switch (n.kind) {
      case NodeKind::kSelf:
        name = "self";
        break;
      case NodeKind::kIdentifier:
      case NodeKind::kStructLiteral:
      case NodeKind::kPatternName:
      case NodeKind::kPatternRest:
        name = ast.name(NameId{n.a});
        break;
      default:
        continue;
    }
    const std::string meaning = Describe(*names, NodeId{i}, UnitAt(ast, *names, n.begin));
    uses.emplace_back(n.begin, absl::StrCat(name, "=", meaning));
  }
  std::sort(uses.begin(), uses.end());
  return absl::StrJoin(uses, " ",
                       [](std::string* out, const auto& use) { absl::StrAppend(out, use.second); });
}

TEST(Resolve, NearestEarlierDeclaration) {
  EXPECT_EQ(NamesOf("func f() { y\n y := 1\n y }"), "y=unbound y=local y=local!");
  EXPECT_EQ(NamesOf("func f(x) { if true { let x := x\n x }\n x }"),
            "x=local x=local x=local! x=local!");
  EXPECT_EQ(NamesOf("func f() { n := len(1)\n len := 2\n len }"),
            "n=local len=unbound len=local len=local!");
}

TEST(Resolve, FunctionsSeeBlocksAsAWhole) {
  EXPECT_EQ(NamesOf("func f() { g := func() { v }\n v := 1\n g }"),
            "g=local v=shared v=cell g=local!");
  EXPECT_EQ(NamesOf("func f() { y = 1 }\ny := 2"), "y=global y=global");
  EXPECT_EQ(NamesOf("func f() { later }\nlater := 2"), "later=global later=global");
}

TEST(Resolve, BareAssignmentFindsOrMakes) {
  EXPECT_EQ(NamesOf("x := 1\nif x { x = 2\n let x := 3\n x }"),
            "x=local x=local! x=local x=local x=local!");
  EXPECT_EQ(NamesOf("func f() { if true { v := 1 }\n v := 2\n v }"), "v=local v=local v=local!");
  EXPECT_EQ(NamesOf("func f() { [a, b] := [1, 2]\n a }"), "a=local b=local a=local!");
}

TEST(Resolve, SteadyVariablesAreCopiedIntoClosures) {
  EXPECT_EQ(NamesOf("func f(k) { return func(x) { return x * k } }"), "x=local! k=copied");
  EXPECT_EQ(NamesOf("func f() { let k := 1\n return func() { k } }"), "k=local k=copied");
  EXPECT_EQ(NamesOf("func f() { k := 1\n g := func() { k }\n k = 2 }"),
            "k=cell g=local k=shared k=cell");
  EXPECT_EQ(NamesOf("func f() { r := func(n) { r(n) } }"), "r=cell r=shared n=local!");
  EXPECT_EQ(NamesOf("func f() { for i in 3 { g(func() { i }) } }"), "g=unbound i=copied");
  EXPECT_EQ(NamesOf("func f(a) { func g() { h() }\n func h() { g() } }"), "h=shared g=shared");
  EXPECT_EQ(NamesOf("func f(a) { g := func() { a[0] = 1 } }"), "g=local a=shared");
}

TEST(Resolve, FileVariablesBecomeLocalsWhenOnlyTheFileUsesThem) {
  EXPECT_EQ(NamesOf("x := 1\ny := 2\nfunc f() { y }\nx + y"),
            "x=local y=global y=global x=local! y=global");
  EXPECT_EQ(NamesOf("export x := 1\nx"), "x=global x=global");
  EXPECT_EQ(NamesOf("import m\nx := 1\nx"), "x=global x=global");
  EXPECT_EQ(NamesOf("from m import x\nx"), "x=global");
  EXPECT_EQ(NamesOf("x := 1\nx", {.session = true}), "x=global x=global");
  EXPECT_EQ(NamesOf("x := 1\nx", {.tests = true}), "x=global x=global");
  EXPECT_EQ(NamesOf("a := 1\nb := 1\nwhile b { b }", {.max_promoted = 1}),
            "a=global b=local b=local b=local");
}

TEST(Resolve, LastUsesAreOutsideOfInnerLoops) {
  EXPECT_EQ(NamesOf("func f(a) { while true { g(a) } }"), "g=unbound a=local");
  EXPECT_EQ(NamesOf("func f(a) { while true { b := 1\n g(b) } }"), "b=local g=unbound b=local!");
  EXPECT_EQ(NamesOf("func f(a) { while true { a := push(a, 1) } }"),
            "a=local push=unbound a=local!");
  EXPECT_EQ(NamesOf("func f(a) { try { a = push(a, 1) } except { g(a) } }"),
            "a=local push=unbound a=local g=unbound a=local!");
  EXPECT_EQ(NamesOf("func f(a) { a[g(a)] = g(a) }"),
            "a=local! g=unbound a=local g=unbound a=local");
  EXPECT_EQ(NamesOf("func f(a) { a.m(a) }"), "a=local a=local");
}

TEST(Resolve, FieldsInMethodsWithoutSelf) {
  EXPECT_EQ(NamesOf("struct P { x: int\n func m(p) { x + p + q } }"),
            "x=?unbound p=local! q=?unbound");
  EXPECT_EQ(NamesOf("struct P { x: int\n func m() { x = x + 1\n x } }"), "x=cell x=cell x=cell");
  EXPECT_EQ(NamesOf("y := 1\nstruct P { x: int\n func m() { g := func() { y } } }"),
            "y=global g=local y=?global");
}

TEST(Resolve, NamespacesBelowFileLevel) {
  EXPECT_EQ(NamesOf("func f(a) { area(a)\n import m\n area(a)\n m.x\n a = b }"),
            "area=unbound a=local area=?unbound a=local! m=local! a=local b=?unbound");
  EXPECT_EQ(NamesOf("func f() { from m import a\n a }"), "a=cell");
}

TEST(Resolve, SpawnBlocksWorkOnCopies) {
  EXPECT_EQ(NamesOf("x := 1\nfunc g() { }\nspawn { x = 2\n g() }"), "x=global x=copied g=global");
  EXPECT_EQ(NamesOf("func f(a) { spawn { a = 1 }\n a }"), "a=copied a=local");
  EXPECT_EQ(NamesOf("func f() { spawn { b }\n b := 1 }"), "b=shared b=cell");
}

TEST(Resolve, EarlierInputsOfASession) {
  const absl::flat_hash_map<std::string, Binding::Kind> known = {{"x", Binding::Kind::kLet}};
  const ResolveOptions options = {.session = true, .known = &known};
  EXPECT_EQ(NamesOf("x = 1", options), "x=global");
  EXPECT_EQ(NamesOf("let x := 1", options), "x=global");
  EXPECT_EQ(NamesOf("func f() { x = 1\n x }", options), "x=local x=local!");
}

TEST(Resolve, SetupIsVisibleInTests) {
  const std::string text =
      "test_setup { db := 1 }\ntest \"a\" { x := db\n x }\ntest_teardown { db }";
  EXPECT_EQ(NamesOf(text, {.tests = true}), "db=global x=global db=global x=global db=global");
  EXPECT_EQ(NamesOf("test \"a\" { let x := 1\n let x := 2\n break }"), "x=unbound x=unbound");
}

TEST(Check, Duplicates) {
  const std::string message = "Compilation error: Duplicate declaration in the same scope: x";
  for (const std::string text :
       {"let x := 1\nlet x := 2", "x := 1\nlet x := 2", "func f() {\nx := 1; mut x := 2 }",
        "func f(x) {\nlet x := 1 }", "func f(x,\nx) { }", "for x in y {\nlet x := 1 }",
        "let x := 1\nfunc x() { }", "func x() { }\nconst x := 1", "let [x,\n[x]] := y",
        "from m import x\nlet x := 1", "f := func() {\nlet x := 1; let x := 1 }",
        "let x := 1; if true { let y := 2 }\nlet x := 3; break"}) {
    EXPECT_EQ(NamesOf(text),
              absl::StrCat(text.find('\n') != std::string::npos ? 2 : 1, ": ", message))
        << text;
  }
  for (const std::string text :
       {"let x := 1\nif true { let x := 2 }", "func x() { }\nfunc x() { }",
        "let x := 1\nfrom m import x", "func x() { }\nx := 1", "func f(x) { func x() { } }",
        "let x := 1\nlet _ := 2\nlet _ := 3", "try { let x := 1 } except x { y }",
        "func f() { from m import x\n let x := 1 }"}) {
    EXPECT_EQ(NamesOf(text).find("Compilation"), std::string::npos) << text;
  }
}

TEST(Check, Placement) {
  EXPECT_EQ(NamesOf("while true { f(func() { break }) }"),
            "1: Compilation error: break can only be used inside a loop");
  EXPECT_EQ(NamesOf("\nloop { spawn { continue } }"),
            "2: Compilation error: continue can only be used inside a loop");
  EXPECT_EQ(NamesOf("for i in 3 { if i { try { break } except { continue } } }"), "i=local!");
  EXPECT_EQ(NamesOf("func f() { yield 1 }"),
            "1: Compilation error: Yield can only be used inside generator functions");
  EXPECT_EQ(NamesOf("func* f() { g(func() { yield 1 }) }"),
            "1: Compilation error: Yield can only be used inside generator functions");
  EXPECT_EQ(NamesOf("func* f() { yield 1\n g := func*() { yield } }"), "g=local");
  EXPECT_EQ(NamesOf("struct C { func* gen(self) { } }"),
            "1: Compilation error: Generator methods are not supported for structs: C.gen");
}

TEST(Check, Counts) {
  EXPECT_EQ(NamesOf("throw()"), "1: Compilation error: throw() requires exactly one argument");
  EXPECT_EQ(NamesOf("Result::Ok"),
            "1: Compilation error: Result::Ok(...) requires exactly one argument");
  EXPECT_EQ(NamesOf("Result::Err(1, 2)"),
            "1: Compilation error: Result::Err(...) requires exactly one argument");
  EXPECT_EQ(NamesOf("Option::Some()"),
            "1: Compilation error: Option::Some(...) requires exactly one argument");
  EXPECT_EQ(NamesOf("Option::None(1)"), "1: Compilation error: Option::None takes no arguments");
  EXPECT_EQ(NamesOf("Option::None\nResult::Other(1, 2)"), "");
}

TEST(Check, TheFirstErrorInSourceOrderIsTold) {
  EXPECT_EQ(NamesOf("func f() { break }\nlet x := 1\nlet x := 2"),
            "1: Compilation error: break can only be used inside a loop");
}

TEST(Limits, LongChainsAndDeepNesting) {
  std::string chain = "x := 1";
  for (int i = 0; i < 100'000; ++i) chain += " + y";
  EXPECT_EQ(NamesOf(chain).substr(0, 19), "x=local y=unbound y");
  std::string nested;
  for (int i = 0; i < 1'000; ++i) nested += "func f(a) { a\n";
  for (int i = 0; i < 1'000; ++i) nested += "}";
  EXPECT_EQ(NamesOf(nested).substr(0, 18), "a=local! a=local! ");
}

}  // namespace
}  // namespace ruff
