#include "ruff/lang/bytecode/window.h"

#include <algorithm>

#include "ruff/lang/bytecode/operand.h"

namespace ruff {
namespace {

constexpr uint64_t kLoopState = 4;  // iterable, position, step or limit; loop variable

uint64_t TemplateSize(const FunctionProto& function, int64_t index, bool is_declaration) {
  if (static_cast<uint64_t>(index) >= function.templates.size()) return 0;
  const StructTemplate& shape = function.templates[index];
  return is_declaration ? shape.methods.size() + shape.default_fields.size() : shape.fields.size();
}

}  // namespace

uint64_t WindowSize(Instruction instruction, const FunctionProto& function) {
  const Opcode op = OpcodeOf(instruction);
  if (InfoOf(op).a != OperandKind::kWindow) return 0;
  const Operands operands = DecodeOperands(instruction);
  const uint64_t x = operands.x;
  const uint64_t d = operands.b;
  switch (op) {
    case Opcode::kRangePrep:
      return std::max(1 + x, kLoopState);
    case Opcode::kForPrep:
    case Opcode::kForNext:
      return kLoopState;
    case Opcode::kCall:
    case Opcode::kCallFar:
    case Opcode::kCallGlobal:
    case Opcode::kCallGlobalFar:
    case Opcode::kNewTagged:
      return 1 + x;
    case Opcode::kAppendMany:
      return 1 + d;
    case Opcode::kCallMethod:
    case Opcode::kCallMethodFar:
      return 2 + x;
    case Opcode::kCallMethodPacked:
      return 3;
    case Opcode::kConcat:
      return std::max<uint64_t>(1, d);
    case Opcode::kNewStruct:
      return 1 + TemplateSize(function, d, false);
    case Opcode::kNewStructDef:
      return x != 0 ? 2 : 1 + TemplateSize(function, d, true);
    default:
      return 2;  // a subject and one neighbour
  }
}

}  // namespace ruff
