#ifndef RUFF_LANG_LEX_LEXER_H_
#define RUFF_LANG_LEX_LEXER_H_

#include <cstdint>

#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/lex/token_buffer.h"
#include "ruff/lang/source/source_buffer.h"

namespace ruff {

// Bounds on what the lexer accepts; beyond them it reports a diagnostic.
struct LexLimits {
  uint32_t source_bytes = 256u << 20;
  uint32_t identifier_characters = 65'536;
  uint32_t string_characters = UINT32_MAX;  // per text part
  uint32_t number_characters = 512;
  uint32_t diagnostics = 1'000'000;  // later ones are not reported
};

// Splits `source` into tokens. Lexical errors are appended to `diagnostics`, except those inside
// `${…}`, which become kError tokens for the parser to report. If anything was appended, the tokens
// are well formed but not meant to be parsed.
//
// Takes time linear in the source and no stack.
TokenBuffer Lex(const SourceBuffer& source, const LexLimits& limits, DiagnosticList* diagnostics);

}  // namespace ruff

#endif  // RUFF_LANG_LEX_LEXER_H_
