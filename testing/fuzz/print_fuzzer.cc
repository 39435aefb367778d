// Whatever parses can be printed; the print parses, and prints as itself.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "ruff/base/check.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/ast/printer.h"
#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/lex/lexer.h"
#include "ruff/lang/parse/parser.h"
#include "ruff/lang/source/source_buffer.h"

namespace ruff {
namespace {

// Printing adds parentheses, so what is printed may nest deeper than what was read.
constexpr ParseLimits kRead{.expression_depth = 500, .block_depth = 500};
constexpr ParseLimits kReread{.expression_depth = 10'000, .block_depth = 10'000};

std::optional<std::string> Print(std::string text, const ParseLimits& limits, bool group) {
  const auto source = SourceBuffer::FromText("input", std::move(text));
  if (!source.ok()) return std::nullopt;
  DiagnosticList diagnostics;
  const TokenBuffer tokens = Lex(*source, LexLimits(), &diagnostics);
  if (!diagnostics.empty()) return std::nullopt;
  const std::optional<Ast> ast = Parse(tokens, limits, &diagnostics);
  if (!ast.has_value()) return std::nullopt;
  return PrintAst(*ast, {.group_everything = group});
}

}  // namespace
}  // namespace ruff

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const bool group : {false, true}) {
    const std::optional<std::string> once = ruff::Print(text, ruff::kRead, group);
    if (!once.has_value()) return 0;
    const std::optional<std::string> twice = ruff::Print(*once, ruff::kReread, group);
    RUFF_CHECK(twice.has_value());
    RUFF_CHECK(*once == *twice);
  }
  return 0;
}
