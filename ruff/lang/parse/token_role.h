// What a token means to the parser where several would be possible. The tables are derived from the
// lists of tokens and operators by comparing spellings.

#ifndef RUFF_LANG_PARSE_TOKEN_ROLE_H_
#define RUFF_LANG_PARSE_TOKEN_ROLE_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "ruff/lang/ast/ast.h"
#include "ruff/lang/lex/token.h"

namespace ruff::parse {

// The kind of token spelled `spelling`.
constexpr TokenKind KindSpelled(std::string_view spelling) {
#define RUFF_SPELLED(Name, text) \
  if (spelling == text) return TokenKind::k##Name;
#include "ruff/lang/lex/token_kind.def"
  return TokenKind::kError;
}

// How a token continues the expression before it.
enum class Continuation : uint8_t { kNone, kBinary, kCall, kIndex, kMember, kOptionalMember, kTry };

struct OperatorRole {
  Continuation continuation = Continuation::kNone;
  BinaryOp op = BinaryOp::kAdd;
  uint8_t precedence = 0;
};

inline constexpr auto kOperatorRoles = [] {
  std::array<OperatorRole, kTokenKindCount> roles{};
  auto role = [&](TokenKind kind) -> OperatorRole& { return roles[static_cast<size_t>(kind)]; };
#define RUFF_BINARY_OP(name, spelling, precedence) \
  role(KindSpelled(spelling)) = {Continuation::kBinary, BinaryOp::k##name, precedence};
#include "ruff/lang/ast/operator.def"
  role(TokenKind::kLeftParen).continuation = Continuation::kCall;
  role(TokenKind::kLeftBracket).continuation = Continuation::kIndex;
  role(TokenKind::kDot).continuation = Continuation::kMember;
  role(TokenKind::kQuestionDot).continuation = Continuation::kOptionalMember;
  role(TokenKind::kQuestion).continuation = Continuation::kTry;
  return roles;
}();

inline const OperatorRole& OperatorRoleOf(TokenKind kind) {
  return kOperatorRoles[static_cast<size_t>(kind)];
}

// The assignment operator a token stands for, if any.
inline constexpr uint8_t kNotAssignment = 0xff;

inline constexpr auto kAssignOps = [] {
  std::array<uint8_t, kTokenKindCount> ops{};
  for (uint8_t& op : ops) op = kNotAssignment;
#define RUFF_ASSIGN_OP(name, spelling) \
  ops[static_cast<size_t>(KindSpelled(spelling))] = static_cast<uint8_t>(AssignOp::k##name);
#include "ruff/lang/ast/operator.def"
  ops[static_cast<size_t>(TokenKind::kEqual)] = static_cast<uint8_t>(AssignOp::kAssign);
  return ops;
}();

inline bool IsAssignment(TokenKind kind) {
  return kAssignOps[static_cast<size_t>(kind)] != kNotAssignment;
}

// Whether the token can only begin a statement, not continue or begin an expression.
bool IsStatementKeyword(TokenKind kind);

// Whether parsing may go on at the token after an error.
bool CanBeginStatement(TokenKind kind);

inline bool CanBeginType(TokenKind kind) {
  return kind == TokenKind::kIdentifier || kind == TokenKind::kNull ||
         (kind >= TokenKind::kIntType && kind <= TokenKind::kBoolType);
}

}  // namespace ruff::parse

#endif  // RUFF_LANG_PARSE_TOKEN_ROLE_H_
