// From source text to bytecode: lex, parse and compile a file in one call.

#ifndef RUFF_LANG_FRONTEND_FRONTEND_H_
#define RUFF_LANG_FRONTEND_FRONTEND_H_

#include <memory>

#include "ruff/lang/bytecode/module.h"
#include "ruff/lang/compile/compile.h"
#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/lex/lexer.h"
#include "ruff/lang/parse/parser.h"
#include "ruff/lang/source/source_buffer.h"

namespace ruff {

struct FrontendOptions {
  LexLimits lex;
  ParseLimits parse;
  CompileOptions compile;
};

// Which phase found the errors.
enum class Phase : uint8_t { kLex, kParse, kCompile };

// Null after appending to `diagnostics`, with `*failed` set. Tokens and tree are freed as soon as
// the next phase is done with them.
std::unique_ptr<Module> CompileSource(const SourceBuffer& source, const FrontendOptions& options,
                                      DiagnosticList* diagnostics, Phase* failed);

}  // namespace ruff

#endif  // RUFF_LANG_FRONTEND_FRONTEND_H_
