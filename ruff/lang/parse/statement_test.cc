#include "gtest/gtest.h"
#include "ruff/lang/parse/parse_text.h"

namespace ruff {
namespace {

TEST(Statement, Empty) {
  EXPECT_EQ(Read(""), "");
  EXPECT_EQ(Read(";;# only a comment\n;"), "");
}

TEST(Statement, ManyOnALine) {
  EXPECT_EQ(Read("x := 1 y := 2 print(x)"), "x := 1\ny := 2\nprint(x)");
  EXPECT_EQ(Read("x; -y; {}; [a]; (b)"), "x;\n-y;\n{}\n[a]\n(b)");
  EXPECT_EQ(Read("while a { break 5 continue }"), "while a {\n  break\n  5\n  continue\n}");
}

TEST(Statement, Bindings) {
  EXPECT_EQ(Read("let x := 1; mut y: int = 2; const Z: float? := 3"),
            "let x := 1\nmut y: int := 2\nconst Z: float? := 3");
  EXPECT_EQ(Read("let [a, _, [b], {c, ...d}, ...e,] := f; let {} = x; mut {a, b,} = x; let _ = x"),
            "let [a, _, [b], {c, ...d}, ...e] := f\nlet {} := x\nmut {a, b} := x\nlet _ := x");
}

TEST(Statement, Destructuring) {
  EXPECT_EQ(Read("[a, b] := [b, a]"), "[a, b] := [b, a]");
  EXPECT_EQ(Read("{a, ...r} = d"), "{a, ...r} := d");
  EXPECT_EQ(Read("[] := x; {} := x; [[a], []] := x; {...r} := x"),
            "[] := x;\n{} := x\n[[a], []] := x;\n{...r} := x");
  EXPECT_EQ(Read("[a, b]\n{a: 1}\n[...a]\n[a, [b, {}]]"), "[a, b];\n{a: 1}\n[...a]\n[a, [b, {}]]");
}

TEST(Statement, Assignments) {
  EXPECT_EQ(Read("a = 1; a.b[c].d += 2; self.x -= 3; a *= 4; a /= 5; self %= 6"),
            "a := 1\na.b[c].d += 2\nself.x -= 3\na *= 4\na /= 5\nself %= 6");
}

TEST(Statement, Return) {
  EXPECT_EQ(Read("return"), "return");
  EXPECT_EQ(Read("return\n5"), "return 5");
  EXPECT_EQ(Read("return;5"), "return;\n5");
  EXPECT_EQ(Read("func f() { return }"), "func f() {\n  return\n}");
}

TEST(Statement, Modules) {
  EXPECT_EQ(Read("import m; from a.b.c import x, y"), "import m\nfrom a.b.c import x, y");
  EXPECT_EQ(Read("export func f() {} export x export let y := 1"),
            "export func f() {}\nexport x\nexport let y := 1");
}

TEST(Statement, Control) {
  EXPECT_EQ(Read("if a { 1 } else if b { 2 } else if c {} else { 3 }"),
            "if a {\n  1\n} else if b {\n  2\n} else if c {} else {\n  3\n}");
  EXPECT_EQ(Read("loop { break } for x in -n { } for i in a + b {}"),
            "loop {\n  break\n}\nfor x in -n {}\nfor i in a + b {}");
  EXPECT_EQ(Read("try { x } except e { y } try {} except {}"),
            "try {\n  x\n} except e {\n  y\n}\ntry {} except {}");
  EXPECT_EQ(
      Read("spawn { x } test \"a\\\"b\" {} test_group \"g\" { test_setup {} test_teardown {} }"),
      "spawn {\n  x\n}\ntest \"a\\\"b\" {}\ntest_group \"g\" {\n  test_setup {}\n"
      "  test_teardown {}\n}");
}

TEST(Statement, Match) {
  EXPECT_EQ(
      Read("match x { default {} case _ { } case -1: {} case 2.5 {} case \"s\" {} case true {}"
           " case null {} case beta: {} case Ok(v): {} case E::V {} case E::V(a, _) if a > 1 {}"
           " default: {} }"),
      "match x {\ndefault: {}\ncase _: {}\ncase -1: {}\ncase 2.5: {}\ncase \"s\": {}\n"
      "case true: {}\ncase null: {}\ncase beta: {}\ncase Ok(v): {}\ncase E::V: {}\n"
      "case E::V(a, _) if a > 1: {}\ndefault: {}\n}");
}

TEST(Statement, Functions) {
  EXPECT_EQ(Read("func f(a, self, b: Result<int, string>,) -> Option<T?[]> {}"),
            "func f(a, self, b: Result<int, string>) -> Option<T?[]> {}");
  EXPECT_EQ(Read("func* g() -> {} func * h() {} async func* k() {}"),
            "func* g() {}\nfunc* h() {}\nasync func* k() {}");
}

TEST(Statement, StructsAndEnums) {
  EXPECT_EQ(
      Read("struct P { x: int, y: Foo<int, Bar<null>>; z = 1 + 2 w func m(self) {} async func n() "
           "{} v }"),
      "struct P {\n  x: int\n  y: Foo<int, Bar<null>>\n  z = 1 + 2\n  w\n  v\n  func m(self) {}\n"
      "  async func n() {}\n}");
  EXPECT_EQ(Read("struct E {} enum F {} enum G { A, B, }"),
            "struct E {}\nenum F {}\nenum G { A, B }");
  EXPECT_EQ(Read("struct P { f = func() { struct Q { g = 1 h = 2 func m() {} } } i = 3 }"),
            "struct P {\n  f = func() {\n    struct Q {\n      g = 1\n      h = 2\n"
            "      func m() {}\n    }\n  }\n  i = 3\n}");
}

TEST(Statement, Types) {
  EXPECT_EQ(Read("let a: int? ? = 1; let b: Func = 2; let c: Array<Dict<string, int>[]>? = 3"),
            "let a: int? ? := 1\nlet b: Func := 2\nlet c: Array<Dict<string, int>[]>? := 3");
}

TEST(Statement, FunctionRecords) {
  const Parsed parsed = ParseText("func f(a, b: int) { g := func() {} }");
  ASSERT_TRUE(parsed.ast);
  const Ast& ast = *parsed.ast;
  ASSERT_EQ(ast.function_count(), 2u);
  const FunctionNode& f = ast.function(0);
  EXPECT_EQ(ast.name(f.name), "f");
  EXPECT_EQ(f.name_offset, 5u);
  EXPECT_EQ(f.begin, 0u);
  EXPECT_EQ(f.end, 36u);
  ASSERT_EQ(f.parameters.size(), 2u);
  EXPECT_EQ(f.parameters[1].offset, 10u);
  EXPECT_EQ(f.parameters[0].type, kNoNode);
  EXPECT_EQ(ast.node(f.parameters[1].type).kind, NodeKind::kTypeName);
  EXPECT_EQ(ast.function(1).name, kNoName);
  EXPECT_EQ(ast.function(1).name_offset, 25u);
  EXPECT_EQ(ast.node(ast.function(1).body).kind, NodeKind::kBlock);
}

}  // namespace
}  // namespace ruff
