// Binding patterns: name, _, [a, [b], ...rest], {a, b, ...rest}.

#include "ruff/lang/parse/machine.h"
#include "ruff/lang/parse/token_role.h"

namespace ruff::parse {
namespace {

constexpr char kBadPattern[] = "Invalid statement";

// Behind the dict pattern at `token`, or null.
const Token* SkipDictPattern(const Token* token) {
  ++token;
  while (token->kind != TokenKind::kRightBrace) {
    if (token->kind == TokenKind::kEllipsis) ++token;
    if (token->kind != TokenKind::kIdentifier) return nullptr;
    ++token;
    if (token->kind == TokenKind::kComma) {
      ++token;
    } else if (token->kind != TokenKind::kRightBrace) {
      return nullptr;
    }
  }
  return token + 1;
}

}  // namespace

// Whether the `[` or `{` here begins a pattern followed by `:=` or `=`. A rest element may stand
// anywhere, so that a misplaced one gets its own message.
//
// Looks at no token twice, however statements nest: a statement inside the brackets would need a
// `func`, which no pattern holds.
bool Parser::AtDestructuring() const {
  const Token* token = token_;
  size_t depth = 0;  // open `[`
  for (;;) {
    // An element must begin here.
    if (token->kind == TokenKind::kLeftBracket) {
      ++depth;
      ++token;
      if (token->kind != TokenKind::kRightBracket) continue;
    } else if (token->kind == TokenKind::kLeftBrace) {
      token = SkipDictPattern(token);
      if (token == nullptr) return false;
    } else {
      if (token->kind == TokenKind::kEllipsis) ++token;
      if (token->kind != TokenKind::kIdentifier) return false;
      ++token;
    }
    // Behind an element. A comma may end a list.
    for (bool comma = false;;) {
      if (depth == 0) {
        return token->kind == TokenKind::kColonEqual || token->kind == TokenKind::kEqual;
      }
      if (token->kind == TokenKind::kRightBracket) {
        --depth;
        comma = false;
      } else if (comma) {
        break;
      } else if (token->kind == TokenKind::kComma) {
        comma = true;
      } else {
        return false;
      }
      ++token;
    }
  }
}

bool Parser::Pattern(NodeId* pattern) {
  for (;;) {
    NodeId element;
    if (At(TokenKind::kLeftBracket)) {
      if (!CheckExpressionDepth(expression_depth_ + nested_.size() + 1, "array literal")) {
        return false;
      }
      nested_.push_back({kNoName, offset(), static_cast<uint32_t>(scratch_.size())});
      ++token_;
      if (!At(TokenKind::kRightBracket)) continue;
    } else {
      if (!PatternElement(&element)) return false;
      if (nested_.empty()) {
        *pattern = element;
        return true;
      }
      scratch_.push_back(Raw(element));
    }
    for (;;) {
      if (!At(TokenKind::kRightBracket)) {
        if (!Take(TokenKind::kComma)) return Error(kBadPattern);
        if (!At(TokenKind::kRightBracket)) break;
      }
      ++token_;
      const Nested array = nested_.back();
      nested_.pop_back();
      element = ast_.Add(NodeKind::kPatternArray, array.begin, end(), TakeList(array.base));
      if (nested_.empty()) {
        *pattern = element;
        return true;
      }
      scratch_.push_back(Raw(element));
    }
  }
}

// One that is no array.
bool Parser::PatternElement(NodeId* pattern) {
  switch (kind()) {
    case TokenKind::kIdentifier:
      *pattern = NamePattern();
      return true;
    case TokenKind::kLeftBrace:
      return DictPattern(pattern);
    case TokenKind::kEllipsis:
      return !nested_.empty() ? RestPattern(TokenKind::kRightBracket, pattern) : Error(kBadPattern);
    default:
      return Error(kBadPattern);
  }
}

NodeId Parser::NamePattern() {
  const uint32_t begin = offset();
  const NameId name = Name(*token_++);
  if (Is(name, Word::kUnderscore)) return ast_.Add(NodeKind::kPatternIgnore, begin, end());
  return ast_.Add(NodeKind::kPatternName, begin, end(), Raw(name));
}

// `...name`, which must stand before `closing`.
bool Parser::RestPattern(TokenKind closing, NodeId* pattern) {
  const uint32_t begin = offset();
  ++token_;
  NameId name;
  if (!ExpectName(&name, kBadPattern)) return false;
  *pattern = ast_.Add(NodeKind::kPatternRest, begin, end(), Raw(name));
  if (At(TokenKind::kComma) && !NextIs(closing)) {
    return Error("Rest element must be last in a destructuring pattern");
  }
  return true;
}

bool Parser::DictPattern(NodeId* pattern) {
  const uint32_t begin = offset();
  const size_t base = scratch_.size();
  ++token_;
  while (!At(TokenKind::kRightBrace)) {
    NodeId element;
    if (At(TokenKind::kEllipsis)) {
      if (!RestPattern(TokenKind::kRightBrace, &element)) return false;
    } else if (At(TokenKind::kIdentifier)) {
      element = NamePattern();
    } else {
      return Error(kBadPattern);
    }
    scratch_.push_back(Raw(element));
    if (!Take(TokenKind::kComma) && !At(TokenKind::kRightBrace)) return Error(kBadPattern);
  }
  ++token_;
  *pattern = ast_.Add(NodeKind::kPatternDict, begin, end(), TakeList(base));
  return true;
}

}  // namespace ruff::parse
