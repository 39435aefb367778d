#include "ruff/base/check.h"
#include "ruff/lang/compile/function_compiler.h"

namespace ruff {

void FunctionCompiler::CompileStatement(NodeId id) {
  const Node& n = node(id);
  out_.SetPosition(n.begin);
  switch (n.kind) {
    case NodeKind::kLet:
      CompileDestructure(NodeId{n.a}, NodeId{ast_.extra(n.b, 0)}, true);
      return;
    case NodeKind::kConst:
      InitializeFrom(names_.declared(id), NodeId{ast_.extra(n.b, 0)});
      return;
    case NodeKind::kDestructureAssign:
      CompileDestructure(NodeId{n.a}, NodeId{n.b}, false);
      return;
    case NodeKind::kAssign:
      CompileAssign(id, n);
      return;
    case NodeKind::kFuncDecl:
    case NodeKind::kStructDecl:
    case NodeKind::kEnumDecl:
    case NodeKind::kTest:
    case NodeKind::kTestGroup:
    case NodeKind::kTestSetup:
    case NodeKind::kTestTeardown:
      return;
    case NodeKind::kMatch:
      CompileMatch(n);
      return;
    case NodeKind::kIf:
      CompileIf(id);
      return;
    case NodeKind::kWhile:
      CompileWhile(NodeId{n.a}, NodeId{n.b});
      return;
    case NodeKind::kLoop:
      CompileWhile(kNoNode, NodeId{n.a});
      return;
    case NodeKind::kFor:
      CompileFor(id, n);
      return;
    case NodeKind::kReturn:
      CompileReturn(n);
      return;
    case NodeKind::kBreak:
      loops_.back().has_break = true;
      out_.Goto(loops_.back().break_label);
      return;
    case NodeKind::kContinue:
      out_.Goto(loops_.back().continue_label);
      return;
    case NodeKind::kTryExcept:
      CompileTry(id, n);
      return;
    case NodeKind::kImport:
      CompileImport(id, n);
      return;
    case NodeKind::kExport:
      CompileStatement(NodeId{n.a});
      return;
    case NodeKind::kSpawn:
      CompileSpawn(id);
      return;
    case NodeKind::kExprStmt:
      Discard(NodeId{n.a});
      return;
    default:
      RUFF_UNREACHABLE();
  }
}

void FunctionCompiler::CompileReturn(const Node& n) {
  if (NodeId{n.a} == kNoNode) {
    EmitReturnNull();
    return;
  }
  const Temporaries temporaries(&registers_);
  const NodeId value{n.a};
  const std::optional<uint32_t> local = LocalRegister(value);
  const bool is_own_self =
      local.has_value() && IsOwnSelf(VariableOf(names_.reference(value).binding));
  if (local.has_value() && !is_own_self) {
    EmitReturn(*local);
  } else {
    EmitReturn(ToNext(value));
  }
}

void FunctionCompiler::CompileSpawn(NodeId id) {
  const Temporaries temporaries(&registers_);
  const uint32_t block = Allocate();
  EmitClosure(names_.unit_of(id), block);
  out_.Emit(Opcode::kSpawn, block);
}

// Nothing is executed on the way into a try block or out of it: the handler table knows the code it
// covers.
void FunctionCompiler::CompileTry(NodeId id, const Node& n) {
  const NodeId except{ast_.extra(n.b, 1)};
  const Label handler = out_.NewLabel();
  const Label end = out_.NewLabel();
  const uint32_t begin_pc = out_.pc();
  ++try_depth_;
  CompileBlock(NodeId{n.a});
  --try_depth_;
  const uint32_t end_pc = out_.pc();
  out_.Goto(end);
  const Registers::Mark mark = registers_.mark();
  const bool is_far = !registers_.has_near_locals();
  const uint32_t error = Allocate();
  if (!is_far) registers_.KeepAsLocals();
  if (begin_pc != end_pc) {
    out_.AddHandler(begin_pc, end_pc, handler, error);
    out_.Bind(handler);
    const BindingId variable = names_.declared(id);
    if (variable != kNoBinding) {
      if (binding(variable).is_cell) out_.Emit(Opcode::kBoxCell, error);
      homes_[Raw(variable)] = is_far ? MoveToFar(error) : error;
    }
    if (is_far) registers_.SetTop(error);
    CompileBlock(except);
  }
  registers_.Release(mark);
  out_.Bind(end);
}

void FunctionCompiler::CompileImport(NodeId id, const Node& n) {
  const absl::Span<const BindingId> bindings = names_.import_bindings(id);
  for (const BindingId declared : bindings) DeclareLocal(declared);
  const Temporaries temporaries(&registers_);
  const Constant module = context_.strings.Add(ast_.string(n.a));
  const uint32_t space = Allocate();
  out_.EmitConstant(Opcode::kImport, space, constants_.Add(module));
  if ((n.flags & kHasSymbols) != 0) {
    const absl::Span<const uint32_t> symbols = ast_.list(n.b);
    for (size_t i = 0; i < symbols.size(); ++i) {
      BindImported(bindings[i], NameId{symbols[i]}, space);
    }
    return;
  }
  if (bindings.empty()) {
    out_.Emit(Opcode::kImportAll, space, NameOperand(module));
    return;
  }
  if (bindings.size() >
      1) {  // the variable m: what m exports under its own name, else the namespace
    const uint32_t value = Allocate();
    const Label is_set = out_.NewLabel();
    out_.Emit(Opcode::kTryField, value, space, NameOperand(module));
    out_.Jump(Opcode::kJumpIfSet, is_set, value);
    out_.Emit(Opcode::kMove, value, space);
    out_.Bind(is_set);
    StoreVariable(VariableOf(bindings[1]), value);
  }
  StoreVariable(VariableOf(bindings[0]), space);
}

// The name of an enum binds nothing.
void FunctionCompiler::BindImported(BindingId declared, NameId name, uint32_t space) {
  const Temporaries temporaries(&registers_);
  const uint32_t value = Allocate();
  const Label is_set = out_.NewLabel();
  const Label end = out_.NewLabel();
  out_.Emit(Opcode::kImportName, value, space, NameOperand(name));
  out_.Jump(Opcode::kJumpIfSet, is_set, value);
  out_.Goto(end);
  out_.Bind(is_set);
  StoreVariable(VariableOf(declared), value);
  out_.Bind(end);
}

}  // namespace ruff
