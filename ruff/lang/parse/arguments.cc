// Lists of arguments in parentheses, and the constructors with one.

#include "absl/strings/str_cat.h"
#include "ruff/lang/parse/machine.h"

namespace ruff::parse {

// At the `(` of a list whose frame is on the stack, or null if it would be nested too deep.
Step Parser::StartArguments(Frame* frame) {
  if (frame == nullptr) return Step::kFailed;
  ++token_;
  return At(TokenKind::kRightParen) ? CloseArguments() : Step::kOperand;
}

Step Parser::CloseArguments() {
  ++token_;
  const Frame frame = Pop();
  const uint32_t list = TakeList(frame.base);
  switch (frame.state) {
    case State::kMethodArguments:
      return Operand(ast_.Add(static_cast<NodeKind>(frame.op), frame.begin, end(), frame.a,
                              ast_.AddExtra({frame.b, list})),
                     frame.begin);
    case State::kTagArguments: {
      const NodeId tag =
          ast_.Add(NodeKind::kTag, frame.begin, end(), ast_.AddExtra({frame.a, frame.b}), list);
      ast_.node(tag).flags = kHasParens;
      return Operand(tag, frame.begin);
    }
    case State::kThrowArguments:
      return Operand(ast_.Add(NodeKind::kThrow, frame.begin, end(), list), frame.begin);
    default:
      return Operand(ast_.Add(NodeKind::kCall, frame.begin, end(), frame.a, list), frame.begin);
  }
}

// Behind an argument: the next one or the end.
Step Parser::NextArgument(std::string_view context) {
  scratch_.push_back(Raw(value_));
  if (Take(TokenKind::kComma) && !At(TokenKind::kRightParen)) return Step::kOperand;
  if (At(TokenKind::kRightParen)) return CloseArguments();
  return FailFound(absl::StrCat("Expected ')' to close ", context));
}

Step Parser::OnCallArguments(NodeId) { return NextArgument("function call arguments"); }
Step Parser::OnMethodArguments(NodeId) { return NextArgument("method call arguments"); }
Step Parser::OnTagArguments(NodeId) { return NextArgument("tag expression arguments"); }
Step Parser::OnThrowArguments(NodeId) { return NextArgument("throw(...) arguments"); }

// At the `::` behind `enum_name`.
Step Parser::StartTag(NameId enum_name, uint32_t begin) {
  ++token_;
  NameId variant;
  if (!ExpectName(&variant, "Expected variant name after '::'")) return Step::kFailed;
  if (!At(TokenKind::kLeftParen) || token_->on_new_line) {
    const uint32_t names = ast_.AddExtra({Raw(enum_name), Raw(variant)});
    return Operand(ast_.Add(NodeKind::kTag, begin, end(), names, Raw(kEmptyList)), begin);
  }
  Frame* frame = Nest(State::kTagArguments, begin, "expression");
  if (frame == nullptr) return Step::kFailed;
  frame->a = Raw(enum_name);
  frame->b = Raw(variant);
  return StartArguments(frame);
}

Step Parser::StartThrow(uint32_t begin) {
  return StartArguments(Nest(State::kThrowArguments, begin, "expression"));
}

// Behind the word of `Ok(e)`, `Err(e)`, `Some(e)`.
Step Parser::StartWrapper(NodeKind kind, uint32_t begin) {
  if (!At(TokenKind::kLeftParen)) {
    return Fail(absl::StrCat("Expected '(' after '", ruff::Name(kind), "'"));
  }
  Frame* frame = Nest(State::kWrapper, begin, "expression");
  if (frame == nullptr) return Step::kFailed;
  frame->op = static_cast<uint8_t>(kind);
  ++token_;
  return Step::kOperand;
}

Step Parser::OnWrapper(NodeId value) {
  const NodeKind kind = static_cast<NodeKind>(Top().op);
  if (!At(TokenKind::kRightParen)) {
    return FailFound(absl::StrCat("Expected ')' to close ", ruff::Name(kind), "(...)"));
  }
  ++token_;
  const uint32_t begin = Pop().begin;
  return Operand(ast_.Add(kind, begin, end(), Raw(value)), begin);
}

}  // namespace ruff::parse
