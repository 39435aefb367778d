// Numbers, interpolated strings, arrays, dicts and struct literals.

#include <bit>

#include "ruff/lang/parse/machine.h"

namespace ruff::parse {

Step Parser::Number() {
  const uint32_t begin = offset();
  const uint32_t index = IndexOf(token_);
  if (Take(TokenKind::kInt)) {
    return Operand(AddValue(NodeKind::kInt, begin, static_cast<uint64_t>(tokens_.IntValue(index))),
                   begin);
  }
  ++token_;
  return Operand(
      AddValue(NodeKind::kFloat, begin, std::bit_cast<uint64_t>(tokens_.FloatValue(index))), begin);
}

NodeId Parser::AddValue(NodeKind kind, uint32_t begin, uint64_t bits) {
  return ast_.Add(kind, begin, end(), static_cast<uint32_t>(bits),
                  static_cast<uint32_t>(bits >> 32));
}

// --- interpolation: "text ${expression} text" ---

Step Parser::StartInterpolation() {
  if (Nest(State::kInterpolationParts, offset(), "expression") == nullptr) return Step::kFailed;
  ++token_;
  return NextPart();
}

Step Parser::NextPart() {
  for (;;) {
    switch (kind()) {
      case TokenKind::kStringPart: {
        const uint32_t begin = offset();
        const StringId text = ast_.InternString(tokens_.Text(IndexOf(token_++)));
        const NodeId part = ast_.Add(NodeKind::kString, begin, end(), Raw(text));
        ast_.node(part).flags = kTextPart;
        scratch_.push_back(Raw(part));
        continue;
      }
      case TokenKind::kInterpolationExprStart:
        ++token_;
        return Step::kOperand;
      default: {  // the end; starts and ends are balanced
        ++token_;
        const Frame frame = Pop();
        return Operand(ast_.Add(NodeKind::kInterpolated, frame.begin, end(), TakeList(frame.base)),
                       frame.begin);
      }
    }
  }
}

Step Parser::OnInterpolationParts(NodeId value) {
  if (!Take(TokenKind::kInterpolationExprEnd)) {
    return Fail("Invalid interpolated string expression");
  }
  scratch_.push_back(Raw(value));
  return NextPart();
}

// --- [a, ...b] ---

Step Parser::StartArray() {
  if (Nest(State::kArrayItems, offset(), "array literal") == nullptr) return Step::kFailed;
  ++token_;
  return NextArrayItem();
}

// An item or the end must follow.
Step Parser::NextArrayItem() {
  if (Take(TokenKind::kRightBracket)) {
    const Frame frame = Pop();
    return Operand(ast_.Add(NodeKind::kArray, frame.begin, end(), TakeList(frame.base)),
                   frame.begin);
  }
  if (At(TokenKind::kEllipsis)) {
    Push(State::kSpread, offset());
    ++token_;
  }
  return Step::kOperand;
}

Step Parser::OnArrayItems(NodeId value) {
  scratch_.push_back(Raw(value));
  if (Take(TokenKind::kComma) || At(TokenKind::kRightBracket)) return NextArrayItem();
  return FailFound("Expected ']' to close array literal");
}

Step Parser::OnSpread(NodeId value) {
  return Complete(ast_.Add(NodeKind::kSpread, Pop().begin, end(), Raw(value)));
}

// --- {key: value, ...d} ---

Step Parser::StartDict() {
  if (Nest(State::kDictItems, offset(), "dictionary literal") == nullptr) return Step::kFailed;
  ++token_;
  return NextDictItem();
}

Step Parser::NextDictItem() {
  if (Take(TokenKind::kRightBrace)) {
    const Frame frame = Pop();
    return Operand(ast_.Add(NodeKind::kDict, frame.begin, end(), TakeList(frame.base)),
                   frame.begin);
  }
  Push(At(TokenKind::kEllipsis) ? State::kSpread : State::kPairKey, offset());
  Take(TokenKind::kEllipsis);
  return Step::kOperand;
}

Step Parser::OnPairKey(NodeId value) {
  if (!Take(TokenKind::kColon)) return Fail("Expected ':' in dictionary literal");
  Top().state = State::kPairValue;
  Top().a = Raw(value);
  return Step::kOperand;
}

Step Parser::OnPairValue(NodeId value) {
  const Frame frame = Pop();
  return Complete(ast_.Add(NodeKind::kPair, frame.begin, end(), frame.a, Raw(value)));
}

Step Parser::OnDictItems(NodeId value) {
  scratch_.push_back(Raw(value));
  if (Take(TokenKind::kComma) || At(TokenKind::kRightBrace)) return NextDictItem();
  return FailFound("Expected '}' to close dictionary literal");
}

// --- Name { field: value } ---

// Whether the `{` behind a name opens a struct literal rather than a block.
bool Parser::AtStructLiteral() {
  if (NextIs(TokenKind::kIdentifier)) return token_[2].kind == TokenKind::kColon;
  return NextIs(TokenKind::kRightBrace) && !InHeader();
}

// Whether the operand being read is one of a header, outside any brackets.
bool Parser::InHeader() const {
  for (size_t i = stack_.size(); i-- > 0;) {
    switch (stack_[i].state) {
#define RUFF_STATE(name, operands)
#define RUFF_HEADER_STATE(name, operands) case State::k##name:
#include "ruff/lang/parse/state.def"
      return true;
#define RUFF_STATE(name, operands)
#define RUFF_OPERATOR_STATE(name, operands) case State::k##name:
#include "ruff/lang/parse/state.def"
      continue;
      default:
        return false;
    }
  }
  return false;
}

Step Parser::StartStructLiteral(NameId name, uint32_t begin) {
  Frame* frame = Nest(State::kStructItems, begin, "expression");
  if (frame == nullptr) return Step::kFailed;
  frame->a = Raw(name);
  ++token_;
  return NextFieldInit();
}

Step Parser::NextFieldInit() {
  if (At(TokenKind::kIdentifier) && NextIs(TokenKind::kColon)) {
    Push(State::kFieldInit, offset()).a = Raw(Name(*token_));
    token_ += 2;
    return Step::kOperand;
  }
  if (!Expect(TokenKind::kRightBrace, "to close struct literal")) return Step::kFailed;
  const Frame frame = Pop();
  return Operand(
      ast_.Add(NodeKind::kStructLiteral, frame.begin, end(), frame.a, TakeList(frame.base)),
      frame.begin);
}

Step Parser::OnFieldInit(NodeId value) {
  const Frame frame = Pop();
  return Complete(ast_.Add(NodeKind::kFieldInit, frame.begin, end(), frame.a, Raw(value)));
}

Step Parser::OnStructItems(NodeId value) {
  scratch_.push_back(Raw(value));
  if (Take(TokenKind::kComma) || At(TokenKind::kRightBrace)) return NextFieldInit();
  return FailFound("Expected '}' to close struct literal");
}

}  // namespace ruff::parse
