#include "ruff/lang/lex/token.h"

namespace ruff {
namespace {

struct Traits {
  TokenRole role;
  std::string_view spelling;
};

constexpr Traits kTraits[] = {
#define RUFF_TOKEN(Name) {TokenRole::kOther, ""},
#define RUFF_LITERAL(Name) {TokenRole::kLiteral, ""},
#define RUFF_PIECE(Name) {TokenRole::kPiece, ""},
#define RUFF_KEYWORD(Name, spelling) {TokenRole::kKeyword, spelling},
#define RUFF_BOOL(Name, spelling) {TokenRole::kBool, spelling},
#define RUFF_OPERATOR(Name, spelling) {TokenRole::kOperator, spelling},
#define RUFF_PUNCTUATION(Name, spelling) {TokenRole::kPunctuation, spelling},
#include "ruff/lang/lex/token_kind.def"
};

}  // namespace

TokenRole RoleOf(TokenKind kind) { return kTraits[static_cast<int>(kind)].role; }

std::string_view SpellingOf(TokenKind kind) { return kTraits[static_cast<int>(kind)].spelling; }

}  // namespace ruff
