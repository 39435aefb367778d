#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/lang/compile/function_compiler.h"

namespace ruff {

FunctionCompiler::Variable FunctionCompiler::VariableOf(const Reference& reference) const {
  if (reference.binding != kNoBinding) return VariableOf(reference.binding);
  return {Variable::Home::kGlobal, reference.slot, kNoBinding};
}

FunctionCompiler::Variable FunctionCompiler::VariableOf(BindingId id) const {
  using enum Variable::Home;
  const Binding& b = binding(id);
  const bool is_snapshot = b.is_global && unit_.outermost_spawn != kNoUnit;
  if ((b.is_global ? is_snapshot : b.owner != unit_id_) && names_.is_captured(unit_id_, id)) {
    return {kCaptured, names_.capture_index(unit_id_, id), id};
  }
  if (b.is_global) return {kGlobal, b.slot, id};
  const uint32_t home = homes_[Raw(id)];
  if (home == kNoRegister) return {kNowhere, 0, id};
  if (b.is_cell) return {(home & kFarFlag) != 0 ? kFarCell : kCell, home & ~kFarFlag, id};
  if ((home & kFarFlag) != 0) return {kFar, home & ~kFarFlag, id};
  return {kRegister, home, id};
}

// The register of a name that is a local in a near one.
std::optional<uint32_t> FunctionCompiler::LocalRegister(NodeId id) const {
  const NodeKind kind = node(id).kind;
  if (kind != NodeKind::kIdentifier && kind != NodeKind::kSelf) return std::nullopt;
  const Reference reference = names_.reference(id);
  if (!reference.candidates.empty() || reference.binding == kNoBinding) return std::nullopt;
  const Variable variable = VariableOf(reference.binding);
  if (variable.home != Variable::Home::kRegister) return std::nullopt;
  return variable.number;
}

// `name` is what the error message for an unset variable says.
void FunctionCompiler::LoadVariable(const Variable& variable, NameId name, uint32_t to) {
  const auto name_operand = [&] {
    return NameOperand(name == kNoName ? context_.strings.Add("") : context_.Name(name));
  };
  switch (variable.home) {
    case Variable::Home::kNowhere:
      RUFF_DCHECK(!out_.is_reachable());
      return;
    case Variable::Home::kRegister:
      if (variable.number != to) out_.Emit(Opcode::kMove, to, variable.number);
      return;
    case Variable::Home::kFar:
      out_.Emit(Opcode::kGetFar, to, variable.number);
      return;
    case Variable::Home::kCell:
      out_.Emit(Opcode::kGetCell, to, variable.number, name_operand());
      return;
    case Variable::Home::kFarCell: {
      const Temporaries temporaries(&registers_);
      const uint32_t cell = BuildRegister(to);
      out_.Emit(Opcode::kGetFar, cell, variable.number);
      out_.Emit(Opcode::kGetCell, to, cell, name_operand());
      return;
    }
    case Variable::Home::kCaptured:
      out_.Emit(Opcode::kGetUp, to, variable.number, name_operand());
      return;
    case Variable::Home::kGlobal:
      out_.Emit(Opcode::kGetGlobal, to, variable.number);
      return;
  }
}

// The field of a namespace or receiver, Unset when there is none.
void FunctionCompiler::TryField(BindingId hidden, NameId name, uint32_t to) {
  const Variable variable = VariableOf(hidden);
  uint32_t object = to;
  if (variable.home == Variable::Home::kRegister) {
    object = variable.number;
  } else {
    LoadVariable(variable, kNoName, to);
  }
  out_.Emit(Opcode::kTryField, to, object, NameOperand(name));
}

// Looks into the namespaces and fields around the name first, as far as there are any.
void FunctionCompiler::LoadReference(NodeId id, NameId name, uint32_t to) {
  const Reference reference = names_.reference(id);
  out_.SetPosition(node(id).begin);
  if (reference.candidates.empty()) {
    LoadVariable(VariableOf(reference), name, to);
    return;
  }
  const Temporaries temporaries(&registers_);
  const uint32_t built = BuildRegister(to);
  const Label end = out_.NewLabel();
  for (const BindingId candidate : reference.candidates) {
    TryField(candidate, name, built);
    out_.Jump(Opcode::kJumpIfSet, end, built);
  }
  LoadVariable(VariableOf(reference), name, built);
  out_.Bind(end);
  MoveBuilt(built, to);
}

// An Identifier or Self.
void FunctionCompiler::LoadName(NodeId id, uint32_t to) {
  if (const std::optional<uint32_t> local = LocalRegister(id)) {
    MoveOrTake(id, *local, to);
    return;
  }
  const Node& n = node(id);
  const BindingId self = names_.reference(id).binding;
  const NameId name = n.kind == NodeKind::kIdentifier ? NameId{n.a}
                      : self != kNoBinding            ? binding(self).name
                                                      : kNoName;
  LoadReference(id, name, to);
}

// Moves `from`, a temporary, into the variable.
void FunctionCompiler::StoreVariable(const Variable& variable, uint32_t from) {
  switch (variable.home) {
    case Variable::Home::kNowhere:
      Initialize(variable.binding, from);
      return;
    case Variable::Home::kRegister:
      MoveBuilt(from, variable.number);
      return;
    case Variable::Home::kFar:
      out_.Emit(Opcode::kSetFar, from, variable.number);
      return;
    case Variable::Home::kCell:
      out_.Emit(Opcode::kSetCell, variable.number, from);
      return;
    case Variable::Home::kFarCell: {
      const Temporaries temporaries(&registers_);
      registers_.SetTop(std::max(registers_.top(), from + 1));
      const uint32_t cell = Allocate();
      out_.Emit(Opcode::kGetFar, cell, variable.number);
      out_.Emit(Opcode::kSetCell, cell, from);
      return;
    }
    case Variable::Home::kCaptured:
      out_.Emit(Opcode::kSetUp, variable.number, from);
      return;
    case Variable::Home::kGlobal:
      out_.Emit(Opcode::kSetGlobal, from, variable.number);
      return;
  }
}

// Gives a local its home, for good: no temporary may be in use. Returns the home if it is a near
// register that holds the value itself, else kNoRegister.
uint32_t FunctionCompiler::DeclareLocal(BindingId id) {
  const Binding& b = binding(id);
  uint32_t& home = homes_[Raw(id)];
  if (b.is_global || b.is_cell) return kNoRegister;
  if (home == kNoRegister) {
    if (registers_.has_near_locals()) {
      home = Allocate();
      registers_.KeepAsLocals();
    } else {
      home = registers_.AllocateFar() | kFarFlag;
    }
  }
  return (home & kFarFlag) != 0 ? kNoRegister : home;
}

// Makes a cell for a local; returns what homes_ holds for it. No temporary may be in use.
uint32_t FunctionCompiler::NewCellHome() {
  const bool is_near = registers_.has_near_locals();
  const uint32_t cell = Allocate();
  out_.Emit(Opcode::kNewCell, cell);
  if (!is_near) return MoveToFar(cell);
  registers_.KeepAsLocals();
  return cell;
}

// Moves the topmost register to a far one, which lasts as long as a local; returns its home.
uint32_t FunctionCompiler::MoveToFar(uint32_t from) {
  registers_.SetTop(from);
  const uint32_t far = registers_.AllocateFar();
  out_.Emit(Opcode::kSetFar, from, far);
  return far | kFarFlag;
}

// Declares a variable and evaluates its value into it.
void FunctionCompiler::InitializeFrom(BindingId id, NodeId value) {
  const Binding& b = binding(id);
  if (!b.is_global && !b.is_cell && homes_[Raw(id)] == kNoRegister &&
      registers_.has_near_locals()) {
    const uint32_t home = Allocate();
    ToRegister(value, home);
    homes_[Raw(id)] = home;
    registers_.SetTop(home + 1);
    registers_.KeepAsLocals();
    return;
  }
  uint32_t from;
  {
    const Temporaries temporaries(&registers_);
    from = ToNext(value);
  }
  Initialize(id, from);
}

// Declares a variable with the value of `from`, a temporary that lies on top or just above it.
void FunctionCompiler::Initialize(BindingId id, uint32_t from) {
  const Variable variable = VariableOf(id);
  if (variable.home != Variable::Home::kNowhere) {
    StoreVariable(variable, from);
    return;
  }
  if (registers_.has_near_locals() && from >= registers_.top()) {
    const uint32_t home = DeclareLocal(id);
    MoveBuilt(from, home);
  } else {
    const uint32_t far = registers_.AllocateFar();
    homes_[Raw(id)] = far | kFarFlag;
    out_.Emit(Opcode::kSetFar, from, far);
  }
}

bool FunctionCompiler::IsImmutable(const Variable& variable) const {
  if (variable.binding == kNoBinding) return false;
  const Binding::Kind kind = binding(variable.binding).kind;
  return kind == Binding::Kind::kLet || kind == Binding::Kind::kConst;
}

// True for the self that this method hands back to its caller.
bool FunctionCompiler::IsOwnSelf(const Variable& variable) const {
  return unit_.changes_self && variable.binding == unit_.parameters[0];
}

// verb: "reassign" or "mutate".
void FunctionCompiler::RaiseImmutable(const Variable& variable, std::string_view verb) {
  const Binding& b = binding(variable.binding);
  const std::string_view kind = b.kind == Binding::Kind::kConst ? "const" : "immutable let";
  out_.EmitConstant(
      Opcode::kRaise, 0,
      NameRef(absl::StrCat("Cannot ", verb, " ", kind, " binding: ", ast_.name(b.name))));
}

// True for a name that nothing in the program binds, nor can bind while it runs: a builtin, if
// anything.
bool FunctionCompiler::IsUnbound(const Reference& reference) const {
  return reference.binding == kNoBinding && reference.candidates.empty() &&
         names_.global_bindings()[reference.slot] == kNoBinding && !names_.has_open_import() &&
         !context_.options.session;
}

// The slot of a name that nothing but one func declaration, or the runtime, binds.
std::optional<uint32_t> FunctionCompiler::FixedFunction(const Reference& reference) const {
  if (IsUnbound(reference)) return reference.slot;
  if (reference.binding == kNoBinding || !reference.candidates.empty()) return std::nullopt;
  const Binding& b = binding(reference.binding);
  const bool is_fixed = b.is_global && b.kind == Binding::Kind::kFunction && !b.is_changed &&
                        !b.is_imported && !b.is_known && !names_.has_open_import() &&
                        !context_.options.session;
  return is_fixed ? std::optional(b.slot) : std::nullopt;
}

}  // namespace ruff
