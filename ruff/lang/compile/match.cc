#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/lang/compile/function_compiler.h"

namespace ruff {
namespace {

std::optional<ConstantKind> BoxKind(std::string_view name) {
  if (name == "Ok") return ConstantKind::kOk;
  if (name == "Err") return ConstantKind::kErr;
  if (name == "Some") return ConstantKind::kSome;
  if (name == "None") return ConstantKind::kNone;
  return std::nullopt;
}

}  // namespace

// Cases are tried from first to last; of several defaults the last one counts, wherever it stands.
void FunctionCompiler::CompileMatch(const Node& n) {
  const Registers::Mark mark = registers_.mark();
  const absl::Span<const uint32_t> arms = ast_.list(n.b);
  bool has_guard = false;
  NodeId otherwise = kNoNode;
  for (const uint32_t id : arms) {
    const Node& arm = node(NodeId{id});
    has_guard = has_guard || NodeId{ast_.extra(arm.b, 0)} != kNoNode;
    if (NodeId{arm.a} == kNoNode) otherwise = NodeId{ast_.extra(arm.b, 1)};
  }
  std::optional<uint32_t> local = LocalRegister(NodeId{n.a});
  if (local.has_value() && has_guard &&
      binding(names_.reference(NodeId{n.a}).binding).is_receiver) {
    local.reset();
  }
  const uint32_t subject = local.has_value() ? *local : ToNext(NodeId{n.a});
  const bool is_far = !local.has_value() && !registers_.has_near_locals();
  const uint32_t far = is_far ? MoveToFar(subject) & ~kFarFlag : kNoRegister;
  registers_.KeepAsLocals();
  const Label end = out_.NewLabel();
  for (const uint32_t id : arms) {
    const Node& arm = node(NodeId{id});
    if (NodeId{arm.a} == kNoNode || !out_.is_reachable()) continue;
    const Temporaries temporaries(&registers_);
    if (is_far) out_.Emit(Opcode::kGetFar, Allocate(), far);
    CompileArm(arm, subject, is_far, end);
  }
  if (otherwise != kNoNode && out_.is_reachable()) CompileBlock(otherwise);
  out_.Bind(end);
  registers_.Release(mark);
}

// `frees_subject`: the body may use its register.
void FunctionCompiler::CompileArm(const Node& arm, uint32_t subject, bool frees_subject,
                                  Label end) {
  const NodeId guard{ast_.extra(arm.b, 0)};
  const NodeId body{ast_.extra(arm.b, 1)};
  const Registers::Mark mark = registers_.mark();
  const Label next = out_.NewLabel();
  const Node& pattern = node(NodeId{arm.a});
  out_.SetPosition(pattern.begin);
  TestPattern(pattern, subject, next);
  EnterScope(names_.scope_of(body));
  BindPayload(pattern, subject);
  if (guard != kNoNode) {
    const Pin pin(this, subject);
    Condition(guard, false, next);
  }
  if (frees_subject) registers_.SetTop(subject);
  if (out_.is_reachable()) CompileBlock(body);
  out_.Goto(end);
  out_.Bind(next);
  registers_.Release(mark);
}

// Jumps to `next` unless the pattern matches.
void FunctionCompiler::TestPattern(const Node& pattern, uint32_t subject, Label next) {
  const Temporaries temporaries(&registers_);
  switch (pattern.kind) {
    case NodeKind::kCaseWildcard:
      return;
    case NodeKind::kCaseLiteral:
      TestLiteral(NodeId{pattern.a}, subject, next);
      return;
    case NodeKind::kCaseName:
      TestWord(pattern, subject, next);
      return;
    case NodeKind::kCaseVariant: {
      const std::string_view type = ast_.name(NameId{ast_.extra(pattern.a, 0)});
      const std::string_view variant = ast_.name(NameId{ast_.extra(pattern.a, 1)});
      const std::optional<ConstantKind> kind = BoxKind(variant);
      const bool is_result =
          type == "Result" && (kind == ConstantKind::kOk || kind == ConstantKind::kErr);
      const bool is_option =
          type == "Option" && (kind == ConstantKind::kSome || kind == ConstantKind::kNone);
      if (is_result || is_option) {
        TestBox(*kind, subject, next);
        return;
      }
      const uint32_t matches = Allocate();
      out_.Emit(Opcode::kTestTag, matches, subject,
                NameOperand(context_.strings.Add(absl::StrCat(type, "::", variant))));
      out_.Jump(Opcode::kJumpIfNot, next, matches);
      return;
    }
    default:
      RUFF_UNREACHABLE();
  }
}

void FunctionCompiler::TestLiteral(NodeId literal, uint32_t subject, Label next) {
  if (const std::optional<int16_t> value = SmallInt(literal)) {
    out_.Jump(Opcode::kJumpIfNeI, next, subject, *value, 1);
    return;
  }
  out_.Jump(Opcode::kJumpIfNe, next, subject, ToNext(literal), 1);
}

// A word matches the string of its name; Ok, Err, Some and None also the values made by them. With
// parentheses the latter is all that Ok, Err and Some match.
void FunctionCompiler::TestWord(const Node& pattern, uint32_t subject, Label next) {
  const std::optional<ConstantKind> kind = BoxKind(ast_.name(NameId{pattern.a}));
  const bool has_parens = (pattern.flags & kHasParens) != 0;
  if (kind.has_value() && has_parens) {
    TestBox(*kind, subject, next);
    return;
  }
  const Label matches = out_.NewLabel();
  const uint32_t scratch = Allocate();
  if (kind.has_value()) {
    out_.Emit(Opcode::kTestKind, scratch, subject, 0, static_cast<int64_t>(*kind));
    out_.Jump(Opcode::kJumpIf, matches, scratch);
  }
  LoadConstant(context_.Name(NameId{pattern.a}), scratch);
  out_.Jump(Opcode::kJumpIfNe, next, subject, scratch, 1);
  out_.Bind(matches);
}

void FunctionCompiler::TestBox(ConstantKind kind, uint32_t subject, Label next) {
  const uint32_t matches = Allocate();
  out_.Emit(Opcode::kTestKind, matches, subject, 0, static_cast<int64_t>(kind));
  out_.Jump(Opcode::kJumpIfNot, next, matches);
}

void FunctionCompiler::BindPayload(const Node& pattern, uint32_t subject) {
  if (pattern.kind != NodeKind::kCaseName && pattern.kind != NodeKind::kCaseVariant) return;
  const absl::Span<const uint32_t> names = ast_.list(pattern.b);
  if (names.size() > UINT16_MAX) {
    TooComplex("Pattern has more than 65535 elements", pattern.begin);
    return;
  }
  for (uint32_t i = 0; i < names.size(); ++i) {
    const NodeId name{names[i]};
    if (node(name).kind == NodeKind::kPatternIgnore) continue;
    PrepareNames(name);
    const Temporaries temporaries(&registers_);
    const uint32_t value = PartRegister(name, true);
    out_.Emit(Opcode::kGetPayload, value, subject, i);
    BindName(name, value, true);
  }
}

}  // namespace ruff
