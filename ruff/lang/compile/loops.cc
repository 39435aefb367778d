// Loops have their test at the end, so that each turn takes one jump:
//
//     Jump test
//   body:
//     …
//   test:             `continue` leads here
//     JumpIf… body
//   end:              `break` leads here

#include "ruff/lang/compile/function_compiler.h"

namespace ruff {

// The chain `else if … else if …` is as long as it likes.
void FunctionCompiler::CompileIf(NodeId id) {
  const Label end = out_.NewLabel();
  while (id != kNoNode) {
    if (node(id).kind != NodeKind::kIf) {
      CompileBlock(id);
      break;
    }
    const Node& n = node(id);
    const NodeId otherwise{ast_.extra(n.b, 1)};
    const Label next = out_.NewLabel();
    out_.SetPosition(n.begin);
    Condition(NodeId{n.a}, false, next);
    if (out_.is_reachable()) CompileBlock(NodeId{ast_.extra(n.b, 0)});
    if (otherwise != kNoNode) out_.Goto(end);
    out_.Bind(next);
    if (!out_.is_reachable()) break;
    id = otherwise;
  }
  out_.Bind(end);
}

// Returns whether a `break` leaves it.
bool FunctionCompiler::CompileLoopBody(NodeId body, Label break_label, Label continue_label) {
  loops_.push_back({break_label, continue_label});
  CompileBlock(body);
  const bool has_break = loops_.back().has_break;
  loops_.pop_back();
  return has_break;
}

// Without a condition: `loop`.
void FunctionCompiler::CompileWhile(NodeId condition, NodeId body) {
  const Label head = out_.NewLabel();
  const Label test = out_.NewLabel();
  const Label end = out_.NewLabel();
  const bool is_endless =
      condition == kNoNode || (node(condition).kind == NodeKind::kBool && node(condition).a != 0);
  const bool is_reachable = out_.is_reachable();
  if (!is_endless) out_.Goto(test);
  out_.BindLoopHead(head, is_reachable);
  CompileLoopBody(body, end, test);
  out_.Bind(test);
  if (is_endless) {
    out_.Goto(head);
  } else if (out_.is_reachable()) {
    out_.SetPosition(node(condition).begin);
    Condition(condition, true, head);
  }
  out_.Bind(end);
}

// R[state..state+2] is the state of the loop, R[state+3] its variable.
void FunctionCompiler::CompileFor(NodeId id, const Node& n) {
  const NodeId iterable{ast_.extra(n.b, 0)};
  const NodeId body{ast_.extra(n.b, 1)};
  const BindingId variable = names_.declared(id);
  const Registers::Mark mark = registers_.mark();
  const Label head = out_.NewLabel();
  const Label test = out_.NewLabel();
  const Label end = out_.NewLabel();
  const bool is_far = !registers_.has_near_locals();
  const uint32_t state = Allocate();
  if (!StartRange(iterable, state, test)) ToRegister(iterable, state);
  registers_.SetTop(state + 1);
  Allocate(3);
  registers_.KeepAsLocals();
  out_.SetPosition(node(iterable).begin);
  const bool is_reachable = out_.is_reachable();
  out_.Jump(Opcode::kForPrep, test, state);
  out_.BindLoopHead(head, is_reachable);
  if (binding(variable).is_cell) out_.Emit(Opcode::kBoxCell, state + 3);
  bool has_break;
  uint32_t far = kNoRegister;
  if (is_far) {
    registers_.Release(mark);
    far = registers_.AllocateFar(4);
    has_break = CompileFarForBody(state, far, variable, body, end);
  } else {
    homes_[Raw(variable)] = state + 3;
    has_break = CompileLoopBody(body, end, test);
  }
  out_.BindLoopHead(test, is_reachable);
  out_.SetPosition(node(iterable).begin);
  out_.Jump(Opcode::kForNext, head, state);
  out_.Bind(end);
  if (has_break) LoadNull(state);  // let go of what was iterated
  if (has_break && is_far) out_.Emit(Opcode::kSetFar, state, far);
  registers_.Release(mark);
}

// The state of the loop, and the variable, wait in far registers while the body runs.
bool FunctionCompiler::CompileFarForBody(uint32_t state, uint32_t far, BindingId variable,
                                         NodeId body, Label end) {
  const Label next = out_.NewLabel();
  for (uint32_t i = 0; i < 4; ++i) out_.Emit(Opcode::kSetFar, state + i, far + i);
  homes_[Raw(variable)] = (far + 3) | kFarFlag;
  const bool has_break = CompileLoopBody(body, end, next);
  out_.Bind(next);
  for (uint32_t i = 0; i < 3; ++i) out_.Emit(Opcode::kTakeFar, state + i, far + i);
  return has_break;
}

// `for x in range(…)`: no array is made when range is the builtin.
bool FunctionCompiler::StartRange(NodeId iterable, uint32_t state, Label test) {
  constexpr size_t kMaxArguments = 3;
  const Node& n = node(iterable);
  if (n.kind != NodeKind::kCall || node(NodeId{n.a}).kind != NodeKind::kIdentifier) return false;
  const Node& callee = node(NodeId{n.a});
  const absl::Span<const uint32_t> arguments = ast_.list(n.b);
  if (ast_.name(NameId{callee.a}) != "range" || arguments.empty() ||
      arguments.size() > kMaxArguments || !IsUnbound(names_.reference(NodeId{n.a}))) {
    return false;
  }
  LoadName(NodeId{n.a}, state);
  CompileArguments(arguments);
  registers_.SetTop(state + 1);
  Allocate(3);
  out_.SetPosition(n.begin);
  out_.Jump(Opcode::kRangePrep, test, state, 0, static_cast<int64_t>(arguments.size()));
  return true;
}

}  // namespace ruff
