#ifndef RUFF_LANG_PARSE_PARSER_H_
#define RUFF_LANG_PARSE_PARSER_H_

#include <cstdint>
#include <optional>

#include "ruff/lang/ast/ast.h"
#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/lex/token_buffer.h"

namespace ruff {

// Bounds on what the parser accepts; beyond them it reports a diagnostic. The depths are bounds on
// the height of the tree, for the sake of what walks it; the parser itself needs none.
struct ParseLimits {
  static constexpr uint32_t kMaxDepth = 10'000;  // larger depths count as this one

  uint32_t expression_depth = 2'000;
  uint32_t block_depth = 2'000;
  uint32_t diagnostics = 1'000'000;  // parsing stops after so many
};

// The syntax tree of `tokens`, which must come from a lexer that reported nothing. Syntax errors
// are appended to `diagnostics`, several per source; then there is no tree.
//
// Takes time linear in the number of tokens and a constant amount of stack.
std::optional<Ast> Parse(const TokenBuffer& tokens, const ParseLimits& limits,
                         DiagnosticList* diagnostics);

}  // namespace ruff

#endif  // RUFF_LANG_PARSE_PARSER_H_
