#include "absl/container/flat_hash_map.h"
#include "ruff/lang/compile/function_compiler.h"

namespace ruff {

// Makes the cells of a scope: they must be there before the first function of the block is made.
void FunctionCompiler::EnterScope(ScopeId scope) {
  for (BindingId id = names_.scope(scope).first; id != kNoBinding; id = binding(id).next) {
    const Binding& b = binding(id);
    if (!b.is_cell || b.owner != unit_id_ || homes_[Raw(id)] != kNoRegister) continue;
    homes_[Raw(id)] = NewCellHome();
    if (b.kind ==
        Binding::Kind::kHidden) {  // a namespace in which nothing is found before its import
      const Temporaries temporaries(&registers_);
      const uint32_t null = Allocate();
      LoadNull(null);
      StoreVariable(VariableOf(id), null);
    }
  }
}

void FunctionCompiler::CompileBlock(NodeId block) {
  const Registers::Mark mark = registers_.mark();
  const ScopeId scope = names_.scope_of(block);
  const absl::Span<const uint32_t> statements = ast_.list(node(block).a);
  EnterScope(scope);
  if (names_.scope(scope).has_hoisted) HoistDeclarations(statements);
  CompileStatements(statements);
  registers_.Release(mark);
}

void FunctionCompiler::CompileStatements(absl::Span<const uint32_t> statements) {
  for (const uint32_t statement : statements) {
    if (!out_.is_reachable()) return;
    CompileStatement(NodeId{statement});
  }
}

void FunctionCompiler::HoistDeclarations(absl::Span<const uint32_t> statements) {
  for (const uint32_t statement : statements) {
    NodeId id{statement};
    while (node(id).kind == NodeKind::kExport) id = NodeId{node(id).a};
    const Node& n = node(id);
    if (n.kind == NodeKind::kFuncDecl) {
      out_.SetPosition(n.begin);
      const BindingId declared = names_.declared(id);
      const uint32_t home = DeclareLocal(declared);
      if (home != kNoRegister) {
        EmitClosure(names_.unit_of_function(n.a), home);
        continue;
      }
      const Temporaries temporaries(&registers_);
      const uint32_t function = Allocate();
      EmitClosure(names_.unit_of_function(n.a), function);
      StoreVariable(VariableOf(declared), function);
    } else if (n.kind == NodeKind::kStructDecl) {
      out_.SetPosition(n.begin);
      EmitStructDefinition(id, n.a);
    }
  }
}

void FunctionCompiler::EmitClosure(UnitId id, uint32_t to) {
  const Unit& made = names_.unit(id);
  const Registers::Mark mark = registers_.mark();
  std::vector<Capture>& captures = context_.module->functions[Raw(id)].captures;
  captures.clear();
  captures.reserve(made.captures.size());
  for (const BindingId captured : made.captures) {
    captures.push_back(CaptureOf(captured, made.kind == Unit::Kind::kSpawn));
  }
  out_.Emit(Opcode::kClosure, to, Raw(id));
  registers_.Release(mark);
}

// Where a function made here takes a variable from. Variables that never change are copied; a spawn
// block copies all.
Capture FunctionCompiler::CaptureOf(BindingId captured, bool is_spawn) {
  const Variable variable = VariableOf(captured);
  switch (variable.home) {
    case Variable::Home::kCaptured:
      return {is_spawn ? Capture::From::kCopyCaptured : Capture::From::kCaptured, variable.number};
    case Variable::Home::kCell:
    case Variable::Home::kFarCell:
      return {is_spawn ? Capture::From::kCopyCell : Capture::From::kCellRegister, variable.number};
    case Variable::Home::kGlobal: {
      const uint32_t copy = Allocate();
      out_.Emit(Opcode::kTryGlobal, copy, variable.number);
      if (!registers_.is_crowded()) return {Capture::From::kCopyRegister, copy};
      return {Capture::From::kCopyRegister, MoveToFar(copy) & ~kFarFlag};
    }
    default:
      return {Capture::From::kCopyRegister, variable.number};
  }
}

void FunctionCompiler::EmitStructDefinition(NodeId id, uint32_t structure) {
  const StructNode& s = ast_.structure(structure);
  const BindingId declared = names_.declared(id);
  const uint32_t home = DeclareLocal(declared);
  const Temporaries temporaries(&registers_);
  StructTemplate shape;
  shape.name = constants_.Add(context_.Name(s.name));
  const uint32_t window = Allocate();
  const bool is_packed = MustPack(s.methods.size() + s.fields.size());
  if (is_packed) out_.Emit(Opcode::kNewArray, Allocate(), 0);
  const auto make = [&](UnitId unit) {
    const uint32_t function = Allocate();
    EmitClosure(unit, function);
    if (!is_packed) return;
    out_.Emit(Opcode::kAppend, window + 1, function);
    registers_.SetTop(function);
  };
  for (const FunctionId method : s.methods) {
    shape.methods.push_back(constants_.Add(context_.Name(ast_.function(Raw(method)).name)));
    make(names_.unit_of_function(Raw(method)));
  }
  absl::flat_hash_map<NameId, size_t> last;  // a field declared twice counts as the last one
  for (size_t i = 0; i < s.fields.size(); ++i) last[s.fields[i].name] = i;
  for (size_t i = 0; i < s.fields.size(); ++i) {
    if (last[s.fields[i].name] != i) continue;
    const uint32_t name = constants_.Add(context_.Name(s.fields[i].name));
    shape.fields.push_back(name);
    const UnitId thunk = names_.unit_of_default(structure, i);
    if (thunk == kNoUnit) continue;
    shape.default_fields.push_back(name);
    make(thunk);
  }
  proto_.templates.push_back(std::move(shape));
  out_.Emit(Opcode::kNewStructDef, window, static_cast<uint32_t>(proto_.templates.size() - 1), 0,
            is_packed ? 1 : 0);
  if (home != kNoRegister) {
    MoveBuilt(window, home);
  } else {
    StoreVariable(VariableOf(declared), window);
  }
}

}  // namespace ruff
