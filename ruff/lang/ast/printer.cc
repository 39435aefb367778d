// The machine, writing, lists.

#include "ruff/lang/ast/printer.h"

#include <algorithm>
#include <utility>

#include "ruff/lang/ast/printer_machine.h"

namespace ruff {
namespace print {
namespace {

constexpr int kMaxIndent = 40;  // levels; deeper ones are not indented further

}  // namespace

std::string Printer::Run() {
  PutLines(ast_.statements());
  for (;;) {
    stack_.insert(stack_.end(), batch_.rbegin(), batch_.rend());
    batch_.clear();
    if (stack_.empty()) break;
    const Item item = stack_.back();
    stack_.pop_back();
    switch (item.kind) {
      case Item::kText:
        Write(item.text);
        break;
      case Item::kNode:
        Expand(item);
        break;
      case Item::kLine:
        line_pending_ = true;
        break;
      case Item::kIndent:
        ++indent_;
        break;
      case Item::kDedent:
        --indent_;
        break;
      case Item::kOpenEnd:
        open_end_ = true;
        break;
      case Item::kEscaped:
        WriteEscaped(ast_.string(ast_.node(NodeId{item.node}).a));
        break;
    }
  }
  if (!out_.empty()) out_ += '\n';
  return std::move(out_);
}

void Printer::Write(std::string_view text) {
  if (text.empty()) return;
  if (line_pending_) {
    line_pending_ = false;
    if (!out_.empty()) {
      const bool continues = text[0] == '-' || text[0] == '{' || (open_end_ && text[0] != '}');
      if (continues && out_.back() != '{') out_ += ';';
      out_ += '\n';
      out_.append(static_cast<size_t>(2 * std::min(indent_, kMaxIndent)), ' ');
    }
  } else if (!out_.empty() && out_.back() == '?' && (text[0] == '?' || text[0] == '.')) {
    out_ += ' ';  // `??` and `?.` are other tokens
  }
  open_end_ = false;
  out_ += text;
}

void Printer::WriteQuoted(std::string_view text) {
  Write("\"");
  WriteEscaped(text);
  out_ += '"';
}

void Printer::WriteEscaped(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case '"':
        out_ += "\\\"";
        break;
      case '\\':
        out_ += "\\\\";
        break;
      case '\n':
        out_ += "\\n";
        break;
      case '\t':
        out_ += "\\t";
        break;
      case '\r':
        out_ += "\\r";
        break;
      case '$':
        out_ += i + 1 < text.size() && text[i + 1] == '{' ? "\\$" : "$";
        break;
      default:
        out_ += text[i];
    }
  }
}

void Printer::PutList(uint32_t list) {
  std::string_view separator;
  for (uint32_t item : ast_.list(list)) {
    Put(separator);
    PutNode(item);
    separator = ", ";
  }
}

void Printer::PutCall(uint32_t list) {
  Put("(");
  PutList(list);
  Put(")");
}

void Printer::PutLines(absl::Span<const uint32_t> nodes) {
  for (uint32_t node : nodes) {
    Put(Item::kLine);
    PutNode(node);
  }
}

void Printer::PutType(NodeId type) {
  if (type == kNoNode) return;
  Put(": ");
  PutNode(Raw(type));
}

void Printer::Expand(const Item& item) {
  const Node& n = ast_.node(NodeId{item.node});
  switch (n.kind) {
#define RUFF_NODE(name, a, b, doc)
#define RUFF_NODE_EXPR(name, a, b, doc) case NodeKind::k##name:
#include "ruff/lang/ast/node_kind.def"
    return Expression(item);
#define RUFF_NODE(name, a, b, doc)
#define RUFF_NODE_STMT(name, a, b, doc) case NodeKind::k##name:
#include "ruff/lang/ast/node_kind.def"
    return Statement(n);
#define RUFF_NODE(name, a, b, doc)
#define RUFF_NODE_PATTERN(name, a, b, doc) case NodeKind::k##name:
#define RUFF_NODE_CASE(name, a, b, doc) case NodeKind::k##name:
#include "ruff/lang/ast/node_kind.def"
    return Pattern(n);
#define RUFF_NODE(name, a, b, doc)
#define RUFF_NODE_TYPE(name, a, b, doc) case NodeKind::k##name:
#include "ruff/lang/ast/node_kind.def"
    return Type(n);
  }
}

}  // namespace print

std::string PrintAst(const Ast& ast, const PrintOptions& options) {
  return print::Printer(ast, options).Run();
}

}  // namespace ruff
