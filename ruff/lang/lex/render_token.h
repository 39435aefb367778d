#ifndef RUFF_LANG_LEX_RENDER_TOKEN_H_
#define RUFF_LANG_LEX_RENDER_TOKEN_H_

#include <cstdint>
#include <string>

#include "ruff/lang/lex/token_buffer.h"

namespace ruff {

// The token at `index` as messages show it: `Identifier("x")`, `Keyword("let")`, `Float(1.0)`,
// `Punctuation('(')`, `Eof`. A kInterpolationStart stands for its whole string. A
// kInterpolationExprEnd, where the text of an expression ends, is `Eof`.
std::string RenderToken(const TokenBuffer& tokens, uint32_t index);

}  // namespace ruff

#endif  // RUFF_LANG_LEX_RENDER_TOKEN_H_
