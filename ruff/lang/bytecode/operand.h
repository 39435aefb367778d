// opcode.def as data: what each operand of each opcode is, and what the opcode may do.
//
// Everything that treats instructions uniformly (disassembler, verifier, generated docs) reads this
// table instead of listing opcodes.

#ifndef RUFF_LANG_BYTECODE_OPERAND_H_
#define RUFF_LANG_BYTECODE_OPERAND_H_

#include <cstdint>
#include <string_view>

#include "ruff/lang/bytecode/instruction.h"

namespace ruff {

// How the 64 bits after x are cut. The W formats are followed by a word that is no instruction.
enum class Format : uint8_t { kAbc, kAd, kAbcw, kAdw };

// RUFF_OPERAND_KIND(Name, spelling in opcode.def, meaning)
#define RUFF_OPERAND_KINDS                                                           \
  RUFF_OPERAND_KIND(Unused, "-", "unused, 0")                                        \
  RUFF_OPERAND_KIND(Read, "reg", "register that is read")                            \
  RUFF_OPERAND_KIND(Written, "def", "register that is written")                      \
  RUFF_OPERAND_KIND(Taken, "use", "register that is read and left null (moved out)") \
  RUFF_OPERAND_KIND(Updated, "upd", "register that is read and written")             \
  RUFF_OPERAND_KIND(Window, "win", "first register of a window")                     \
  RUFF_OPERAND_KIND(Constant, "const", "index into the function's constants")        \
  RUFF_OPERAND_KIND(Immediate, "imm", "signed immediate")                            \
  RUFF_OPERAND_KIND(Count, "n", "unsigned count or index")                           \
  RUFF_OPERAND_KIND(Slot, "slot", "global slot")                                     \
  RUFF_OPERAND_KIND(Captured, "up", "captured variable index")                       \
  RUFF_OPERAND_KIND(Jump, "jump", "signed offset from the next instruction")         \
  RUFF_OPERAND_KIND(JumpBack, "back", "like jump, but only backwards")               \
  RUFF_OPERAND_KIND(Kind, "kind", "kind of a value")                                 \
  RUFF_OPERAND_KIND(Function, "fn", "index into the module's functions")             \
  RUFF_OPERAND_KIND(Template, "tmpl", "index into the function's struct templates")

enum class OperandKind : uint8_t {
#define RUFF_OPERAND_KIND(name, spelling, meaning) k##name,
  RUFF_OPERAND_KINDS
#undef RUFF_OPERAND_KIND
};

// RUFF_EFFECT(Name, letter in opcode.def, bit, meaning)
#define RUFF_EFFECTS                                                                           \
  RUFF_EFFECT(CanThrow, 'T', 0, "can throw")                                                   \
  RUFF_EFFECT(CanSuspend, 'S', 1, "can suspend or call: the frame may be left and re-entered") \
  RUFF_EFFECT(CanJump, 'J', 2, "can jump")                                                     \
  RUFF_EFFECT(EndsLine, 'E', 3, "ends the straight line")                                      \
  RUFF_EFFECT(UsesFuel, 'F', 4, "consumes fuel: budgets are checked here")

enum Effect : uint8_t {
#define RUFF_EFFECT(name, letter, bit, meaning) k##name = 1 << bit,
  RUFF_EFFECTS
#undef RUFF_EFFECT
};

struct OpcodeInfo {
  std::string_view name;
  Format format;
  OperandKind x, a, b, c;  // b is d in the formats kAd and kAdw
  uint8_t effects;         // of Effect
  std::string_view doc;

