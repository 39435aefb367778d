// The 64-bit instruction word; opcode.def draws it.

#ifndef RUFF_LANG_BYTECODE_INSTRUCTION_H_
#define RUFF_LANG_BYTECODE_INSTRUCTION_H_

#include <cstdint>

namespace ruff {

enum class Opcode : uint8_t {
#define RUFF_OPCODE(name, format, x, a, b, c, effects, doc) k##name,
#include "ruff/lang/bytecode/opcode.def"
};

inline constexpr int kOpcodeCount = 0
#define RUFF_OPCODE(name, format, x, a, b, c, effects, doc) +1
#include "ruff/lang/bytecode/opcode.def"
    ;

// Registers and constants that 16-bit operands can name.
inline constexpr uint32_t kMaxNearOperand = 4096;
// The number of a constant that a FarName just before the instruction names.
inline constexpr uint32_t kFarNameOperand = kMaxNearOperand - 1;
inline constexpr uint32_t kOperandScale = 16;

using Instruction = uint64_t;

constexpr Opcode OpcodeOf(Instruction i) { return static_cast<Opcode>(i & 0xff); }
constexpr uint8_t OperandX(Instruction i) { return static_cast<uint8_t>(i >> 8); }
constexpr uint16_t OperandA(Instruction i) { return static_cast<uint16_t>(i >> 16); }
constexpr uint16_t OperandB(Instruction i) { return static_cast<uint16_t>(i >> 32); }
constexpr uint16_t OperandC(Instruction i) { return static_cast<uint16_t>(i >> 48); }
constexpr int32_t OperandD(Instruction i) { return static_cast<int32_t>(i >> 32); }
constexpr int16_t SignedB(Instruction i) { return static_cast<int16_t>(i >> 32); }
constexpr int16_t SignedC(Instruction i) { return static_cast<int16_t>(i >> 48); }

// Raw operands: the caller has scaled registers and constants (Scaled below).
constexpr Instruction MakeAbc(Opcode op, uint8_t x, uint16_t a, uint16_t b, uint16_t c) {
  return static_cast<uint64_t>(op) | static_cast<uint64_t>(x) << 8 |
         static_cast<uint64_t>(a) << 16 | static_cast<uint64_t>(b) << 32 |
         static_cast<uint64_t>(c) << 48;
}
constexpr Instruction MakeAd(Opcode op, uint8_t x, uint16_t a, int32_t d) {
  return static_cast<uint64_t>(op) | static_cast<uint64_t>(x) << 8 |
         static_cast<uint64_t>(a) << 16 | static_cast<uint64_t>(static_cast<uint32_t>(d)) << 32;
}
constexpr uint16_t Scaled(uint32_t near_operand) {
  return static_cast<uint16_t>(near_operand * kOperandScale);
}
constexpr uint32_t Unscaled(uint16_t operand) { return operand / kOperandScale; }

}  // namespace ruff

#endif  // RUFF_LANG_BYTECODE_INSTRUCTION_H_
