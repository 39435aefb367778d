// Functions, structs and enums.

#include <utility>

#include "ruff/lang/parse/machine.h"
#include "ruff/lang/parse/token_role.h"

namespace ruff::parse {

// --- functions ---

// At `func` or `async`.
Step Parser::StartFunction(FunctionForm form) {
  const bool is_lambda = form == FunctionForm::kLambda;
  FunctionNode function;
  function.begin = offset();
  function.is_async = Take(TokenKind::kAsync);
  function.name = kNoName;
  function.name_offset = offset();
  function.body = kNoNode;
  if (!At(TokenKind::kFunc)) return Fail("Expected 'func' after 'async'");
  Frame* frame = is_lambda ? Nest(State::kFunctionBody, function.begin, "expression")
                           : &Push(State::kFunctionBody, function.begin);
  if (frame == nullptr) return Step::kFailed;
  frame->op = static_cast<uint8_t>(form);
  ++token_;
  function.is_generator = Take(TokenKind::kStar);
  if (!is_lambda) {
    function.name_offset = offset();
    if (!ExpectName(&function.name, "Expected function name after 'func'")) return Step::kFailed;
  }
  if (!Expect(TokenKind::kLeftParen,
              is_lambda ? "after 'func' in function expression" : "after function name") ||
      !Parameters(form, &function) ||
      !Expect(TokenKind::kRightParen, is_lambda ? "to close function expression parameter list"
                                                : "to close function parameter list")) {
    return Step::kFailed;
  }
  function.return_type = kNoNode;
  if (Take(TokenKind::kArrow) && CanBeginType(kind()) && !Type(&function.return_type)) {
    return Step::kFailed;
  }
  frame->a = Raw(ast_.AddFunction(std::move(function)));
  return OpenBlock(is_lambda ? Body::kLambda : Body::kFunction);
}

bool Parser::Parameters(FunctionForm form, FunctionNode* function) {
  while (At(TokenKind::kIdentifier) || (At(TokenKind::kSelf) && form != FunctionForm::kLambda)) {
    Parameter& parameter = function->parameters.emplace_back();
    parameter.offset = offset();
    parameter.name = Name(*token_++);
    if (!Annotation(&parameter.type)) return false;
    if (!Take(TokenKind::kComma)) break;
  }
  return true;
}

Step Parser::OnFunctionBody(NodeId value) {
  const Frame frame = Pop();
  FunctionNode& function = ast_.function(frame.a);
  function.body = value;
  function.end = end();
  switch (static_cast<FunctionForm>(frame.op)) {
    case FunctionForm::kDeclaration:
      return Complete(ast_.Add(NodeKind::kFuncDecl, frame.begin, end(), frame.a));
    case FunctionForm::kMethod:
      ast_.structure(Top().a).methods.push_back(FunctionId{frame.a});
      return NextMember();
    case FunctionForm::kLambda:
      return Operand(ast_.Add(NodeKind::kLambda, frame.begin, end(), frame.a), frame.begin);
  }
  return Step::kFailed;
}

// --- structs ---

Step Parser::StartStruct() {
  const uint32_t begin = offset();
  StructNode structure;
  structure.name_offset = (++token_)->offset;
  if (!ExpectName(&structure.name, "Expected struct name after 'struct'") ||
      !ExpectBrace(Body::kStruct)) {
    return Step::kFailed;
  }
  const StructId id = ast_.AddStruct(std::move(structure));
  Push(State::kStructMembers, begin).a = Raw(id);
  return NextMember();
}

Step Parser::NextMember() {
  for (;;) {
    switch (kind()) {
      case TokenKind::kComma:
      case TokenKind::kSemicolon:
        ++token_;
        continue;
      case TokenKind::kIdentifier: {
        StructField field;
        field.offset = offset();
        field.name = Name(*token_++);
        field.default_value = kNoNode;
        if (!Annotation(&field.type)) return Step::kFailed;
        const uint32_t id = Top().a;
        ast_.structure(id).fields.push_back(field);
        if (!Take(TokenKind::kEqual)) continue;
        Push(State::kFieldDefault, field.offset).a = id;
        return Step::kOperand;
      }
      case TokenKind::kFunc:
      case TokenKind::kAsync:
        return StartFunction(FunctionForm::kMethod);
      case TokenKind::kRightBrace: {
        ++token_;
        const Frame frame = Pop();
        return Complete(ast_.Add(NodeKind::kStructDecl, frame.begin, end(), frame.a));
      }
      case TokenKind::kEof:
      case TokenKind::kInterpolationExprEnd:
        ExpectEndBrace(Body::kStruct);
        return Step::kFailed;
      default:
        return FailFound("Expected field or method in struct body");
    }
  }
}

Step Parser::OnFieldDefault(NodeId value) {
  ast_.structure(Pop().a).fields.back().default_value = value;
  return NextMember();
}

Step Parser::OnStructMembers(NodeId) { return NextMember(); }

// --- enums ---

Step Parser::Enum() {
  const uint32_t begin = offset();
  ++token_;
  NameId name;
  if (!ExpectName(&name, "Expected enum name after 'enum'") || !ExpectBrace(Body::kEnum)) {
    return Step::kFailed;
  }
  const size_t base = scratch_.size();
  while (At(TokenKind::kIdentifier)) {
    scratch_.push_back(Raw(Name(*token_++)));
    if (!Take(TokenKind::kComma)) break;
  }
  if (!ExpectEndBrace(Body::kEnum)) return Step::kFailed;
  return Complete(ast_.Add(NodeKind::kEnumDecl, begin, end(), Raw(name), TakeList(base)));
}

}  // namespace ruff::parse
