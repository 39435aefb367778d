#include "ruff/lang/parse/parse_text.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ruff/base/check.h"
#include "ruff/lang/ast/printer.h"
#include "ruff/lang/lex/lexer.h"

namespace ruff {

Parsed ParseText(std::string text, const ParseLimits& limits) {
  absl::StatusOr<SourceBuffer> source = SourceBuffer::FromText("test.ruff", std::move(text));
  RUFF_CHECK(source.ok());
  DiagnosticList diagnostics;
  const TokenBuffer tokens = Lex(*source, LexLimits{}, &diagnostics);
  Parsed parsed;
  if (diagnostics.empty()) parsed.ast = Parse(tokens, limits, &diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) {
    const LineColumn place = source->Locate(diagnostic.offset);
    parsed.errors.push_back(absl::StrCat(place.line, ":", place.column, " ", diagnostic.message));
  }
  RUFF_CHECK(parsed.ast.has_value() == parsed.errors.empty());
  return parsed;
}

std::string Read(std::string text) {
  const Parsed parsed = ParseText(std::move(text));
  if (!parsed.ast) return absl::StrJoin(parsed.errors, "\n");
  std::string printed = PrintAst(*parsed.ast, {.group_everything = true});
  if (!printed.empty()) printed.pop_back();
  return printed;
}

std::string ErrorsOf(std::string text, const ParseLimits& limits) {
  return absl::StrJoin(ParseText(std::move(text), limits).errors, "\n");
}

bool SameTree(const Ast& a, const Ast& b) {
  if (a.node_count() != b.node_count() || a.memory_bytes() != b.memory_bytes()) return false;
  for (size_t i = 0; i < a.node_count(); ++i) {
    const Node& x = a.node(NodeId{static_cast<uint32_t>(i)});
    const Node& y = b.node(NodeId{static_cast<uint32_t>(i)});
    if (x.kind != y.kind || x.op != y.op || x.flags != y.flags || x.a != y.a || x.b != y.b) {
      return false;
    }
  }
  return true;
}

}  // namespace ruff
