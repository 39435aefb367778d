#include "ruff/lang/compile/function_compiler.h"

namespace ruff {

// A call whose callee is a plain name.
void FunctionCompiler::CompileCall(NodeId id, const Node& n, uint32_t to) {
  const absl::Span<const uint32_t> arguments = ast_.list(n.b);
  const uint32_t window = BuildRegister(to);
  const std::optional<uint32_t> fixed = FixedCallee(id, NodeId{n.a});
  if (!fixed.has_value()) ToRegister(NodeId{n.a}, window);
  EmitCall(id, window, CompileArguments(arguments), fixed);
  MoveBuilt(window, to);
}

// The slot of a callee for CallGlobal. A builtin that an Update waits for must be in a register.
std::optional<uint32_t> FunctionCompiler::FixedCallee(NodeId call, NodeId callee) const {
  if (node(callee).kind != NodeKind::kIdentifier) return std::nullopt;
  if (update_.has_value() && update_->site.node == call) return std::nullopt;
  return FixedFunction(names_.reference(callee));
}

// Evaluates arguments into the window whose first registers have just been allocated; if
// `is_piped`, the first argument is already there.
FunctionCompiler::ArgumentList FunctionCompiler::CompileArguments(
    absl::Span<const uint32_t> arguments, bool is_piped) {
  const uint32_t count = static_cast<uint32_t>(arguments.size()) + (is_piped ? 1 : 0);
  if (!MustPack(count)) {
    for (const uint32_t argument : arguments) ToNext(NodeId{argument});
    return {count, false};
  }
  uint32_t array = Allocate();
  out_.Emit(Opcode::kNewArray, array, count);
  if (is_piped) {
    const uint32_t piped = array - 1;
    out_.Emit(Opcode::kAppend, array, piped);
    out_.Emit(Opcode::kTake, piped, array);
    array = piped;
    registers_.SetTop(array + 1);
  }
  AppendItems(array, arguments);
  return {count, true};
}

bool FunctionCompiler::MustPack(size_t count) const {
  constexpr size_t kFew = 8;
  return count > kMaxPlainArguments || (count > kFew && registers_.is_crowded());
}

void FunctionCompiler::EmitCall(NodeId id, uint32_t window, ArgumentList arguments,
                                std::optional<uint32_t> fixed) {
  out_.SetPosition(node(id).begin);
  if (arguments.is_packed) {
    if (fixed.has_value()) out_.Emit(Opcode::kGetGlobal, window, *fixed);
    out_.Emit(Opcode::kCallPacked, window);
    return;
  }
  if (update_.has_value() && update_->site.node == id) {
    EmitTakePath(window + 1 + update_->site.argument, window);
  }
  if (fixed.has_value()) {
    out_.Emit(Opcode::kCallGlobal, window, *fixed, 0, arguments.count);
  } else {
    out_.Emit(Opcode::kCall, window, 0, 0, arguments.count);
  }
}

// Returns where the instruction is.
uint32_t FunctionCompiler::EmitMethodCall(NodeId id, NameId name, uint32_t window,
                                          ArgumentList arguments) {
  out_.SetPosition(node(id).begin);
  const uint32_t operand = NameOperand(name);
  const uint32_t pc = out_.pc();
  if (arguments.is_packed) {
    out_.EmitWord(Opcode::kCallMethodPacked, 0, window, operand);
  } else {
    out_.EmitWord(Opcode::kCallMethod, 0, window, operand, 0, arguments.count);
  }
  return pc;
}

FunctionCompiler::MethodSite FunctionCompiler::MethodSiteOf(NodeId id) const {
  const Node& n = node(id);
  if (n.kind == NodeKind::kField) return {NodeId{n.a}, NameId{n.b}, {}};
  return {NodeId{n.a}, NameId{ast_.extra(n.b, 0)}, ast_.list(ast_.extra(n.b, 1)),
          n.kind == NodeKind::kOptionalMethodCall};
}

// A name, or a chain of fields and indices that starts at one, which a method can change.
bool FunctionCompiler::IsPlace(NodeId id) const {
  while (true) {
    const Node& n = node(id);
    if (n.kind == NodeKind::kIdentifier || n.kind == NodeKind::kSelf) {
      return names_.reference(id).candidates.empty();
    }
    if (n.kind != NodeKind::kField && n.kind != NodeKind::kIndex) return false;
    id = NodeId{n.a};
  }
}

// A method call on a place, or one whose first argument comes from a pipe. The indices of the place
// are evaluated once, before the receiver is read; the final self goes back to where it was read.
void FunctionCompiler::CompilePlaceCall(NodeId id, const MethodSite& site, uint32_t to) {
  const Temporaries temporaries(&registers_);
  const bool is_place = IsPlace(site.object);
  Place place;
  if (is_place) {
    place = TakeApart(site.object);
    LoadIndices(&place);
  }
  const bool is_piped = site.piped != kNoRegister;
  const uint32_t window = is_piped ? Allocate() : BuildRegister(to);
  const uint32_t receiver = Allocate();
  bool is_taken = false;
  if (!is_place) {
    ToRegister(site.object, receiver);
  } else if (!place.steps.empty()) {
    LoadPlace(place, receiver);
  } else {
    LoadName(place.root, receiver);
    is_taken = names_.is_last_use(place.root) && place.variable.home == Variable::Home::kRegister &&
               !IsPinned(place.variable.number);
  }
  registers_.SetTop(receiver + 1);
  Label null{};
  if (site.is_optional) {
    null = out_.NewLabel();
    out_.Jump(Opcode::kJumpIfNull, null, receiver);
  }
  const Pin pin(this, place.pinned_index());
  if (is_piped) out_.Emit(Opcode::kTake, Allocate(), site.piped);
  const ArgumentList arguments = CompileArguments(site.arguments, is_piped);
  const uint32_t call_pc = EmitMethodCall(id, site.name, window, arguments);
  if (is_place && !(is_taken && !IsImmutable(place.variable))) {
    StoreReceiver(&place, window, call_pc);
  }
  if (site.is_optional) {
    const Label end = out_.NewLabel();
    out_.Goto(end);
    out_.Bind(null);
    LoadNull(window);
    out_.Bind(end);
  }
  MoveBuilt(window, to);
}

// What follows a CallMethod on a place; skipped when the method cannot change its self. A receiver
// may move out of its local only outside of try: there nobody can see that it is gone should the
// method throw.
void FunctionCompiler::StoreReceiver(Place* place, uint32_t window, uint32_t call_pc) {
  const Variable& variable = place->variable;
  const bool is_local =
      place->steps.empty() && variable.home == Variable::Home::kRegister && !IsImmutable(variable);
  const bool has_jump = !is_local || try_depth_ > 0;
  Label same{};
  if (has_jump) {
    same = out_.NewLabel();
    out_.Jump(Opcode::kJumpIfSelfSame, same, window);
  }
  if (IsImmutable(variable)) {
    RaiseImmutable(variable, "mutate");
  } else if (is_local) {
    out_.Emit(Opcode::kStoreSelf, window, variable.number, 0, IsOwnSelf(variable) ? 1 : 0);
  } else {
    if (IsOwnSelf(variable)) out_.Emit(Opcode::kMarkSelf);
    if (place->steps.empty()) {
      StoreVariable(variable, window + 1);
    } else {
      EmitSetPath(place, window + 1);
    }
  }
  if (has_jump) out_.Bind(same);
  out_.EndStoreBack(call_pc);
}

}  // namespace ruff
