#include "ruff/lang/compile/function_compiler.h"

namespace ruff {
namespace {

BinaryOp BinaryOf(AssignOp op) {
  return static_cast<BinaryOp>(static_cast<int>(op) - static_cast<int>(AssignOp::kAdd));
}

static_assert(static_cast<int>(AssignOp::kMod) - static_cast<int>(AssignOp::kAdd) ==
              static_cast<int>(BinaryOp::kMod));

}  // namespace

void FunctionCompiler::CompileAssign(NodeId id, const Node& n) {
  const NodeKind target = node(NodeId{n.a}).kind;
  const bool is_name = target == NodeKind::kIdentifier || target == NodeKind::kSelf;
  const bool is_plain = static_cast<AssignOp>(n.op) == AssignOp::kAssign;
  if (is_name) {
    is_plain ? AssignVariable(n) : CompoundVariable(id, n);
  } else {
    is_plain ? AssignPlace(n) : CompoundPlace(id, n);
  }
  update_.reset();
}

void FunctionCompiler::AssignVariable(const Node& n) {
  const NodeId target{n.a};
  const NodeId value{n.b};
  const Reference reference = names_.reference(target);
  const Variable variable = VariableOf(reference);
  if (variable.home == Variable::Home::kNowhere) {
    InitializeFrom(reference.binding, value);
    return;
  }
  const Temporaries temporaries(&registers_);
  if (IsImmutable(variable)) {
    ToNext(value);
    out_.SetPosition(n.begin);
    RaiseImmutable(variable, "reassign");
    return;
  }
  Place place = {.root = target, .variable = variable};
  if (const std::optional<UpdateSite> site = FindUpdate(place, target, value)) {
    StartUpdate(&place, *site);
  }
  if (variable.home == Variable::Home::kRegister) {
    ToRegister(value, variable.number);
  } else {
    StoreVariable(variable, ToNext(value));
  }
  if (IsOwnSelf(variable)) out_.Emit(Opcode::kMarkSelf);
}

void FunctionCompiler::CompoundVariable(NodeId id, const Node& n) {
  const Temporaries temporaries(&registers_);
  const NodeId target{n.a};
  const BinaryOp op = BinaryOf(static_cast<AssignOp>(n.op));
  const Variable variable = VariableOf(names_.reference(target));
  if (variable.home == Variable::Home::kRegister && !MustCopy(target, NodeId{n.b}) &&
      !IsImmutable(variable)) {
    const Pin pin(this, variable.number);
    EmitBinary(id, op, variable.number, variable.number, NodeId{n.b});
  } else {
    const uint32_t old = Allocate();
    LoadName(target, old);
    Place place = {.root = target, .variable = variable};
    if (MayGrow(place, op, NodeId{n.b})) StartUpdate(&place, {id, 0});
    EmitBinary(id, op, old, old, NodeId{n.b});
    if (IsImmutable(variable)) {
      out_.SetPosition(n.begin);
      RaiseImmutable(variable, "reassign");
      return;
    }
    StoreVariable(variable, old);
  }
  if (IsOwnSelf(variable)) out_.Emit(Opcode::kMarkSelf);
}

// The right side comes first, then the indices. They are evaluated before it when that makes no
// difference and the place is to be updated.
void FunctionCompiler::AssignPlace(const Node& n) {
  const Temporaries temporaries(&registers_);
  const NodeId target{n.a};
  Place place = TakeApart(target);
  if (const std::optional<UpdateSite> site = FindUpdate(place, target, NodeId{n.b})) {
    LoadIndices(&place);
    StartUpdate(&place, *site);
    const uint32_t value = ToNext(NodeId{n.b});
    StorePlace(&place, value, n.begin);
    return;
  }
  const uint32_t value = ToNext(NodeId{n.b});
  LoadIndices(&place);
  StorePlace(&place, value, n.begin);
}

void FunctionCompiler::CompoundPlace(NodeId id, const Node& n) {
  const Temporaries temporaries(&registers_);
  const BinaryOp op = BinaryOf(static_cast<AssignOp>(n.op));
  Place place = TakeApart(NodeId{n.a});
  LoadIndices(&place);
  const uint32_t old = Allocate();
  LoadPlace(place, old);
  if (MayGrow(place, op, NodeId{n.b})) StartUpdate(&place, {id, 0});
  const Pin pin(this, place.pinned_index());
  EmitBinary(id, op, old, old, NodeId{n.b});
  StorePlace(&place, old, n.begin);
}

// True when `place += right` may make a string longer.
bool FunctionCompiler::MayGrow(const Place& place, BinaryOp op, NodeId right) const {
  return op == BinaryOp::kAdd && !IsNumeric(right) && CanUpdate(place);
}

}  // namespace ruff
