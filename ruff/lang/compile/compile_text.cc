#include "ruff/lang/compile/compile_text.h"

#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ruff/base/check.h"
#include "ruff/lang/bytecode/disassembler.h"
#include "ruff/lang/bytecode/verifier.h"
#include "ruff/lang/lex/lexer.h"
#include "ruff/lang/parse/parser.h"
#include "ruff/lang/source/source_buffer.h"

namespace ruff {

Compiled CompileText(std::string text, const CompileOptions& options) {
  absl::StatusOr<SourceBuffer> source = SourceBuffer::FromText("test.ruff", std::move(text));
  RUFF_CHECK(source.ok());
  DiagnosticList diagnostics;
  Compiled compiled;
  const TokenBuffer tokens = Lex(*source, LexLimits{}, &diagnostics);
  std::optional<Ast> ast;
  if (diagnostics.empty()) ast = Parse(tokens, ParseLimits{}, &diagnostics);
  if (ast.has_value()) compiled.module = Compile(*source, *ast, options, &diagnostics);
  RUFF_CHECK(diagnostics.empty() == (compiled.module != nullptr));
  if (!diagnostics.empty()) {
    const LineColumn place = source->Locate(diagnostics[0].offset);
    compiled.error = absl::StrCat(place.line, ":", place.column, " ", diagnostics[0].message);
    return compiled;
  }
  const absl::Status status = VerifyModule(*compiled.module);
  if (!status.ok()) {
    compiled.error = absl::StrCat(status.message(), "\n", Disassemble(*compiled.module));
    compiled.module = nullptr;
  }
  return compiled;
}

std::string CodeOf(std::string text, uint32_t index, const CompileOptions& options) {
  const Compiled compiled = CompileText(std::move(text), options);
  if (compiled.module == nullptr) return compiled.error;
  return DisassembleFunction(*compiled.module, index, [](uint32_t) { return std::string(); });
}

}  // namespace ruff
