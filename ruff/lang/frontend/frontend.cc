#include "ruff/lang/frontend/frontend.h"

#include <optional>

#include "ruff/base/check.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/bytecode/verifier.h"
#include "ruff/lang/lex/token_buffer.h"

namespace ruff {
namespace {

std::optional<Ast> ParseSource(const SourceBuffer& source, const FrontendOptions& options,
                               DiagnosticList* diagnostics, Phase* failed) {
  *failed = Phase::kLex;
  const TokenBuffer tokens = Lex(source, options.lex, diagnostics);
  if (!diagnostics->empty()) return std::nullopt;
  *failed = Phase::kParse;
  return Parse(tokens, options.parse, diagnostics);
}

}  // namespace

std::unique_ptr<Module> CompileSource(const SourceBuffer& source, const FrontendOptions& options,
                                      DiagnosticList* diagnostics, Phase* failed) {
  const std::optional<Ast> ast = ParseSource(source, options, diagnostics, failed);
  if (!ast.has_value() || !diagnostics->empty()) return nullptr;
  *failed = Phase::kCompile;
  std::unique_ptr<Module> module = Compile(source, *ast, options.compile, diagnostics);
  RUFF_DCHECK(module == nullptr || VerifyModule(*module).ok());
  return module;
}

}  // namespace ruff
