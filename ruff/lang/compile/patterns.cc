// Destructuring: [a, [b, _], ...rest] := value, {x, y, ...rest} := value.

#include "ruff/lang/compile/function_compiler.h"

namespace ruff {

// `is_declaration`: of let or mut, which may give immutable variables their value.
void FunctionCompiler::CompileDestructure(NodeId pattern, NodeId value, bool is_declaration) {
  const Node& n = node(pattern);
  if (n.kind == NodeKind::kPatternIgnore) {
    Discard(value);
    return;
  }
  if (n.kind == NodeKind::kPatternName) {  // of let and mut
    InitializeFrom(names_.reference(pattern).binding, value);
    return;
  }
  if (CompileParallel(pattern, value, is_declaration)) return;
  PrepareNames(pattern);
  const Temporaries temporaries(&registers_);
  BindPattern(pattern, ToNext(value), is_declaration);
}

// [a, b] := [x, y] needs no array.
bool FunctionCompiler::CompileParallel(NodeId pattern, NodeId value, bool is_declaration) {
  constexpr size_t kMaxNames = 16;
  const Node& left = node(pattern);
  const Node& right = node(value);
  if (left.kind != NodeKind::kPatternArray || right.kind != NodeKind::kArray) return false;
  const absl::Span<const uint32_t> names = ast_.list(left.a);
  const absl::Span<const uint32_t> values = ast_.list(right.a);
  if (names.size() > kMaxNames || names.size() != values.size()) return false;
  for (size_t i = 0; i < names.size(); ++i) {
    const NodeKind kind = node(NodeId{names[i]}).kind;
    if (kind != NodeKind::kPatternName && kind != NodeKind::kPatternIgnore) return false;
    if (node(NodeId{values[i]}).kind == NodeKind::kSpread) return false;
  }
  PrepareNames(pattern);
  const Temporaries temporaries(&registers_);
  const uint32_t first = registers_.top();
  CompileArguments(values);
  for (uint32_t i = 0; i < names.size(); ++i) {
    if (node(NodeId{names[i]}).kind == NodeKind::kPatternName) {
      BindName(NodeId{names[i]}, first + i, is_declaration);
    }
  }
  return true;
}

// Gives the new names of a pattern their homes, before temporaries are in use.
void FunctionCompiler::PrepareNames(NodeId pattern) {
  const Node& n = node(pattern);
  switch (n.kind) {
    case NodeKind::kPatternName:
    case NodeKind::kPatternRest: {
      const BindingId declared = names_.reference(pattern).binding;
      if (binding(declared).owner == unit_id_) DeclareLocal(declared);
      return;
    }
    case NodeKind::kPatternArray:
    case NodeKind::kPatternDict:
      for (const uint32_t item : ast_.list(n.a)) PrepareNames(NodeId{item});
      return;
    default:
      return;
  }
}

void FunctionCompiler::BindPattern(NodeId pattern, uint32_t value, bool is_declaration) {
  const Node& n = node(pattern);
  if (n.kind == NodeKind::kPatternArray) {
    BindArray(n, value, is_declaration);
  } else {
    BindDict(n, value, is_declaration);
  }
}

void FunctionCompiler::BindArray(const Node& n, uint32_t value, bool is_declaration) {
  const absl::Span<const uint32_t> items = ast_.list(n.a);
  const Temporaries rest(&registers_);
  uint32_t skipped = 0;  // elements that `value` lacks, since operands count only so far
  for (uint32_t i = 0; i < items.size(); ++i) {
    if (i - skipped > UINT16_MAX) {
      const uint32_t shorter = skipped == 0 ? Allocate() : value;
      out_.Emit(Opcode::kArrayRest, shorter, value, UINT16_MAX);
      value = shorter;
      skipped += UINT16_MAX;
    }
    const NodeId id{items[i]};
    const Node& item = node(id);
    if (item.kind == NodeKind::kPatternIgnore) continue;
    const Temporaries temporaries(&registers_);
    const bool is_name = item.kind == NodeKind::kPatternName || item.kind == NodeKind::kPatternRest;
    const uint32_t part = is_name ? PartRegister(id, is_declaration) : Allocate();
    const bool is_rest = item.kind == NodeKind::kPatternRest;
    out_.Emit(is_rest ? Opcode::kArrayRest : Opcode::kArrayPart, part, value, i - skipped);
    if (is_name) {
      BindName(id, part, is_declaration);
    } else {
      BindPattern(id, part, is_declaration);
    }
  }
}

void FunctionCompiler::BindDict(const Node& n, uint32_t value, bool is_declaration) {
  Constant keys;
  keys.kind = Constant::Kind::kArray;
  std::vector<Constant> names;
  for (const uint32_t item_id : ast_.list(n.a)) {
    const NodeId id{item_id};
    const Node& item = node(id);
    const bool is_rest = item.kind == NodeKind::kPatternRest;
    if (!is_rest) {
      names.push_back(item.kind == NodeKind::kPatternIgnore ? context_.strings.Add("_")
                                                            : context_.Name(NameId{item.a}));
    }
    if (item.kind == NodeKind::kPatternIgnore) continue;
    const Temporaries temporaries(&registers_);
    const uint32_t part = PartRegister(id, is_declaration);
    if (is_rest) {
      keys.index = static_cast<uint32_t>(context_.module->arrays.size());
      context_.module->arrays.push_back(names);
      out_.Emit(Opcode::kDictRest, part, value, NameOperand(keys));
    } else {
      out_.Emit(Opcode::kDictPart, part, value, NameOperand(names.back()));
    }
    BindName(id, part, is_declaration);
  }
}

// Where the value of a name goes at first: its own register, if it has one and may change.
uint32_t FunctionCompiler::PartRegister(NodeId name, bool is_declaration) {
  const Variable variable = VariableOf(names_.reference(name).binding);
  const bool may_write = is_declaration || !IsImmutable(variable);
  if (variable.home == Variable::Home::kRegister && may_write) return variable.number;
  return Allocate();
}

void FunctionCompiler::BindName(NodeId name, uint32_t from, bool is_declaration) {
  const Variable variable = VariableOf(names_.reference(name).binding);
  if (!is_declaration && IsImmutable(variable)) {
    out_.SetPosition(node(name).begin);
    RaiseImmutable(variable, "reassign");
  } else {
    StoreVariable(variable, from);
  }
}

}  // namespace ruff
