#ifndef RUFF_LANG_AST_PRINTER_H_
#define RUFF_LANG_AST_PRINTER_H_

#include <string>

#include "ruff/lang/ast/ast.h"

namespace ruff {

struct PrintOptions {
  bool group_everything = false;  // parentheses around every operation, to show how a text was read
};

// Source text that parses to `ast` again: one statement a line, parentheses where they stood or are
// needed. Comments and layout of the original are not known to the tree. Takes time linear in the
// tree and a constant amount of stack.
std::string PrintAst(const Ast& ast, const PrintOptions& options = {});

}  // namespace ruff

#endif  // RUFF_LANG_AST_PRINTER_H_
