#include "ruff/lang/compile/function_compiler.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace ruff {
namespace {

// Of a function with very many parameters, only the first ones stay in near registers.
constexpr uint32_t kMaxNearParameters = 3000;

}  // namespace

FunctionCompiler::FunctionCompiler(ModuleContext* context, std::vector<uint32_t>* homes,
                                   UnitId unit)
    : context_(*context),
      ast_(context->ast),
      names_(context->names),
      homes_(*homes),
      unit_id_(unit),
      unit_(context->names.unit(unit)),
      proto_(context->module->functions[Raw(unit)]) {}

void FunctionCompiler::Compile() {
  CompileParameters();
  CompileBody();
  FinishProto();
}

void FunctionCompiler::CompileParameters() {
  const uint32_t hidden = unit_.implicit_fields ? 1 : 0;
  const uint32_t count = hidden + static_cast<uint32_t>(unit_.parameters.size());
  registers_.StartWithParameters(count);
  if (hidden != 0) homes_[Raw(unit_.receiver)] = 0;
  const bool is_crowded = count > kMaxNearParameters;
  for (uint32_t i = 0; i < unit_.parameters.size(); ++i) {
    uint32_t home = hidden + i;
    if (is_crowded && home >= kMaxNearParameters) {
      if (home < kMaxNearOperand) {
        const uint32_t far = registers_.AllocateFar();
        out_.Emit(Opcode::kSetFar, home, far);
        home = far;
      }
      home |= kFarFlag;
    }
    homes_[Raw(unit_.parameters[i])] = home;
  }
  if (is_crowded) registers_.ForgetNearFrom(kMaxNearParameters);
  for (const BindingId id : unit_.parameters) {
    if (!binding(id).is_cell) continue;
    uint32_t& home = homes_[Raw(id)];
    const bool is_changed_self = unit_.changes_self && id == unit_.parameters[0];
    if ((home & kFarFlag) != 0) {
      const Temporaries temporaries(&registers_);
      const uint32_t cell = Allocate();
      out_.Emit(Opcode::kTakeFar, cell, home & ~kFarFlag);
      out_.Emit(Opcode::kBoxCell, cell);
      out_.Emit(Opcode::kSetFar, cell, home & ~kFarFlag);
      continue;
    }
    if (is_changed_self) {
      self_cell_ = Allocate();
      out_.Emit(Opcode::kMove, self_cell_, home);
      home = self_cell_;
    }
    out_.Emit(Opcode::kBoxCell, home);
  }
  if (hidden != 0 && binding(unit_.receiver).is_cell) out_.Emit(Opcode::kBoxCell, 0);
  registers_.KeepAsLocals();
  if (unit_.marks_self_at_entry) out_.Emit(Opcode::kMarkSelf);
  if (hidden != 0) CopyFields();
}

// The fields that a method without self assigns, as locals of its own.
void FunctionCompiler::CopyFields() {
  for (const BindingId id : unit_.field_copies) {
    homes_[Raw(id)] = NewCellHome();
    const Temporaries temporaries(&registers_);
    const uint32_t value = Allocate();
    TryField(unit_.receiver, binding(id).name, value);
    const Label is_set = out_.NewLabel();
    const Label end = out_.NewLabel();
    out_.Jump(Opcode::kJumpIfSet, is_set, value);
    out_.Goto(end);
    out_.Bind(is_set);
    StoreVariable(VariableOf(id), value);
    out_.Bind(end);
  }
}

void FunctionCompiler::CompileBody() {
  EnterScope(unit_.scope);
  if (unit_.kind == Unit::Kind::kDefault) {
    EmitReturn(ToNext(unit_.body));
    return;
  }
  const absl::Span<const uint32_t> statements =
      unit_.kind == Unit::Kind::kFile ? ast_.statements() : ast_.list(node(unit_.body).a);
  if (names_.scope(unit_.scope).has_hoisted) HoistDeclarations(statements);
  const bool has_value = is_file() && context_.options.session && !statements.empty() &&
                         node(NodeId{statements.back()}).kind == NodeKind::kExprStmt;
  CompileStatements(has_value ? statements.subspan(0, statements.size() - 1) : statements);
  if (has_value && out_.is_reachable()) {
    EmitReturn(ToNext(NodeId{node(NodeId{statements.back()}).a}));
  }
  EmitReturnNull();
}

