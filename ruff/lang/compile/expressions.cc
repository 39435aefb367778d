#include <algorithm>

#include "ruff/base/check.h"
#include "ruff/lang/compile/function_compiler.h"

namespace ruff {

// Evaluates into register `to`, which is written by the last instruction only, unless it is
// scratch.
void FunctionCompiler::ToRegister(NodeId id, uint32_t to) {
  if (registers_.top() > Registers::kFull && !IsSimple(id)) [[unlikely]] {
    EvaluateWithRoom(id, to);
  } else {
    Evaluate(id, to);
  }
}

// Evaluates while the topmost temporaries are away in far registers. They are so many that each
// level of a deep expression pays for few of them.
void FunctionCompiler::EvaluateWithRoom(NodeId id, uint32_t to) {
  constexpr uint32_t kMostMoved = 512;
  constexpr uint32_t kLeastMoved = 16;
  const Registers::Mark mark = registers_.mark();
  const uint32_t kept_end =
      std::max(mark.locals_end, update_.has_value() ? update_->registers_end : 0);
  const bool is_scratch = registers_.is_scratch(to);
  const uint32_t end = is_scratch ? to : mark.top;
  if (end < kept_end + kLeastMoved) {
    Evaluate(id, to);
    return;
  }
  const uint32_t count = std::min(end - kept_end, kMostMoved);
  const uint32_t first = end - count;
  const uint32_t far = registers_.AllocateFar(count + 1);
  for (uint32_t i = 0; i < count; ++i) out_.Emit(Opcode::kSetFar, first + i, far + i);
  registers_.SetTop(first);
  const uint32_t value = Allocate();
  Evaluate(id, value);
  out_.Emit(Opcode::kSetFar, value, far + count);
  for (uint32_t i = 0; i < count; ++i) out_.Emit(Opcode::kTakeFar, first + i, far + i);
  registers_.Release(mark);
  out_.Emit(Opcode::kTakeFar, to, far + count);
}

void FunctionCompiler::Evaluate(NodeId id, uint32_t to) {
  if (context_.folding.IsConstant(id)) {
    const Node& n = node(id);
    const bool is_empty =
        (n.kind == NodeKind::kArray || n.kind == NodeKind::kDict) && ast_.list(n.a).empty();
    if (!is_empty) {
      LoadConstant(context_.folding.ValueOf(id), to);
      return;
    }
    out_.Emit(n.kind == NodeKind::kArray ? Opcode::kNewArray : Opcode::kNewDict, to, 0);
  } else if (IsChainNode(id)) {
    Chain(id, to);
  } else {
    LeafToRegister(id, node(id), to);
  }
}

uint32_t FunctionCompiler::ToNext(NodeId id) {
  const uint32_t to = Allocate();
  ToRegister(id, to);
  registers_.SetTop(to + 1);
  return to;
}

// A register that holds the value, to be read only: a local's own, or a new temporary.
uint32_t FunctionCompiler::ToAny(NodeId id) {
  if (const std::optional<uint32_t> local = LocalRegister(id)) return *local;
  return ToNext(id);
}

void FunctionCompiler::Discard(NodeId id) {
  const Temporaries temporaries(&registers_);
  ToNext(id);
}

void FunctionCompiler::LeafToRegister(NodeId id, const Node& n, uint32_t to) {
  const Temporaries temporaries(&registers_);
  const auto one_operand = [&](Opcode op, int64_t x = 0) {
    const uint32_t operand = ToNext(NodeId{n.a});
    out_.SetPosition(n.begin);
    out_.Emit(op, to, operand, 0, x);
  };
  switch (n.kind) {
    case NodeKind::kIdentifier:
    case NodeKind::kSelf:
      LoadName(id, to);
      return;
    case NodeKind::kInterpolated:
      CompileInterpolation(n, to);
      return;
    case NodeKind::kArray:
      CompileArray(n, to);
      return;
    case NodeKind::kDict:
      CompileDict(n, to);
      return;
    case NodeKind::kStructLiteral:
      CompileStructLiteral(id, n, to);
      return;
    case NodeKind::kLambda:
      EmitClosure(names_.unit_of_function(n.a), to);
      return;
    case NodeKind::kNegate:
    case NodeKind::kNot: {
      const uint32_t operand = ToAny(NodeId{n.a});
      out_.SetPosition(n.begin);
      out_.Emit(n.kind == NodeKind::kNot ? Opcode::kNot : Opcode::kNeg, to, operand);
      return;
    }
    case NodeKind::kAwait:
      one_operand(Opcode::kAwait);
      return;
    case NodeKind::kOk:
      one_operand(Opcode::kNewBox, static_cast<int64_t>(ConstantKind::kOk));
      return;
    case NodeKind::kErr:
      one_operand(Opcode::kNewBox, static_cast<int64_t>(ConstantKind::kErr));
      return;
    case NodeKind::kSome:
      one_operand(Opcode::kNewBox, static_cast<int64_t>(ConstantKind::kSome));
      return;
    case NodeKind::kBinary:
      LogicalToRegister(id, to);
      return;
    case NodeKind::kCall:
      CompileCall(id, n, to);
      return;
    case NodeKind::kMethodCall:
    case NodeKind::kOptionalMethodCall:
      CompilePlaceCall(id, MethodSiteOf(id), to);
      return;
    case NodeKind::kTag:
      CompileTag(n, to);
      return;
    case NodeKind::kThrow: {
      const uint32_t value = ToNext(NodeId{ast_.list(n.a)[0]});
      out_.SetPosition(n.begin);
      out_.Emit(Opcode::kThrow, value);
      return;
    }
    case NodeKind::kYield: {
      const uint32_t value = BuildRegister(to);
      if (NodeId{n.a} != kNoNode) {
        ToRegister(NodeId{n.a}, value);
      } else {
        LoadNull(value);
      }
      out_.SetPosition(n.begin);
      out_.Emit(Opcode::kYield, value);
      MoveBuilt(value, to);
      return;
    }
    default:
      RUFF_UNREACHABLE();
  }
}

bool FunctionCompiler::IsPinned(uint32_t reg) const {
  return std::find(pinned_.begin(), pinned_.end(), reg) != pinned_.end();
}

// `id` names the local in register `from`.
void FunctionCompiler::MoveOrTake(NodeId id, uint32_t from, uint32_t to) {
  if (from == to) return;
  const bool may_take = context_.options.optimize && names_.is_last_use(id) && !IsPinned(from);
  out_.Emit(may_take ? Opcode::kTake : Opcode::kMove, to, from);
}

void FunctionCompiler::LoadConstant(const Constant& constant, uint32_t to) {
  const auto immediate = [&](ConstantKind kind, int64_t payload) {
    out_.Emit(Opcode::kLoadImm, to, payload, 0, static_cast<int64_t>(kind));
  };
  switch (constant.kind) {
    case Constant::Kind::kNull:
      immediate(ConstantKind::kNull, 0);
      return;
    case Constant::Kind::kNone:
      immediate(ConstantKind::kNone, 0);
      return;
    case Constant::Kind::kBool:
      immediate(ConstantKind::kBool, constant.i);
      return;
    case Constant::Kind::kInt:
      if (constant.i >= INT32_MIN && constant.i <= INT32_MAX) {
        immediate(ConstantKind::kInt, constant.i);
        return;
      }
      break;
    default:
      break;
  }
  out_.EmitConstant(Opcode::kLoadConst, to, constants_.Add(constant));
}

// Moves a value that was built in another register than its destination.
void FunctionCompiler::MoveBuilt(uint32_t from, uint32_t to) {
  if (from != to) out_.Emit(Opcode::kTake, to, from);
}

}  // namespace ruff
