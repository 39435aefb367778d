// match and its case patterns.

#include "ruff/lang/parse/machine.h"

namespace ruff::parse {
namespace {

constexpr char kBadPattern[] = "Expected match pattern after 'case'";

}  // namespace

Step Parser::OnMatchSubject(NodeId value) {
  if (!ExpectBrace(Body::kMatch)) return Step::kFailed;
  Top().state = State::kMatchArms;
  Top().a = Raw(value);
  return NextArm();
}

Step Parser::NextArm() {
  const uint32_t begin = offset();
  if (Take(TokenKind::kCase)) {
    NodeId pattern;
    if (!CasePattern(&pattern)) return Step::kFailed;
    Frame& frame = Push(State::kMatchBody, begin);
    frame.a = Raw(pattern);
    frame.b = Raw(kNoNode);
    if (!Take(TokenKind::kIf)) return StartArmBody(Body::kMatchCase);
    frame.state = State::kMatchGuard;
    return Step::kOperand;
  }
  if (Take(TokenKind::kDefault)) {
    Frame& frame = Push(State::kMatchBody, begin);
    frame.a = Raw(kNoNode);
    frame.b = Raw(kNoNode);
    return StartArmBody(Body::kMatchDefault);
  }
  if (!ExpectEndBrace(Body::kMatch)) return Step::kFailed;
  const Frame frame = Pop();
  return Complete(ast_.Add(NodeKind::kMatch, frame.begin, end(), frame.a, TakeList(frame.base)));
}

Step Parser::OnMatchGuard(NodeId value) {
  Top().state = State::kMatchBody;
  Top().b = Raw(value);
  return StartArmBody(Body::kMatchCase);
}

Step Parser::StartArmBody(Body body) {
  Take(TokenKind::kColon);
  return OpenBlock(body);
}

Step Parser::OnMatchBody(NodeId value) {
  const Frame frame = Pop();
  const uint32_t extra = ast_.AddExtra({frame.b, Raw(value)});
  return Complete(ast_.Add(NodeKind::kMatchArm, frame.begin, end(), frame.a, extra));
}

Step Parser::OnMatchArms(NodeId value) {
  scratch_.push_back(Raw(value));
  return NextArm();
}

// --- case patterns ---

bool Parser::CasePattern(NodeId* pattern) {
  const uint32_t begin = offset();
  switch (kind()) {
    case TokenKind::kIdentifier:
      return CaseName(pattern);
    case TokenKind::kMinus:
    case TokenKind::kInt:
    case TokenKind::kFloat:
    case TokenKind::kString:
    case TokenKind::kTrue:
    case TokenKind::kFalse:
    case TokenKind::kNull: {
      const bool negative = Take(TokenKind::kMinus);
      if (negative && !At(TokenKind::kInt) && !At(TokenKind::kFloat)) return Error(kBadPattern);
      StartOperand();  // a literal: read at once
      NodeId literal = value_;
      if (negative) literal = ast_.Add(NodeKind::kNegate, begin, end(), Raw(literal));
      *pattern = ast_.Add(NodeKind::kCaseLiteral, begin, end(), Raw(literal));
      return true;
    }
    default:
      return Error(kBadPattern);
  }
}

bool Parser::CaseName(NodeId* pattern) {
  const uint32_t begin = offset();
  const NameId name = Name(*token_++);
  if (Is(name, Word::kUnderscore)) {
    *pattern = ast_.Add(NodeKind::kCaseWildcard, begin, end());
    return true;
  }
  NameId variant = kNoName;
  if (Take(TokenKind::kColonColon) && !ExpectName(&variant, kBadPattern)) return false;

  const bool has_parens = Take(TokenKind::kLeftParen);
  uint32_t bindings = Raw(kEmptyList);
  if (has_parens) {
    const size_t base = scratch_.size();
    do {
      if (!At(TokenKind::kIdentifier)) return Error(kBadPattern);
      scratch_.push_back(Raw(NamePattern()));
    } while (Take(TokenKind::kComma));
    if (!Expect(TokenKind::kRightParen, "to close match pattern")) return false;
    bindings = TakeList(base);
  }
  *pattern = variant == kNoName ? ast_.Add(NodeKind::kCaseName, begin, end(), Raw(name), bindings)
                                : ast_.Add(NodeKind::kCaseVariant, begin, end(),
                                           ast_.AddExtra({Raw(name), Raw(variant)}), bindings);
  if (has_parens) ast_.node(*pattern).flags = kHasParens;
  return true;
}

}  // namespace ruff::parse