// `from` is a temporary, or a local that is not needed any more.
void FunctionCompiler::EmitReturn(uint32_t from) {
  if (!unit_.changes_self) {
    out_.Emit(Opcode::kReturn, from);
    return;
  }
  if (self_cell_ != kNoRegister) {
    out_.Emit(Opcode::kGetCell, 0, self_cell_, NameOperand(binding(unit_.parameters[0]).name));
  }
  out_.Emit(Opcode::kReturnSelf, from);
}

void FunctionCompiler::EmitReturnNull() {
  if (!out_.is_reachable()) return;
  if (!unit_.changes_self) {
    out_.Emit(Opcode::kReturnNull);
    return;
  }
  const Temporaries temporaries(&registers_);
  const uint32_t value = Allocate();
  LoadNull(value);
  EmitReturn(value);
}

void FunctionCompiler::FinishProto() {
  proto_.captures.resize(unit_.captures.size());  // where it is made cannot be reached
  proto_.register_count = registers_.register_count();
  proto_.has_self = unit_.has_self;
  proto_.changes_self = unit_.changes_self;
  proto_.implicit_fields = unit_.implicit_fields;
  proto_.is_method = unit_.kind == Unit::Kind::kMethod;
  proto_.parameter_count = static_cast<uint32_t>(unit_.parameters.size());
  if (unit_.function != Unit{}.function) {
    const FunctionNode& f = ast_.function(unit_.function);
    proto_.is_async = f.is_async;
    proto_.is_generator = f.is_generator;
    proto_.is_lambda = f.name == kNoName;
    proto_.name = proto_.is_lambda ? "<lambda>" : std::string(ast_.name(f.name));
    if (proto_.is_method) {
      proto_.name = absl::StrCat(ast_.name(ast_.structure(unit_.structure).name), ".", proto_.name);
    }
    for (const Parameter& parameter : f.parameters) {
      proto_.parameter_names.emplace_back(ast_.name(parameter.name));
    }
  }
  for (Path& path : proto_.paths) {
    for (PathStep& step : path.steps) {
      if (step.is_field) step.name = constants_.Resolve(step.name);
    }
  }
  constexpr uint32_t kDropped = 0xffffffff;
  for (StructTemplate& shape : proto_.templates) {
    shape.name = constants_.Resolve(shape.name);
    for (std::vector<uint32_t>* refs : {&shape.fields, &shape.methods, &shape.default_fields}) {
      for (uint32_t& ref : *refs) {
        if (ref != kDropped) ref = constants_.Resolve(ref);
      }
    }
  }
  if (unit_.captures.size() > UINT16_MAX) {
    TooComplex("Function captures more than 65535 variables", Begin());
  }
  if (context_.has_error) return;
  out_.Finish(constants_, &proto_);
  proto_.constants = constants_.Take();
}

// Where the source of the function begins.
uint32_t FunctionCompiler::Begin() const {
  if (unit_.function != Unit{}.function) return ast_.function(unit_.function).begin;
  return unit_.body == kNoNode ? 0 : node(unit_.body).begin;
}

uint32_t FunctionCompiler::Allocate(uint32_t count) {
  const uint32_t first = registers_.Allocate(count);
  if (registers_.is_exhausted()) {
    TooComplex("Function needs too many registers at once", out_.position());
  }
  return first;
}

// A limit of the bytecode: the function is given up.
void FunctionCompiler::TooComplex(std::string_view message, uint32_t offset) {
  context_.Fail(offset, message);
  out_.Stop();
}

// What the instruction that is written next, with 16 bits for a name, calls it.
uint32_t FunctionCompiler::NameOperand(const Constant& name) {
  if (const std::optional<uint32_t> index = constants_.AddName(name)) return *index;
  out_.EmitConstant(Opcode::kFarName, 0, constants_.Add(name));
  return kFarNameOperand;
}

}  // namespace ruff
