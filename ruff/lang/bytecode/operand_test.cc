#include "ruff/lang/bytecode/operand.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

static_assert(kOpcodeCount == sizeof(kOpcodeTable) / sizeof(kOpcodeTable[0]));
static_assert(InfoOf(Opcode::kAddK).c == OperandKind::kConstant);
static_assert(InfoOf(Opcode::kSetPath).size() == 2);
static_assert(!FallsThrough(Opcode::kReturn) && FallsThrough(Opcode::kTryUnwrap));

TEST(Operand, EveryLineOfTheListIsCoherent) {
  for (const OpcodeInfo& info : kOpcodeTable) {
    SCOPED_TRACE(info.name);
    EXPECT_FALSE(info.doc.empty());
    if (info.is_wide()) EXPECT_EQ(info.c, OperandKind::kUnused) << "d takes the place of b and c";
    const bool jumps = IsJump(info.b) || IsJump(info.c);
    EXPECT_EQ(jumps, info.Has(kCanJump));
    EXPECT_FALSE(IsJump(info.b) && IsJump(info.c)) << "one target an instruction";
    EXPECT_FALSE(IsRegister(info.x)) << "x has 8 bits";
    EXPECT_FALSE(info.is_wide() && IsRegister(info.b)) << "registers are 16-bit operands";
    if (info.b == OperandKind::kJumpBack) EXPECT_TRUE(info.Has(kUsesFuel));
    for (const OperandKind kind : {info.b, info.c}) EXPECT_NE(kind, OperandKind::kWindow);
  }
}

TEST(Operand, DecodesByKind) {
  const Operands abc =
      DecodeOperands(MakeAbc(Opcode::kAddI, 0, Scaled(7), Scaled(4095), -3 & 0xffff));
  EXPECT_EQ(abc.a, 7);
  EXPECT_EQ(abc.b, 4095);
  EXPECT_EQ(abc.c, -3);
  const Operands ad = DecodeOperands(MakeAd(Opcode::kLoadImm, 3, Scaled(1), -70000));
  EXPECT_EQ(ad.x, 3);
  EXPECT_EQ(ad.a, 1);
  EXPECT_EQ(ad.b, -70000);
  EXPECT_EQ(DecodeOperands(MakeAd(Opcode::kGetGlobal, 0, 0, -1)).b, 0xffffffff)
      << "slots have no sign";
}

TEST(Operand, JumpsAreRelativeToTheNextInstruction) {
  EXPECT_EQ(JumpTarget(10, MakeAd(Opcode::kLoop, 0, 0, -11)), 0);
  EXPECT_EQ(JumpTarget(10, MakeAbc(Opcode::kJumpIfLt, 0, 0, 0, 4)), 15);
}

}  // namespace
}  // namespace ruff
