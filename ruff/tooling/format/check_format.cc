#include "ruff/tooling/format/check_format.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "ruff/base/check.h"
#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/lex/lexer.h"
#include "ruff/lang/parse/parser.h"
#include "ruff/lang/source/source_buffer.h"
#include "ruff/tooling/format/element.h"

namespace ruff {
namespace {

struct Formatted {
  std::string text;
  std::vector<std::string> elements;  // of what was formatted
};

std::string WithoutCarriageReturns(std::string text) {
  std::erase(text, '\r');
  return text;
}

std::optional<Formatted> FormatText(std::string text, const FormatOptions& options) {
  const auto source = SourceBuffer::FromText("input", std::move(text));
  if (!source.ok()) return std::nullopt;
  DiagnosticList diagnostics;
  const TokenBuffer tokens = Lex(*source, LexLimits(), &diagnostics);
  if (!diagnostics.empty()) return std::nullopt;
  const std::optional<Ast> ast = Parse(tokens, ParseLimits(), &diagnostics);
  if (!ast.has_value()) return std::nullopt;
  Formatted out = {.text = Format(tokens, *ast, options), .elements = {}};
  for (const Element& element : SplitIntoElements(tokens, *ast)) {
    out.elements.emplace_back(source->text().substr(element.begin, element.end - element.begin));
  }
  return out;
}

}  // namespace

std::optional<std::string> CheckedFormat(std::string text, const FormatOptions& options) {
  // A lone carriage return ends a line, and becomes another line end within a comment.
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && text.substr(i + 1, 1) != "\n") text[i] = '\n';
  }
  std::optional<Formatted> once = FormatText(std::move(text), options);
  if (!once.has_value()) return std::nullopt;
  std::optional<Formatted> twice = FormatText(once->text, options);
  RUFF_CHECK(twice.has_value());
  RUFF_CHECK(once->text == twice->text);
  if (options.sort_imports) {
    std::sort(once->elements.begin(), once->elements.end());
    std::sort(twice->elements.begin(), twice->elements.end());
  }
  RUFF_CHECK(once->elements.size() == twice->elements.size());
  for (size_t i = 0; i < once->elements.size(); ++i) {
    RUFF_CHECK(WithoutCarriageReturns(once->elements[i]) == twice->elements[i]);
  }
  return std::move(once->text);
}

}  // namespace ruff
