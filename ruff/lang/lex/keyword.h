#ifndef RUFF_LANG_LEX_KEYWORD_H_
#define RUFF_LANG_LEX_KEYWORD_H_

#include <string_view>

#include "ruff/lang/lex/token.h"

namespace ruff {

// The kind of the reserved word `word` (not empty); kIdentifier for every other word.
TokenKind FindKeyword(std::string_view word);

}  // namespace ruff

#endif  // RUFF_LANG_LEX_KEYWORD_H_
