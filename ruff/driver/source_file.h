// The way from a command line to a compiled file, with the complaints a person reads.

#ifndef RUFF_DRIVER_SOURCE_FILE_H_
#define RUFF_DRIVER_SOURCE_FILE_H_

#include <memory>
#include <optional>
#include <string>

#include "ruff/driver/arguments.h"
#include "ruff/driver/command.h"
#include "ruff/driver/option.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/bytecode/module.h"
#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/frontend/frontend.h"
#include "ruff/lang/lex/token_buffer.h"
#include "ruff/lang/source/source_buffer.h"

namespace ruff {

// A source and, once it is compiled, its module.
struct SourceFile {
  std::unique_ptr<SourceBuffer> source;
  std::unique_ptr<Module> module;
};

// How a file that cannot be read is reported: as a diagnostic of the command line or as the bare
// sentence.
enum class ReadFailure { kDiagnostic, kSentence };

// Reads `path`, `-` being standard input. A failure is reported.
std::unique_ptr<SourceBuffer> ReadSource(const std::string& path,
                                         ReadFailure failure = ReadFailure::kDiagnostic);
// The source of `ruff -e`. A failure is reported.
std::unique_ptr<SourceBuffer> EvalSource(std::string_view text);

// What stands between a program and its start.
struct CompileFailure {
  DiagnosticList diagnostics;
  Phase phase = Phase::kLex;

  // The exit code it calls for.
  int exit_code() const;
};

// Null after filling `failure`.
std::unique_ptr<Module> CompileProgram(const SourceBuffer& source, const FrontendOptions& options,
                                       CompileFailure* failure);

// Whether `option`, which writes to the file, was given for standard input. That is reported.
bool RefuseForStandardInput(const Command& command, OptionId option, const Arguments& arguments);

// A source taken apart, for tools that work on its text.
struct ParsedSource {
  TokenBuffer tokens;
  Ast ast;
};

// Nothing after adding to `diagnostics`. The source must outlive the result.
std::optional<ParsedSource> ParseSource(const SourceBuffer& source, DiagnosticList* diagnostics);

// Prints every diagnostic to standard error.
void ReportDiagnostics(const SourceBuffer& source, const DiagnosticList& diagnostics);

// Reads and compiles `path`, reporting what goes wrong. Without a module, *exit_code says how to
// end.
SourceFile LoadFile(const std::string& path, const FrontendOptions& options, int* exit_code);

}  // namespace ruff

#endif  // RUFF_DRIVER_SOURCE_FILE_H_
