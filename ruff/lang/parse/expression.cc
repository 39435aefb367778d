// Operands, operators and parentheses.

#include "ruff/lang/parse/machine.h"
#include "ruff/lang/parse/token_role.h"

namespace ruff::parse {

Step Parser::StartOperand() {
  const uint32_t begin = offset();
  switch (kind()) {
    case TokenKind::kInt:
    case TokenKind::kFloat:
      return Number();
    case TokenKind::kIdentifier:
      return StartName();
    case TokenKind::kString: {
      const StringId text = ast_.InternString(tokens_.Text(IndexOf(token_++)));
      return Operand(ast_.Add(NodeKind::kString, begin, end(), Raw(text)), begin);
    }
    case TokenKind::kInterpolationStart:
      return StartInterpolation();
    case TokenKind::kTrue:
    case TokenKind::kFalse: {
      const uint32_t value = Take(TokenKind::kTrue) ? 1 : (++token_, 0);
      return Operand(ast_.Add(NodeKind::kBool, begin, end(), value), begin);
    }
    case TokenKind::kNull:
      ++token_;
      return Operand(ast_.Add(NodeKind::kNull, begin, end()), begin);
    case TokenKind::kSelf:
      ++token_;
      return Operand(ast_.Add(NodeKind::kSelf, begin, end()), begin);
    case TokenKind::kLeftParen:
      if (Nest(State::kParentheses, begin, "expression") == nullptr) return Step::kFailed;
      ++token_;
      return Step::kOperand;
    case TokenKind::kLeftBracket:
      return StartArray();
    case TokenKind::kLeftBrace:
      return StartDict();
    case TokenKind::kMinus:
      return StartPrefix(NodeKind::kNegate);
    case TokenKind::kBang:
      return StartPrefix(NodeKind::kNot);
    case TokenKind::kAwait:
      return StartPrefix(NodeKind::kAwait);
    case TokenKind::kFunc:
    case TokenKind::kAsync:
      return StartFunction(FunctionForm::kLambda);
    case TokenKind::kYield:
      return StartYield();
    default:
      return Fail("Expected expression");
  }
}

// An identifier, or one of the constructs that begin with one.
Step Parser::StartName() {
  const uint32_t begin = offset();
  const NameId name = Name(*token_++);
  if (Raw(name) < static_cast<uint32_t>(Word::kCount)) {
    if (Is(name, Word::kOk)) return StartWrapper(NodeKind::kOk, begin);
    if (Is(name, Word::kErr)) return StartWrapper(NodeKind::kErr, begin);
    if (Is(name, Word::kSome)) return StartWrapper(NodeKind::kSome, begin);
    if (Is(name, Word::kNone)) return Operand(ast_.Add(NodeKind::kNone, begin, end()), begin);
    if (Is(name, Word::kThrow) && At(TokenKind::kLeftParen) && !token_->on_new_line) {
      return StartThrow(begin);
    }
  }
  if (At(TokenKind::kColonColon)) return StartTag(name, begin);
  if (At(TokenKind::kLeftBrace) && AtStructLiteral()) return StartStructLiteral(name, begin);
  return Operand(ast_.Add(NodeKind::kIdentifier, begin, end(), Raw(name)), begin);
}

Step Parser::StartPrefix(NodeKind kind) {
  Frame* frame = Nest(State::kPrefix, offset(), "unary expression");
  if (frame == nullptr) return Step::kFailed;
  frame->op = static_cast<uint8_t>(kind);
  ++token_;
  return Step::kOperand;
}

Step Parser::StartYield() {
  const uint32_t begin = offset();
  if (Nest(State::kYield, begin, "expression") == nullptr) return Step::kFailed;
  ++token_;
  switch (kind()) {
    case TokenKind::kSemicolon:
    case TokenKind::kRightBrace:
    case TokenKind::kRightParen:
    case TokenKind::kRightBracket:
    case TokenKind::kComma:
    case TokenKind::kInterpolationExprEnd:
    case TokenKind::kEof:
      return OnYield(kNoNode);
    default:
      return Step::kOperand;
  }
}

Step Parser::OnYield(NodeId value) {
  const uint32_t begin = Pop().begin;
  return Operand(ast_.Add(NodeKind::kYield, begin, end(), Raw(value)), begin);
}

// Reads everything that may follow the operand `value_`.
Step Parser::ContinueOperand() {
  for (;;) {
    const OperatorRole& role = OperatorRoleOf(kind());
    switch (role.continuation) {
      case Continuation::kCall:
        if (token_->on_new_line) break;
        if (Frame* frame = Nest(State::kCallArguments, value_begin_, "expression")) {
          frame->a = Raw(value_);
          return StartArguments(frame);
        }
        return Step::kFailed;
      case Continuation::kIndex:
        if (token_->on_new_line) break;
        if (Frame* frame = Nest(State::kIndex, value_begin_, "expression")) {
          frame->a = Raw(value_);
          ++token_;
          return Step::kOperand;
        }
        return Step::kFailed;
      case Continuation::kMember:
        if (Step step = Member(NodeKind::kField, NodeKind::kMethodCall,
                               "Expected field or method name after '.'");
            step != Step::kOperator) {
          return step;
        }
        continue;
      case Continuation::kOptionalMember:
        if (Step step = Member(NodeKind::kOptionalField, NodeKind::kOptionalMethodCall,
                               "Expected field name after '?.'");
            step != Step::kOperator) {
          return step;
        }
        continue;
      case Continuation::kTry:
        ++token_;
        value_ = ast_.Add(NodeKind::kTry, value_begin_, end(), Raw(value_));
        continue;
      case Continuation::kBinary: {
        ReduceBinary(role.precedence);
        Frame& frame = Push(State::kBinary, value_begin_);
        frame.op = static_cast<uint8_t>(role.op);
        frame.a = Raw(value_);
        ++token_;
        return Step::kOperand;
      }
      case Continuation::kNone:
        break;
    }
    ReduceBinary(0);
    return Step::kComplete;
  }
}

// Builds the operations on top of the stack that bind at least as tight as `precedence`.
void Parser::ReduceBinary(int precedence) {
  for (;;) {
    const Frame& frame = Top();
    if (frame.state == State::kPrefix) {
      OnPrefix(value_);
    } else if (frame.state == State::kBinary &&
               Precedence(static_cast<BinaryOp>(frame.op)) >= precedence) {
      OnBinary(value_);
    } else {
      return;
    }
  }
}

Step Parser::OnPrefix(NodeId value) {
  const Frame frame = Pop();
  return Operand(ast_.Add(static_cast<NodeKind>(frame.op), frame.begin, end(), Raw(value)),
                 frame.begin);
}

Step Parser::OnBinary(NodeId value) {
  const Frame frame = Pop();
  const NodeId node = ast_.Add(NodeKind::kBinary, frame.begin, end(), frame.a, Raw(value));
  ast_.node(node).op = frame.op;
  return Operand(node, frame.begin);
}

// `.name`, `?.name`, each perhaps with arguments.
Step Parser::Member(NodeKind field, NodeKind call, std::string_view missing) {
  ++token_;
  if (!At(TokenKind::kIdentifier) && !IsReservedWord(kind())) return Fail(std::string(missing));
  const NameId name = Name(*token_++);
  if (!At(TokenKind::kLeftParen) || token_->on_new_line) {
    return Operand(ast_.Add(field, value_begin_, end(), Raw(value_), Raw(name)), value_begin_);
  }
  Frame* frame = Nest(State::kMethodArguments, value_begin_, "expression");
  if (frame == nullptr) return Step::kFailed;
  frame->op = static_cast<uint8_t>(call);
  frame->a = Raw(value_);
  frame->b = Raw(name);
  return StartArguments(frame);
}

Step Parser::OnIndex(NodeId value) {
  if (!Expect(TokenKind::kRightBracket, "to close index expression")) return Step::kFailed;
  const Frame frame = Pop();
  return Operand(ast_.Add(NodeKind::kIndex, frame.begin, end(), frame.a, Raw(value)), frame.begin);
}

Step Parser::OnParentheses(NodeId value) {
  if (!Expect(TokenKind::kRightParen, "to close parenthesized expression")) return Step::kFailed;
  ast_.node(value).flags |= kParenthesized;
  return Operand(value, Pop().begin);
}

}  // namespace ruff::parse
