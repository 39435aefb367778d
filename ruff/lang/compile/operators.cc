#include "ruff/base/check.h"
#include "ruff/lang/compile/function_compiler.h"

namespace ruff {
namespace {

struct Forms {
  Opcode plain;
  Opcode constant;   // right operand in the constants
  Opcode immediate;  // small int as right operand
};

constexpr Forms kForms[] = {
    {Opcode::kAdd, Opcode::kAddK, Opcode::kAddI}, {Opcode::kSub, Opcode::kSubK, Opcode::kSubI},
    {Opcode::kMul, Opcode::kMulK, Opcode::kNop},  {Opcode::kDiv, Opcode::kDivK, Opcode::kNop},
    {Opcode::kMod, Opcode::kModK, Opcode::kNop},
};

}  // namespace

// Arithmetic and comparisons: `to` = `left` op right. `left` must be pinned if it is a local. `id`
// is the node that an Update may wait for.
void FunctionCompiler::EmitBinary(NodeId id, BinaryOp op, uint32_t to, uint32_t left,
                                  NodeId right) {
  const uint32_t begin = node(id).begin;
  const Temporaries temporaries(&registers_);
  if (op <= BinaryOp::kMod && EmitConstantOperand(id, op, to, left, right)) return;
  uint32_t operand;
  if (to != left && registers_.is_scratch(to) && !LocalRegister(right).has_value()) {
    operand = to;
    ToRegister(right, to);
  } else {
    operand = ToAny(right);
  }
  out_.SetPosition(begin);
  if (update_.has_value() && update_->site.node == id) EmitTakePath(left, left);
  switch (op) {
    case BinaryOp::kEq:
      out_.Emit(Opcode::kEq, to, left, operand);
      return;
    case BinaryOp::kNe:
      out_.Emit(Opcode::kNe, to, left, operand);
      return;
    case BinaryOp::kLt:
      out_.Emit(Opcode::kLt, to, left, operand);
      return;
    case BinaryOp::kLe:
      out_.Emit(Opcode::kLe, to, left, operand);
      return;
    case BinaryOp::kGt:
      out_.Emit(Opcode::kLt, to, operand, left, 1);
      return;
    case BinaryOp::kGe:
      out_.Emit(Opcode::kLe, to, operand, left, 1);
      return;
    default:
      RUFF_DCHECK(op <= BinaryOp::kMod);
      out_.Emit(kForms[static_cast<int>(op)].plain, to, left, operand);
      return;
  }
}

// The forms with a constant as right operand, when there is one.
bool FunctionCompiler::EmitConstantOperand(NodeId id, BinaryOp op, uint32_t to, uint32_t left,
                                           NodeId right) {
  if (!context_.options.optimize || !context_.folding.IsConstant(right)) return false;
  const Forms& forms = kForms[static_cast<int>(op)];
  if (forms.immediate != Opcode::kNop) {
    if (const std::optional<int16_t> value = SmallInt(right)) {
      out_.SetPosition(node(id).begin);
      out_.Emit(forms.immediate, to, left, *value);
      return true;
    }
  }
  std::optional<Constant> constant = context_.folding.NumberOf(right);
  if (!constant.has_value() && op == BinaryOp::kAdd) {
    const Constant value = context_.folding.ValueOf(right);
    if (value.kind == Constant::Kind::kString) constant = value;
  }
  if (!constant.has_value()) return false;
  const std::optional<uint32_t> index = constants_.AddOperand(*constant);
  if (!index.has_value()) return false;
  out_.SetPosition(node(id).begin);
  if (update_.has_value() && update_->site.node == id) EmitTakePath(left, left);
  out_.Emit(forms.constant, to, left, *index);
  return true;
}

std::optional<int16_t> FunctionCompiler::SmallInt(NodeId id) const {
  if (!context_.options.optimize) return std::nullopt;
  const std::optional<Constant> number = context_.folding.NumberOf(id);
  if (!number.has_value() || number->kind != Constant::Kind::kInt) return std::nullopt;
  if (number->i < INT16_MIN || number->i > INT16_MAX) return std::nullopt;
  return static_cast<int16_t>(number->i);
}

// && and || as a value: always a bool.
void FunctionCompiler::LogicalToRegister(NodeId id, uint32_t to) {
  const bool is_and = OpOf(node(id)) == BinaryOp::kAnd;
  const Label decided = out_.NewLabel();
  const Label end = out_.NewLabel();
  Condition(id, !is_and, decided);
  LoadConstant(BoolConstant(is_and), to);
  out_.Goto(end);
  out_.Bind(decided);
  LoadConstant(BoolConstant(!is_and), to);
  out_.Bind(end);
}

// Evaluating it changes no variable.
bool FunctionCompiler::IsSimple(NodeId id) const {
  const Node& n = node(id);
  return n.kind == NodeKind::kIdentifier || n.kind == NodeKind::kSelf ||
         context_.folding.IsConstant(id);
}

// A local can stand for its value while `rest` is evaluated, unless a method call there stores into
// it.
bool FunctionCompiler::MustCopy(NodeId local, NodeId rest) const {
  const BindingId id = names_.reference(local).binding;
  return binding(id).is_receiver && !IsSimple(rest);
}

}  // namespace ruff
