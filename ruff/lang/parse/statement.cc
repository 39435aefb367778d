// Lists of statements, and the statements without blocks of their own.

#include "absl/strings/str_cat.h"
#include "ruff/lang/parse/machine.h"
#include "ruff/lang/parse/token_role.h"

namespace ruff::parse {
namespace {

std::string_view TextOf(Body body) {
  static constexpr std::string_view kText[] = {
#define RUFF_BODY(name, text) text,
#include "ruff/lang/parse/body.def"
  };
  return kText[static_cast<size_t>(body)];
}

}  // namespace

// --- lists of statements ---

// In a block or at top level: the next statement, or the end.
Step Parser::NextStatement() {
  while (Take(TokenKind::kSemicolon)) {
  }
  if (Top().state == State::kProgram) {
    if (At(TokenKind::kEof)) return Step::kDone;
    if (quiet_ && AtFreshStatement()) quiet_ = false;
    statement_start_ = token_;
    return Step::kStatement;
  }
  if (!At(TokenKind::kRightBrace)) {
    if (!At(TokenKind::kEof) && !At(TokenKind::kInterpolationExprEnd)) return Step::kStatement;
    return FailFound(absl::StrCat("Expected '}' to close ", TextOf(static_cast<Body>(Top().op))));
  }
  ++token_;
  const Frame frame = Pop();
  --block_depth_;
  return Complete(ast_.Add(NodeKind::kBlock, frame.begin, end(), TakeList(frame.base)));
}

Step Parser::OnProgram(NodeId value) {
  scratch_.push_back(Raw(value));
  return NextStatement();
}

Step Parser::OnBlock(NodeId value) {
  scratch_.push_back(Raw(value));
  return NextStatement();
}

bool Parser::ExpectBrace(Body body) {
  return Take(TokenKind::kLeftBrace) ||
         ErrorFound(absl::StrCat("Expected '{' to start ", TextOf(body)));
}

bool Parser::ExpectEndBrace(Body body) {
  return Take(TokenKind::kRightBrace) ||
         ErrorFound(absl::StrCat("Expected '}' to close ", TextOf(body)));
}

Step Parser::OpenBlock(Body body) {
  const uint32_t begin = offset();
  if (At(TokenKind::kLeftBrace) && block_depth_ >= max_block_depth_) {
    return Fail(absl::StrCat("Maximum block nesting depth of ", max_block_depth_,
                             " exceeded while parsing ", TextOf(body)));
  }
  if (!ExpectBrace(body)) return Step::kFailed;
  ++block_depth_;
  Push(State::kBlock, begin).op = static_cast<uint8_t>(body);
  return NextStatement();
}

Step Parser::StartStatement() {
  const uint32_t begin = offset();
  switch (kind()) {
    case TokenKind::kLet:
      return StartLet(false);
    case TokenKind::kMut:
      return StartLet(true);
    case TokenKind::kConst:
      return StartConst();
    case TokenKind::kFunc:
    case TokenKind::kAsync:
      return StartFunction(FunctionForm::kDeclaration);
    case TokenKind::kEnum:
      return Enum();
    case TokenKind::kStruct:
      return StartStruct();
    case TokenKind::kImport:
      return Import();
    case TokenKind::kFrom:
      return FromImport();
    case TokenKind::kExport:
      if (Nest(State::kExport, begin, "expression") == nullptr) return Step::kFailed;
      ++token_;
      return Step::kStatement;
    case TokenKind::kReturn:
      return StartReturn();
    case TokenKind::kIf:
      return StartIf();
    case TokenKind::kWhile:
    case TokenKind::kLoop:
      return StartLoop();
    case TokenKind::kFor:
      return StartFor();
    case TokenKind::kBreak:
      ++token_;
      return Complete(ast_.Add(NodeKind::kBreak, begin, end()));
    case TokenKind::kContinue:
      ++token_;
      return Complete(ast_.Add(NodeKind::kContinue, begin, end()));
    case TokenKind::kMatch:
      ++token_;
      return Header(State::kMatchSubject, begin);
    case TokenKind::kTry:
      ++token_;
      Push(State::kTryBody, begin);
      return OpenBlock(Body::kTry);
    case TokenKind::kSpawn:
      return StartBodyOnly(NodeKind::kSpawn, Body::kSpawn);
    case TokenKind::kTestSetup:
      return StartBodyOnly(NodeKind::kTestSetup, Body::kTestSetup);
    case TokenKind::kTestTeardown:
      return StartBodyOnly(NodeKind::kTestTeardown, Body::kTestTeardown);
    case TokenKind::kTest:
      return StartTest(NodeKind::kTest, Body::kTest, "Expected test name string after 'test'");
    case TokenKind::kTestGroup:
      return StartTest(NodeKind::kTestGroup, Body::kTestGroup,
                       "Expected group name string after 'test_group'");
    case TokenKind::kLeftBracket:
    case TokenKind::kLeftBrace:
      if (AtDestructuring()) return StartDestructuring();
      break;
    default:
      break;
  }
  Push(State::kExpressionStatement, begin);
  return Step::kOperand;
}

// --- bindings ---

// `:=` or `=`, else an error that ends in `context`.
bool Parser::ExpectBindingOperator(std::string_view context) {
  if (Take(TokenKind::kColonEqual) || Take(TokenKind::kEqual)) return true;
  return ErrorFound(absl::StrCat("Expected assignment operator (':=' or '=') in ", context));
}

Step Parser::StartLet(bool is_mutable) {
  const uint32_t begin = offset();
  ++token_;
  NodeId pattern, type;
  if (!Pattern(&pattern) || !Annotation(&type) || !ExpectBindingOperator("let declaration")) {
    return Step::kFailed;
  }
  Frame& frame = Push(State::kLetValue, begin);
  frame.op = is_mutable ? kMutable : 0;
  frame.a = Raw(pattern);
  frame.b = Raw(type);
  return Step::kOperand;
}

Step Parser::OnLetValue(NodeId value) {
  const Frame frame = Pop();
  const uint32_t extra = ast_.AddExtra({Raw(value), frame.b});
  const NodeId let = ast_.Add(NodeKind::kLet, frame.begin, end(), frame.a, extra);
  ast_.node(let).flags = frame.op;
  return FinishAssignment(let);
}

Step Parser::StartConst() {
  const uint32_t begin = offset();
  const uint32_t name_offset = (++token_)->offset;
  NameId name;
  NodeId type;
  if (!ExpectName(&name, "Expected constant name after 'const'") || !Annotation(&type) ||
      !ExpectBindingOperator("const declaration")) {
    return Step::kFailed;
  }
  Frame& frame = Push(State::kConstValue, begin);
  frame.a = Raw(name);
  frame.b = Raw(type);
  frame.c = name_offset;
  return Step::kOperand;
}

Step Parser::OnConstValue(NodeId value) {
  const Frame frame = Pop();
  const uint32_t extra = ast_.AddExtra({Raw(value), frame.b, frame.c});
  return FinishAssignment(ast_.Add(NodeKind::kConst, frame.begin, end(), frame.a, extra));
}

Step Parser::StartDestructuring() {
  const uint32_t begin = offset();
  NodeId pattern;
  if (!Pattern(&pattern)) return Step::kFailed;
  ++token_;  // the operator, seen by AtDestructuring
  Push(State::kDestructureValue, begin).a = Raw(pattern);
  return Step::kOperand;
}

Step Parser::OnDestructureValue(NodeId value) {
  const Frame frame = Pop();
  return FinishAssignment(
      ast_.Add(NodeKind::kDestructureAssign, frame.begin, end(), frame.a, Raw(value)));
}

// --- expressions and assignments ---

Step Parser::OnExpressionStatement(NodeId value) {
  if (!IsAssignment(kind())) {
    const uint32_t begin = Pop().begin;
    return Complete(ast_.Add(NodeKind::kExprStmt, begin, end(), Raw(value)));
  }
  if (!IsTarget(value)) return Fail("Invalid assignment target");
  Frame& frame = Top();
  frame.state = State::kAssignValue;
  frame.op = kAssignOps[static_cast<size_t>(kind())];
  frame.a = Raw(value);
  ++token_;
  return Step::kOperand;
}

Step Parser::OnAssignValue(NodeId value) {
  const Frame frame = Pop();
  const NodeId assign = ast_.Add(NodeKind::kAssign, frame.begin, end(), frame.a, Raw(value));
  ast_.node(assign).op = frame.op;
  return FinishAssignment(assign);
}

// A variable or `self`, then any chain of `.name` and `[index]`.
bool Parser::IsTarget(NodeId id) const {
  for (;;) {
    const Node& node = ast_.node(id);
    if ((node.flags & kParenthesized) != 0) return false;
    switch (node.kind) {
      case NodeKind::kIdentifier:
      case NodeKind::kSelf:
        return true;
      case NodeKind::kField:
      case NodeKind::kIndex:
        id = NodeId{node.a};
        continue;
      default:
        return false;
    }
  }
}

Step Parser::FinishAssignment(NodeId statement) {
  if (!IsAssignment(kind())) return Complete(statement);
  return Fail("Chained assignment is not supported; split the assignment into separate statements");
}

// --- return, export, import ---

Step Parser::StartReturn() {
  const uint32_t begin = offset();
  ++token_;
  switch (kind()) {
    case TokenKind::kSemicolon:
    case TokenKind::kRightBrace:
    case TokenKind::kInterpolationExprEnd:
    case TokenKind::kEof:
      return Complete(ast_.Add(NodeKind::kReturn, begin, end(), Raw(kNoNode)));
    default:
      Push(State::kReturnValue, begin);
      return Step::kOperand;
  }
}

Step Parser::OnReturnValue(NodeId value) {
  return Complete(ast_.Add(NodeKind::kReturn, Pop().begin, end(), Raw(value)));
}

Step Parser::OnExport(NodeId value) {
  return Complete(ast_.Add(NodeKind::kExport, Pop().begin, end(), Raw(value)));
}

Step Parser::Import() {
  const uint32_t begin = offset();
  ++token_;
  if (!At(TokenKind::kIdentifier)) return Fail("Expected module name after 'import'");
  const StringId module = ast_.InternString(Spelling(*token_++));
  return Complete(ast_.Add(NodeKind::kImport, begin, end(), Raw(module), Raw(kEmptyList)));
}

Step Parser::FromImport() {
  const uint32_t begin = offset();
  ++token_;
  if (!At(TokenKind::kIdentifier)) return Fail("Expected module name after 'from'");
  std::string module(Spelling(*token_++));
  while (Take(TokenKind::kDot)) {
    if (!At(TokenKind::kIdentifier)) {
      return Fail("Expected module path segment after '.' in from-import statement");
    }
    absl::StrAppend(&module, ".", Spelling(*token_++));
  }
  if (!Expect(TokenKind::kImport, "after module name in from-import statement")) {
    return Step::kFailed;
  }
  const size_t base = scratch_.size();
  do {
    NameId symbol;
    if (!ExpectName(&symbol, "Expected imported symbol name")) return Step::kFailed;
    scratch_.push_back(Raw(symbol));
  } while (Take(TokenKind::kComma));
  const uint32_t symbols = TakeList(base);
  const NodeId import =
      ast_.Add(NodeKind::kImport, begin, end(), Raw(ast_.InternString(module)), symbols);
  ast_.node(import).flags = kHasSymbols;
  return Complete(import);
}

}  // namespace ruff::parse
