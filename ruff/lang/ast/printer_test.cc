// Trees built by hand. What the parser builds is covered by its round trip test.

#include "ruff/lang/ast/printer.h"

#include <bit>
#include <cmath>

#include "gtest/gtest.h"

namespace ruff {
namespace {

class PrinterTest : public testing::Test {
 protected:
  uint32_t Var(std::string_view name) {
    return Raw(ast_.Add(NodeKind::kIdentifier, 0, 0, Raw(ast_.InternName(name))));
  }
  uint32_t Binary(BinaryOp op, uint32_t left, uint32_t right) {
    const NodeId id = ast_.Add(NodeKind::kBinary, 0, 0, left, right);
    ast_.node(id).op = static_cast<uint8_t>(op);
    return Raw(id);
  }
  uint32_t Unary(NodeKind kind, uint32_t operand) { return Raw(ast_.Add(kind, 0, 0, operand)); }
  uint32_t Float(double value) {
    const uint64_t bits = std::bit_cast<uint64_t>(value);
    return Raw(ast_.Add(NodeKind::kFloat, 0, 0, static_cast<uint32_t>(bits),
                        static_cast<uint32_t>(bits >> 32)));
  }
  std::string Print(uint32_t expression) {
    ast_.SetStatements(ast_.AddList({Unary(NodeKind::kExprStmt, expression)}));
    return PrintAst(ast_);
  }

  Ast ast_;
};

TEST_F(PrinterTest, ParenthesesWhereNeeded) {
  const uint32_t sum = Binary(BinaryOp::kAdd, Var("a"), Var("b"));
  EXPECT_EQ(Print(Binary(BinaryOp::kMul, sum, Var("c"))), "(a + b) * c\n");
  EXPECT_EQ(Print(Binary(BinaryOp::kAdd, sum, Var("c"))), "a + b + c\n");
  EXPECT_EQ(Print(Binary(BinaryOp::kAdd, Var("c"), sum)), "c + (a + b)\n");
  EXPECT_EQ(Print(Unary(NodeKind::kNegate, sum)), "-(a + b)\n");
  EXPECT_EQ(Print(Unary(NodeKind::kTry, Unary(NodeKind::kAwait, sum))), "(await (a + b))?\n");
  EXPECT_EQ(Print(Binary(BinaryOp::kAdd, Unary(NodeKind::kYield, sum), Var("c"))),
            "(yield a + b) + c\n");
  EXPECT_EQ(Print(Binary(BinaryOp::kAdd, Var("c"), Unary(NodeKind::kYield, sum))),
            "c + yield a + b\n");
}

TEST_F(PrinterTest, Floats) {
  EXPECT_EQ(Print(Float(5)), "5.0\n");
  EXPECT_EQ(Print(Float(0.1)), "0.1\n");
  EXPECT_EQ(Print(Float(1e300)), "1e+300\n");
  EXPECT_EQ(Print(Float(5e-324)), "5e-324\n");
}

TEST_F(PrinterTest, TokensDoNotRunTogether) {
  const uint32_t once = Unary(NodeKind::kTry, Var("a"));
  EXPECT_EQ(Print(Unary(NodeKind::kTry, once)), "a? ?\n");
  EXPECT_EQ(Print(Raw(ast_.Add(NodeKind::kField, 0, 0, once, Raw(ast_.InternName("b"))))),
            "a? .b\n");
}

TEST_F(PrinterTest, Empty) { EXPECT_EQ(PrintAst(Ast()), ""); }

}  // namespace
}  // namespace ruff
