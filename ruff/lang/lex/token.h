#ifndef RUFF_LANG_LEX_TOKEN_H_
#define RUFF_LANG_LEX_TOKEN_H_

#include <cstdint>
#include <string_view>

namespace ruff {

enum class TokenKind : uint8_t {
#define RUFF_TOKEN(Name) k##Name,
#include "ruff/lang/lex/token_kind.def"
};

inline constexpr int kTokenKindCount = 0
#define RUFF_TOKEN(Name) +1
#include "ruff/lang/lex/token_kind.def"
    ;

// How a kind of token is rendered in messages.
enum class TokenRole : uint8_t {
  kOther,
  kLiteral,
  kPiece,
  kKeyword,
  kBool,
  kOperator,
  kPunctuation
};

TokenRole RoleOf(TokenKind kind);

// The spelling of a keyword, operator or punctuation; empty for other kinds.
std::string_view SpellingOf(TokenKind kind);

// Every reserved word, `true` and `false` included: what may stand as a member name besides an
// identifier.
inline bool IsReservedWord(TokenKind kind) {
  const TokenRole role = RoleOf(kind);
  return role == TokenRole::kKeyword || role == TokenRole::kBool;
}

// One token, eight bytes. Everything else about it is asked from the TokenBuffer.
struct Token {
  static constexpr uint32_t kMaxLength = (1u << 22) - 1;

  uint32_t offset;  // of its first byte in the source
  TokenKind kind;
  uint32_t on_new_line : 1;  // a line end stands between the previous token and this one
  uint32_t has_text : 1;     // the TokenBuffer keeps its text and length aside
  uint32_t length : 22;      // in bytes, unless has_text
};

static_assert(sizeof(Token) == 8);

}  // namespace ruff

#endif  // RUFF_LANG_LEX_TOKEN_H_
