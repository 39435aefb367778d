// The printer works off a stack of items: texts, nodes, line breaks. Printing a node replaces it by
// the items it consists of. Operator chains therefore grow the stack of items, never the call
// stack.
//
// A statement ends where the next token cannot continue it, so two lines may need a `;` between
// them. That is known only when the first text of the second line comes, so line breaks are written
// late.

#ifndef RUFF_LANG_AST_PRINTER_MACHINE_H_
#define RUFF_LANG_AST_PRINTER_MACHINE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/ast/printer.h"

namespace ruff::print {

// What surrounds an expression.
struct Context {
  uint8_t precedence = 0;  // of the tightest operator beside it
  bool last = true;        // nothing of the expression around it follows
  bool header = false;     // a block follows the expression around it
};

struct Item {
  enum Kind : uint8_t { kText, kNode, kLine, kIndent, kDedent, kOpenEnd, kEscaped };

  Kind kind;
  bool in_parentheses = false;  // the node's own parentheses are written
  Context context = {};
  uint32_t node = 0;
  std::string_view text = {};
};

class Printer {
 public:
  Printer(const Ast& ast, const PrintOptions& options) : ast_(ast), options_(options) {}

  std::string Run();

 private:
  // Items of the node being expanded, in order.
  void Put(std::string_view text) { batch_.push_back({.kind = Item::kText, .text = text}); }
  void Put(NameId name) { Put(ast_.name(name)); }
  void Put(Item::Kind kind) { batch_.push_back({.kind = kind}); }
  void PutNode(uint32_t node, Context context = {}) {
    batch_.push_back({.kind = Item::kNode, .context = context, .node = node});
  }
  void PutHeader(uint32_t node) { PutNode(node, {.header = true}); }
  void PutList(uint32_t list);
  void PutCall(uint32_t list);
  void PutType(NodeId type);
  void PutLines(absl::Span<const uint32_t> nodes);

  void Expand(const Item& item);
  void Expression(const Item& item);
  bool NeedsParentheses(const Node& n, const Item& item) const;
  void Interpolated(const Node& n);
  void Statement(const Node& n);
  void Pattern(const Node& n);
  void Type(const Node& n);
  void Function(const FunctionNode& f);
  void Struct(const StructNode& s);

  void Write(std::string_view text);
  void WriteQuoted(std::string_view text);
  void WriteEscaped(std::string_view text);

  const Ast& ast_;
  const PrintOptions options_;
  std::string out_;
  std::vector<Item> stack_;
  std::vector<Item> batch_;
  int indent_ = 0;
  bool line_pending_ = false;
  bool open_end_ = false;  // the last text would take an expression on the next line
};

}  // namespace ruff::print

#endif  // RUFF_LANG_AST_PRINTER_MACHINE_H_
