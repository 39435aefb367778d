#include "ruff/lang/ast/ast.h"

#include <bit>
#include <utility>

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(Ast, NodesListsAndExtras) {
  Ast ast;
  const NodeId one = ast.Add(NodeKind::kInt, 1, 2, 7, 0);
  const NodeId list = ast.Add(NodeKind::kArray, 0, 3, Raw(ast.AddList({Raw(one), Raw(one)})));
  const uint32_t extra = ast.AddExtra({4, 5});
  ast.SetStatements(ast.AddList({Raw(list)}));
  ASSERT_EQ(ast.statements().size(), 1u);
  EXPECT_EQ(ast.statements()[0], Raw(list));
  EXPECT_EQ(ast.list(ast.node(list).a).size(), 2u);
  EXPECT_EQ(IntValue(ast.node(one)), 7);
  EXPECT_EQ(ast.extra(extra, 1), 5u);
  EXPECT_EQ(ast.AddList({}), kEmptyList);
  EXPECT_TRUE(ast.list(static_cast<uint32_t>(kEmptyList)).empty());
}

TEST(Ast, LiteralsKeepAllBits) {
  Ast ast;
  for (int64_t v : {int64_t{0}, int64_t{-1}, INT64_MIN, INT64_MAX}) {
    const uint64_t bits = static_cast<uint64_t>(v);
    const NodeId id = ast.Add(NodeKind::kInt, 0, 0, static_cast<uint32_t>(bits),
                              static_cast<uint32_t>(bits >> 32));
    EXPECT_EQ(IntValue(ast.node(id)), v);
  }
  const uint64_t bits = std::bit_cast<uint64_t>(-0.1);
  const NodeId id = ast.Add(NodeKind::kFloat, 0, 0, static_cast<uint32_t>(bits),
                            static_cast<uint32_t>(bits >> 32));
  EXPECT_EQ(FloatValue(ast.node(id)), -0.1);
}

TEST(Ast, OutlivesAMove) {
  Ast ast;
  const NameId name = ast.InternName("naïve");
  const FunctionId f = ast.AddFunction({.name = name});
  Ast moved = std::move(ast);
  EXPECT_EQ(moved.name(moved.function(Raw(f)).name), "naïve");
}

TEST(Operators, SpellingAndPrecedence) {
  EXPECT_EQ(Spelling(BinaryOp::kPipe), "|>");
  EXPECT_EQ(Spelling(BinaryOp::kAdd), "+");
  EXPECT_EQ(Spelling(AssignOp::kMod), "%=");
  EXPECT_GT(Precedence(BinaryOp::kMul), Precedence(BinaryOp::kAdd));
  EXPECT_GT(Precedence(BinaryOp::kCoalesce), Precedence(BinaryOp::kPipe));
  EXPECT_EQ(Name(NodeKind::kTypeList), "TypeList");
}

}  // namespace
}  // namespace ruff
