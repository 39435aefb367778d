#include "ruff/lang/compile/function_compiler.h"

namespace ruff {
namespace {

bool IsComparison(BinaryOp op) { return op >= BinaryOp::kEq && op <= BinaryOp::kGe; }

bool IsLogical(BinaryOp op) { return op == BinaryOp::kAnd || op == BinaryOp::kOr; }

}  // namespace

// Jumps to `target` if the truth of the expression is `sense`, else falls through.
void FunctionCompiler::Condition(NodeId id, bool sense, Label target) {
  const Temporaries temporaries(&registers_);
  NodeId base = id;
  bool is_negated = false;
  for (; node(base).kind == NodeKind::kNot; base = NodeId{node(base).a}) is_negated = !is_negated;
  // Other operands of ! may be structs, even comparisons of structs, with a ! of their own.
  const Node& operand = node(base);
  if (operand.kind == NodeKind::kBool ||
      (operand.kind == NodeKind::kBinary && IsLogical(OpOf(operand)))) {
    id = base;
    sense = sense != is_negated;
  }
  const Node& n = node(id);
  if (n.kind == NodeKind::kBool) {
    if ((n.a != 0) == sense) out_.Goto(target);
    return;
  }
  if (n.kind == NodeKind::kBinary && IsLogical(OpOf(n))) {
    LogicalCondition(id, sense, target);
    return;
  }
  if (context_.options.optimize && n.kind == NodeKind::kBinary && IsComparison(OpOf(n))) {
    CompareCondition(id, sense, target);
    return;
  }
  const uint32_t value = ToAny(id);
  const bool is_name = n.kind == NodeKind::kIdentifier || n.kind == NodeKind::kSelf;
  if (is_name && !LocalRegister(id).has_value()) {
    // A copy of a variable must not stay behind in a temporary: the variable could not be changed
    // in place.
    out_.Emit(Opcode::kTruthy, value, value);
  }
  JumpOn(Opcode::kJumpIf, Opcode::kJumpIfNot, sense, target, value, 0, 0);
}

void FunctionCompiler::LogicalCondition(NodeId id, bool sense, Label target) {
  const BinaryOp op = OpOf(node(id));
  const size_t base = spine_.size();
  NodeId first = id;
  while (node(first).kind == NodeKind::kBinary && OpOf(node(first)) == op) {
    spine_.push_back(first);
    first = NodeId{node(first).a};
  }
  const bool decides = op == BinaryOp::kOr;  // the truth of an operand that decides the whole
  const Label end = out_.NewLabel();
  const Label decided = sense == decides ? target : end;
  Condition(first, decides, decided);
  while (spine_.size() > base) {
    const NodeId step = spine_.back();
    spine_.pop_back();
    const NodeId operand{node(step).b};
    if (spine_.size() > base) {
      Condition(operand, decides, decided);
    } else {
      Condition(operand, sense, target);
    }
  }
  out_.Bind(end);
}

void FunctionCompiler::CompareCondition(NodeId id, bool sense, Label target) {
  const Node& n = node(id);
  const NodeId right{n.b};
  std::optional<uint32_t> local = LocalRegister(NodeId{n.a});
  if (local.has_value() && MustCopy(NodeId{n.a}, right)) local.reset();
  const uint32_t left = local.has_value() ? *local : ToNext(NodeId{n.a});
  const Pin pin(this, left);
  if (const std::optional<int16_t> value = SmallInt(right)) {
    out_.SetPosition(n.begin);
    const auto jump = [&](Opcode positive, Opcode negative, int64_t x = 0) {
      JumpOn(positive, negative, sense, target, left, *value, x);
    };
    switch (OpOf(n)) {
      case BinaryOp::kEq:
        jump(Opcode::kJumpIfEqI, Opcode::kJumpIfNeI, sense ? 0 : 1);
        return;
      case BinaryOp::kNe:
        jump(Opcode::kJumpIfNeI, Opcode::kJumpIfEqI, sense ? 0 : 1);
        return;
      case BinaryOp::kLt:
        jump(Opcode::kJumpIfLtI, Opcode::kJumpIfNotLtI);
        return;
      case BinaryOp::kLe:
        jump(Opcode::kJumpIfLeI, Opcode::kJumpIfNotLeI);
        return;
      case BinaryOp::kGt:
        jump(Opcode::kJumpIfGtI, Opcode::kJumpIfNotGtI);
        return;
      default:
        jump(Opcode::kJumpIfGeI, Opcode::kJumpIfNotGeI);
        return;
    }
  }
  const uint32_t operand = ToAny(right);
  out_.SetPosition(n.begin);
  const auto jump = [&](Opcode positive, Opcode negative, uint32_t a, uint32_t b, int64_t x) {
    JumpOn(positive, negative, sense, target, a, b, x);
  };
  switch (OpOf(n)) {
    case BinaryOp::kEq:
      jump(Opcode::kJumpIfEq, Opcode::kJumpIfNe, left, operand, sense ? 0 : 1);
      return;
    case BinaryOp::kNe:
      jump(Opcode::kJumpIfNe, Opcode::kJumpIfEq, left, operand, sense ? 0 : 1);
      return;
    case BinaryOp::kLt:
      jump(Opcode::kJumpIfLt, Opcode::kJumpIfNotLt, left, operand, 0);
      return;
    case BinaryOp::kLe:
      jump(Opcode::kJumpIfLe, Opcode::kJumpIfNotLe, left, operand, 0);
      return;
    case BinaryOp::kGt:
      jump(Opcode::kJumpIfLt, Opcode::kJumpIfNotLt, operand, left, 1);
      return;
    default:
      jump(Opcode::kJumpIfLe, Opcode::kJumpIfNotLe, operand, left, 1);
      return;
  }
}

// Jumps by `positive` or, if not `sense`, by `negative`. The latter may not go backwards unless it
// uses fuel.
void FunctionCompiler::JumpOn(Opcode positive, Opcode negative, bool sense, Label target, int64_t a,
                              int64_t b, int64_t x) {
  const Opcode op = sense ? positive : negative;
  if (!out_.is_bound(target) || InfoOf(op).Has(kUsesFuel)) {
    out_.Jump(op, target, a, b, x);
    return;
  }
  const Label skip = out_.NewLabel();
  out_.Jump(positive, skip, a, b, x);
  out_.Goto(target);
  out_.Bind(skip);
}

}  // namespace ruff
