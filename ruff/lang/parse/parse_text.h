// Helpers of the parser's tests.

#ifndef RUFF_LANG_PARSE_PARSE_TEXT_H_
#define RUFF_LANG_PARSE_PARSE_TEXT_H_

#include <optional>
#include <string>
#include <vector>

#include "ruff/lang/ast/ast.h"
#include "ruff/lang/parse/parser.h"

namespace ruff {

struct Parsed {
  std::optional<Ast> ast;
  std::vector<std::string> errors;  // "LINE:COLUMN MESSAGE", lexical ones included
};

Parsed ParseText(std::string text, const ParseLimits& limits = {});

// The program printed with parentheses around every operation, without the final line end; or the
// errors, one a line.
std::string Read(std::string text);

// The errors, one a line; empty if there are none.
std::string ErrorsOf(std::string text, const ParseLimits& limits = {});

// Whether two trees are the same but for positions.
bool SameTree(const Ast& a, const Ast& b);

}  // namespace ruff

#endif  // RUFF_LANG_PARSE_PARSE_TEXT_H_
