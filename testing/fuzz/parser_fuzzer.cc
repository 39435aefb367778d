// Any bytes through lexer and parser. There is a tree or there are errors, and every error stands
// inside the source.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "ruff/base/check.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/lex/lexer.h"
#include "ruff/lang/parse/parser.h"
#include "ruff/lang/source/source_buffer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto source =
      ruff::SourceBuffer::FromText("input", std::string(reinterpret_cast<const char*>(data), size));
  if (!source.ok()) return 0;
  ruff::DiagnosticList diagnostics;
  const ruff::TokenBuffer tokens = ruff::Lex(*source, ruff::LexLimits(), &diagnostics);
  if (!diagnostics.empty()) return 0;
  const std::optional<ruff::Ast> ast = ruff::Parse(tokens, ruff::ParseLimits(), &diagnostics);
  RUFF_CHECK(ast.has_value() == diagnostics.empty());
  for (const ruff::Diagnostic& diagnostic : diagnostics) {
    RUFF_CHECK(diagnostic.offset <= source->size());
    (void)source->Locate(diagnostic.offset);
  }
  return 0;
}