  constexpr bool has_word() const { return format == Format::kAbcw || format == Format::kAdw; }
  constexpr bool is_wide() const { return format == Format::kAd || format == Format::kAdw; }
  constexpr bool Has(Effect effect) const { return (effects & effect) != 0; }
  // Words of code the instruction takes.
  constexpr uint32_t size() const { return has_word() ? 2 : 1; }
};

namespace internal {

// Each of these stops the build when opcode.def spells something unknown: throw is no constant
// expression.
consteval Format ParseFormat(std::string_view text) {
  if (text == "ABC") return Format::kAbc;
  if (text == "AD") return Format::kAd;
  if (text == "ABCW") return Format::kAbcw;
  if (text == "ADW") return Format::kAdw;
  throw "unknown format";
}

consteval OperandKind ParseOperandKind(std::string_view text) {
#define RUFF_OPERAND_KIND(name, spelling, meaning) \
  if (text == spelling) return OperandKind::k##name;
  RUFF_OPERAND_KINDS
#undef RUFF_OPERAND_KIND
  throw "unknown operand kind";
}

consteval uint8_t ParseEffects(std::string_view text) {
  uint8_t effects = 0;
  for (char letter : text) {
    switch (letter) {
#define RUFF_EFFECT(name, known_letter, bit, meaning) \
  case known_letter:                                  \
    effects |= k##name;                               \
    break;
      RUFF_EFFECTS
#undef RUFF_EFFECT
      default:
        throw "unknown effect";
    }
  }
  return effects;
}

}  // namespace internal

inline constexpr OpcodeInfo kOpcodeTable[] = {
#define RUFF_OPCODE(name, format, x, a, b, c, effects, doc) \
  {#name,                                                   \
   internal::ParseFormat(#format),                          \
   internal::ParseOperandKind(#x),                          \
   internal::ParseOperandKind(#a),                          \
   internal::ParseOperandKind(#b),                          \
   internal::ParseOperandKind(#c),                          \
   internal::ParseEffects(effects),                         \
   doc},
#include "ruff/lang/bytecode/opcode.def"
};

// `op` must be below kOpcodeCount.
constexpr const OpcodeInfo& InfoOf(Opcode op) { return kOpcodeTable[static_cast<int>(op)]; }

constexpr bool IsOpcode(Instruction i) { return (i & 0xff) < kOpcodeCount; }

constexpr bool IsRegister(OperandKind kind) {
  return kind >= OperandKind::kRead && kind <= OperandKind::kWindow;
}

constexpr bool IsJump(OperandKind kind) {
  return kind == OperandKind::kJump || kind == OperandKind::kJumpBack;
}

// True when the next instruction can be reached from this one.
constexpr bool FallsThrough(Opcode op) { return !InfoOf(op).Has(kEndsLine); }

// The operands in the order x, a, b, c (x, a, d), as numbers in units of their kind: registers and
// constants unscaled, immediates and jumps signed, counts and indices not.
struct Operands {
  int64_t x, a, b, c;
};

constexpr int64_t OperandValue(OperandKind kind, uint16_t raw) {
  if (IsRegister(kind) || kind == OperandKind::kConstant) return Unscaled(raw);
  if (kind == OperandKind::kImmediate || IsJump(kind)) return static_cast<int16_t>(raw);
  return raw;
}

constexpr Operands DecodeOperands(Instruction i) {
  const OpcodeInfo& info = InfoOf(OpcodeOf(i));
  Operands out = {OperandX(i), OperandValue(info.a, OperandA(i)), 0, 0};
  if (info.is_wide()) {
    const bool is_signed = info.b == OperandKind::kImmediate || IsJump(info.b);
    out.b = is_signed ? int64_t{OperandD(i)} : int64_t{static_cast<uint32_t>(OperandD(i))};
  } else {
    out.b = OperandValue(info.b, OperandB(i));
    out.c = OperandValue(info.c, OperandC(i));
  }
  return out;
}

// Where the instruction at `pc` jumps to. It must have a jump operand.
constexpr int64_t JumpTarget(uint32_t pc, Instruction i) {
  const OpcodeInfo& info = InfoOf(OpcodeOf(i));
  const Operands operands = DecodeOperands(i);
  return int64_t{pc} + info.size() + (IsJump(info.b) ? operands.b : operands.c);
}

}  // namespace ruff

#endif  // RUFF_LANG_BYTECODE_OPERAND_H_
