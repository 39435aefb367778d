#include "gtest/gtest.h"
#include "ruff/lang/ast/printer.h"
#include "ruff/lang/parse/parse_text.h"

namespace ruff {
namespace {

TEST(Expression, Precedence) {
  EXPECT_EQ(Read("a + b * c"), "a + (b * c)");
  EXPECT_EQ(Read("a * b + c"), "(a * b) + c");
  EXPECT_EQ(Read("1 < 2 == 3 < 4"), "(1 < 2) == (3 < 4)");
  EXPECT_EQ(Read("1 < 2 < 3"), "(1 < 2) < 3");
  EXPECT_EQ(Read("a - b - c % d"), "(a - b) - (c % d)");
  EXPECT_EQ(Read("a || b && c || d"), "(a || (b && c)) || d");
  EXPECT_EQ(Read("null ?? 1 == 1"), "null ?? (1 == 1)");
  EXPECT_EQ(Read("null ?? 4 |> inc"), "(null ?? 4) |> inc");
  EXPECT_EQ(Read("a |> b |> c"), "(a |> b) |> c");
  EXPECT_EQ(Read("a || b ?? c || d"), "(a || b) ?? (c || d)");
  EXPECT_EQ(Read("a == b != c <= d >= e > f"), "(a == b) != (((c <= d) >= e) > f)");
}

TEST(Expression, Unary) {
  EXPECT_EQ(Read("-xs[0]"), "-xs[0]");
  EXPECT_EQ(Read("-a + !b"), "(-a) + (!b)");
  EXPECT_EQ(Read("--x"), "-(-x)");
  EXPECT_EQ(Read("await a + await b"), "(await a) + (await b)");
  EXPECT_EQ(Read("await f()[0]"), "await f()[0]");
  EXPECT_EQ(Read("!a.b?"), "!a.b?");
  EXPECT_EQ(Read("a * -b * c"), "(a * (-b)) * c");
}

TEST(Expression, ParenthesesAreKept) {
  EXPECT_EQ(Read("(1 + 2) * 3"), "(1 + 2) * 3");
  EXPECT_EQ(Read("x |> (f(a))"), "x |> (f(a))");
  EXPECT_EQ(Read("((x))"), "(x)");
  EXPECT_EQ(Read("(f()?).x"), "(f()?).x");
}

TEST(Expression, Postfix) {
  EXPECT_EQ(Read("f(1, 2,)(3)[4].m(5).f?.g?.h(6)?"), "f(1, 2)(3)[4].m(5).f?.g?.h(6)?");
  EXPECT_EQ(Read("a.test.true.null(1)?.match"), "a.test.true.null(1)?.match");
  EXPECT_EQ(Read("5.name"), "5.name");
  EXPECT_EQ(Read("a? ?"), "a? ?");
  EXPECT_EQ(Read("a? .b"), "a? .b");
  EXPECT_EQ(Read("f()\n.g()\n?.h\n+ 1"), "f().g()?.h + 1");
}

TEST(Expression, BracketsOnANewLineBeginAStatement) {
  EXPECT_EQ(Read("f\n(1)"), "f\n(1)");
  EXPECT_EQ(Read("f\n[1]"), "f\n[1]");
  EXPECT_EQ(Read("f.m\n(1)"), "f.m\n(1)");
  EXPECT_EQ(Read("E::V\n(1)"), "E::V\n(1)");
  EXPECT_EQ(Read("throw\n(1)"), "throw\n(1)");
  EXPECT_EQ(Read("Ok\n(1)"), "Ok(1)");
  EXPECT_EQ(Read("x := 10\n- 4"), "x := 10 - 4");
  EXPECT_EQ(Read("[f\n(1)]"), "2:1 Expected ']' to close array literal but found Punctuation('(')");
}

TEST(Expression, Literals) {
  EXPECT_EQ(Read("[1, ...xs, 2.5, 1e300, true, false, null, self, \"a\\n\\\"\\${\",]"),
            "[1, ...xs, 2.5, 1e+300, true, false, null, self, \"a\\n\\\"\\${\"]");
  EXPECT_EQ(Read("x := {\"a\": 1, b: {}, ...d, 1 + 1: [],}"),
            "x := {\"a\": 1, b: {}, ...d, 1 + 1: []}");
  EXPECT_EQ(Read("P {x: 1, y: P {},}.x"), "P {x: 1, y: P {}}.x");
  EXPECT_EQ(Read("p := P\n{ x: 1 }"), "p := P {x: 1}");
  EXPECT_EQ(Read("x := a || b; [a || b, c |> d]; {1: a ?? b}"),
            "x := a || b\n[a || b, c |> d];\n{1: a ?? b}");
}

TEST(Expression, Constructors) {
  EXPECT_EQ(Read("Ok(1)? + Err(Some(None))"), "Ok(1)? + Err(Some(None))");
  EXPECT_EQ(Read("E::V + E::W(1, 2)(3)"), "E::V + E::W(1, 2)(3)");
  EXPECT_EQ(Read("E::V()"), "E::V()");
  EXPECT_EQ(Read("x ?? throw(\"missing\")"), "x ?? throw(\"missing\")");
  EXPECT_EQ(Read("throw + 1; throw.x; throw(); throw(1, 2,)"),
            "throw + 1\nthrow.x\nthrow()\nthrow(1, 2)");
}

TEST(Expression, Interpolation) {
  EXPECT_EQ(Read("\"n=${n} ${n + 1}${ {\"a\": 1} } \\${n} $n $${\"in ${1}er\"}\""),
            "\"n=${n} ${n + 1}${{\"a\": 1}} \\${n} $n $${\"in ${1}er\"}\"");
  EXPECT_EQ(Read("\"${x}\"[0]"), "\"${x}\"[0]");
  EXPECT_EQ(Read("\"${func() { return }}\""), "\"${func() {\n  return\n}}\"");
}

TEST(Expression, Yield) {
  EXPECT_EQ(Read("x := yield 1 + 2"), "x := yield 1 + 2");
  EXPECT_EQ(Read("[yield, (yield), f(yield)]; yield; yield"),
            "[yield, (yield), f(yield)]\nyield;\nyield");
  EXPECT_EQ(Read("a + yield b |> c"), "a + yield b |> c");
}

TEST(Expression, Lambda) {
  EXPECT_EQ(Read("f := async func*(a, b: int,) -> T[] { x }"),
            "f := async func*(a, b: int) -> T[] {\n  x\n}");
  EXPECT_EQ(Read("(func() {})()"), "(func() {})()");
  EXPECT_EQ(Read("f(func() {})(1)"), "f(func() {})(1)");
}

TEST(Expression, EmptyStructLiteralsAndHeaders) {
  EXPECT_EQ(Read("if flag {}"), "if flag {}");
  EXPECT_EQ(Read("if !a && b {} else {}"), "if (!a) && b {} else {}");
  EXPECT_EQ(Read("if (P {}) {}"), "if (P {}) {}");
  EXPECT_EQ(Read("if f(P {}) {}"), "if f(P {}) {}");
  EXPECT_EQ(Read("if p == P { x: 1 } { y }"), "if p == P {x: 1} {\n  y\n}");
  EXPECT_EQ(Read("while c {}\nloop while c {}\nfor x in xs {}\nmatch v {}"),
            "while c {}\nloop while c {}\nfor x in xs {}\nmatch v {\n}");
  EXPECT_EQ(Read("match v { case a if b {} case c if d: {} }"),
            "match v {\ncase a if b: {}\ncase c if d: {}\n}");
  EXPECT_EQ(Read("if func() { x := P {} } {}"), "if func() {\n  x := P {}\n} {}");
}

TEST(Expression, SpansCoverTheWholeOperation) {
  const Parsed parsed = ParseText("  (aa) + b.c(1) ");
  ASSERT_TRUE(parsed.ast);
  const Ast& ast = *parsed.ast;
  const Node& statement = ast.node(NodeId{ast.statements()[0]});
  EXPECT_EQ(statement.begin, 2u);
  const Node& sum = ast.node(NodeId{statement.a});
  EXPECT_EQ(sum.begin, 2u);
  EXPECT_EQ(sum.end, 15u);
  EXPECT_EQ(ast.node(NodeId{sum.a}).begin, 3u);
  const Node& call = ast.node(NodeId{sum.b});
  EXPECT_EQ(call.begin, 9u);
  EXPECT_EQ(call.end, 15u);
}

}  // namespace
}  // namespace ruff
