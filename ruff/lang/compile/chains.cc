// Chains: expressions that grow to the left, a + b + c, a.b[i].f(x), v |> f |> g.
//
// The left spine of such a tree is as long as the chain, so it is walked with an explicit stack:
// down to the leaf, then back up, one step for each node. The value reached so far sits in one
// register: first perhaps that of a local, used in place; then a temporary on top of the stack,
// where call windows can begin.
//
// Method calls and pipes want their left value one register further up than their result. Where a
// chain begins, registers are left free below its temporary, so that its value can sink instead of
// being moved.

#include "ruff/lang/compile/function_compiler.h"

namespace ruff {
namespace {

constexpr uint32_t kMaxFreeBelow = 8;

bool IsLogical(BinaryOp op) { return op == BinaryOp::kAnd || op == BinaryOp::kOr; }

bool IsArithmetic(BinaryOp op) { return op <= BinaryOp::kMod; }

}  // namespace

bool FunctionCompiler::IsChainNode(NodeId id) const {
  if (context_.folding.IsConstant(id)) return false;
  const Node& n = node(id);
  switch (n.kind) {
    case NodeKind::kBinary:
      return !IsLogical(OpOf(n));
    case NodeKind::kField:
    case NodeKind::kOptionalField:
    case NodeKind::kIndex:
    case NodeKind::kTry:
      return true;
    case NodeKind::kCall:
      return node(NodeId{n.a}).kind != NodeKind::kIdentifier;
    case NodeKind::kMethodCall:
    case NodeKind::kOptionalMethodCall:
      return !IsPlace(NodeId{n.a});
    default:
      return false;
  }
}

bool FunctionCompiler::TakesLeftInPlace(NodeId id) const {
  const Node& n = node(id);
  switch (n.kind) {
    case NodeKind::kBinary:
      return OpOf(n) != BinaryOp::kPipe && OpOf(n) != BinaryOp::kCoalesce;
    case NodeKind::kField:
    case NodeKind::kOptionalField:
    case NodeKind::kIndex:
      return true;
    default:
      return false;
  }
}

bool FunctionCompiler::NeedsSlotBelow(NodeId id) const {
  const Node& n = node(id);
  return n.kind == NodeKind::kMethodCall || n.kind == NodeKind::kOptionalMethodCall ||
         (n.kind == NodeKind::kBinary && OpOf(n) == BinaryOp::kPipe);
}

void FunctionCompiler::Chain(NodeId id, uint32_t to) {
  const Temporaries temporaries(&registers_);
  const size_t base = spine_.size();
  NodeId leaf = id;
  for (; IsChainNode(leaf); leaf = NodeId{node(leaf).a}) spine_.push_back(leaf);
  if (Accumulate(base, leaf, to)) return;

  ChainState state = {};
  state.spare = registers_.is_scratch(to) ? to : kNoRegister;
  const NodeId first = spine_.back();
  const std::optional<uint32_t> local = LocalRegister(leaf);
  const bool has_right =
      node(first).kind == NodeKind::kBinary || node(first).kind == NodeKind::kIndex;
  state.is_in_place = local.has_value() && TakesLeftInPlace(first) &&
                      !(has_right && MustCopy(leaf, NodeId{node(first).b}));
  if (state.is_in_place) {
    state.at = *local;
  } else {
    state.at = BuildRegister(to);
    for (size_t i = base; i < spine_.size() && state.free_below < kMaxFreeBelow; ++i) {
      if (NeedsSlotBelow(spine_[i])) ++state.free_below;
    }
    if (state.free_below > 0) state.at = Allocate(state.free_below) + state.free_below - 1;
    ToRegister(leaf, state.at);
    registers_.SetTop(state.at + 1);
  }
  while (spine_.size() > base) {
    const NodeId step = spine_.back();
    spine_.pop_back();
    ChainStep(step, &state, step == id ? to : kNoRegister);
  }
  MoveBuilt(state.at, to);
}

// x := x + a + b grows x step by step, if x is a local that nothing observes in between: then this
// is the last use of the old x.
bool FunctionCompiler::Accumulate(size_t base, NodeId leaf, uint32_t to) {
  if (LocalRegister(leaf) != to || !names_.is_last_use(leaf) || IsPinned(to)) return false;
  for (size_t i = base; i < spine_.size(); ++i) {
    const Node& n = node(spine_[i]);
    if (n.kind != NodeKind::kBinary || !IsArithmetic(OpOf(n))) return false;
  }
  while (spine_.size() > base) {
    const NodeId step = spine_.back();
    spine_.pop_back();
    const Node& n = node(step);
    EmitBinary(step, OpOf(n), to, to, NodeId{n.b});
  }
  return true;
}

// Where a step puts its result: the destination if it is the last one, else the chain's temporary.
uint32_t FunctionCompiler::ResultRegister(const ChainState& state, uint32_t to) {
  if (to != kNoRegister) return to;
  if (!state.is_in_place) return state.at;
  return state.spare != kNoRegister ? state.spare : Allocate();
}

// `to` is the destination for the last step, else kNoRegister.
void FunctionCompiler::ChainStep(NodeId id, ChainState* state, uint32_t to) {
  const Node& n = node(id);
  const auto finish = [&](uint32_t result) {
    state->is_in_place = false;
    state->at = result;
    if (to == kNoRegister) registers_.SetTop(result + 1);
  };
  switch (n.kind) {
    case NodeKind::kField:
    case NodeKind::kOptionalField: {
      const uint32_t result = ResultRegister(*state, to);
      out_.SetPosition(n.begin);
      if (n.kind == NodeKind::kField) {
        out_.EmitWord(Opcode::kGetField, 0, result, state->at, NameOperand(NameId{n.b}));
      } else {
        out_.Emit(Opcode::kGetFieldOptional, result, state->at, NameOperand(NameId{n.b}));
      }
      finish(result);
      return;
    }
    case NodeKind::kIndex: {
      const uint32_t result = ResultRegister(*state, to);
      const Pin pin(this, state->at);
      const uint32_t index = ToAny(NodeId{n.b});
      out_.SetPosition(n.begin);
      out_.Emit(Opcode::kGetIndex, result, state->at, index);
      finish(result);
      return;
    }
    case NodeKind::kTry: {
      const uint32_t result = ResultRegister(*state, to);
      if (self_cell_ != kNoRegister) {
        out_.Emit(Opcode::kGetCell, 0, self_cell_, NameOperand(binding(unit_.parameters[0]).name));
      }
      out_.SetPosition(n.begin);
      out_.Emit(Opcode::kTryUnwrap, result, state->at);
      finish(result);
      return;
    }
    case NodeKind::kCall: {
      EmitCall(id, state->at, CompileArguments(ast_.list(n.b)));
      registers_.SetTop(state->at + 1);
      return;
    }
    case NodeKind::kMethodCall:
    case NodeKind::kOptionalMethodCall:
      MethodStep(id, state);
      return;
    default:
      break;
  }
  if (OpOf(n) == BinaryOp::kPipe) {
    PipeStep(id, state);
  } else if (OpOf(n) == BinaryOp::kCoalesce) {
    const Label end = out_.NewLabel();
    out_.Jump(Opcode::kJumpIfNotNull, end, state->at);
    ToRegister(NodeId{n.b}, state->at);
    out_.Bind(end);
  } else {
    const uint32_t result = ResultRegister(*state, to);
    const Pin pin(this, state->at);
    EmitBinary(id, OpOf(n), result, state->at, NodeId{n.b});
    finish(result);
  }
}

// The first register of a window whose second one holds the value reached.
uint32_t FunctionCompiler::SlotBelow(ChainState* state) {
  if (state->free_below > 0) {
    --state->free_below;
    return --state->at;
  }
  const uint32_t value = Allocate();
  out_.Emit(Opcode::kTake, value, state->at);
  return state->at;
}

void FunctionCompiler::MethodStep(NodeId id, ChainState* state) {
  const MethodSite site = MethodSiteOf(id);
  const uint32_t window = SlotBelow(state);
  const Label null = out_.NewLabel();
  const Label end = out_.NewLabel();
  if (site.is_optional) out_.Jump(Opcode::kJumpIfNull, null, window + 1);
  EmitMethodCall(id, site.name, window, CompileArguments(site.arguments));
  if (site.is_optional) {
    out_.Goto(end);
    out_.Bind(null);
    LoadNull(window);
    out_.Bind(end);
  }
  registers_.SetTop(window + 1);
}

// v |> f(a) is f(v, a), v |> r.m(a) is r.m(v, a); anything else on the right is called with v
// alone.
void FunctionCompiler::PipeStep(NodeId id, ChainState* state) {
  const NodeId right{node(id).b};
  const Node& n = node(right);
  const bool is_open = (n.flags & kParenthesized) == 0;
  if (is_open && (n.kind == NodeKind::kMethodCall || n.kind == NodeKind::kOptionalMethodCall ||
                  n.kind == NodeKind::kField)) {
    MethodSite site = MethodSiteOf(right);
    site.piped = state->at;
    CompilePlaceCall(right, site, state->at);
    return;
  }
  const uint32_t window = SlotBelow(state);
  const bool is_call = is_open && n.kind == NodeKind::kCall;
  const NodeId callee = is_call ? NodeId{n.a} : right;
  const absl::Span<const uint32_t> arguments =
      is_call ? ast_.list(n.b) : absl::Span<const uint32_t>();
  const std::optional<uint32_t> fixed = FixedCallee(is_call ? right : id, callee);
  if (!fixed.has_value()) ToRegister(callee, window);
  EmitCall(is_call ? right : id, window, CompileArguments(arguments, true), fixed);
  registers_.SetTop(window + 1);
}

}  // namespace ruff
