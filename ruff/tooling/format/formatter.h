// The formatter: the author's lines, with indentation, spaces and the order of imports set right.
//
// It moves tokens and never changes them: the text that comes out has the tokens and comments of
// the text that went in, except for the order of the imports at the top and the breaks of lines
// that are too long. Formatting what it wrote changes nothing.

#ifndef RUFF_TOOLING_FORMAT_FORMATTER_H_
#define RUFF_TOOLING_FORMAT_FORMATTER_H_

#include <cstdint>
#include <string>

#include "ruff/lang/ast/ast.h"
#include "ruff/lang/lex/token_buffer.h"

namespace ruff {

struct FormatOptions {
  uint32_t indent = 4;         // spaces a level
  uint32_t line_length = 100;  // characters; longer lines are broken behind commas
  bool sort_imports = true;
};

// The formatted text of the source behind `tokens`, whose tree is `ast`: empty, or ended by one
// `\n`. Takes time linear in the size of what it returns.
std::string Format(const TokenBuffer& tokens, const Ast& ast, const FormatOptions& options);

}  // namespace ruff

#endif  // RUFF_TOOLING_FORMAT_FORMATTER_H_
