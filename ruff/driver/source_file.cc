#include "ruff/driver/source_file.h"

#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/driver/exit_code.h"
#include "ruff/driver/terminal.h"
#include "ruff/driver/usage.h"
#include "ruff/lang/diagnostics/render.h"
#include "ruff/lang/lex/lexer.h"
#include "ruff/lang/parse/parser.h"
#include "ruff/runtime/builtins/output.h"

namespace ruff {
namespace {

constexpr std::string_view kEvalName = "<eval>";

std::unique_ptr<SourceBuffer> Checked(absl::StatusOr<SourceBuffer> source, std::string_view name,
                                      ReadFailure failure = ReadFailure::kDiagnostic) {
  if (source.ok()) return std::make_unique<SourceBuffer>(*std::move(source));
  const DiagnosticTraits& cli = TraitsOf(DiagnosticKind::kCli);
  const std::string prefix = failure == ReadFailure::kSentence
                                 ? ""
                                 : absl::StrCat("[", cli.code, "] [", cli.subsystem, "] error: ");
  StandardOutput()->WriteError(absl::StrCat(prefix, "Failed to read .ruff file '", name,
                                            "': ", source.status().message(), "\n"));
  return nullptr;
}

}  // namespace

std::unique_ptr<SourceBuffer> ReadSource(const std::string& path, ReadFailure failure) {
  if (path == "-") return Checked(SourceBuffer::FromStdin(), "<stdin>", failure);
  return Checked(SourceBuffer::FromFile(path), path, failure);
}

std::unique_ptr<SourceBuffer> EvalSource(std::string_view text) {
  return Checked(SourceBuffer::FromText(std::string(kEvalName), std::string(text)), kEvalName);
}

int CompileFailure::exit_code() const {
  return phase == Phase::kCompile ? kExitRuntime : kExitSyntax;
}

std::unique_ptr<Module> CompileProgram(const SourceBuffer& source, const FrontendOptions& options,
                                       CompileFailure* failure) {
  return CompileSource(source, options, &failure->diagnostics, &failure->phase);
}

bool RefuseForStandardInput(const Command& command, OptionId option, const Arguments& arguments) {
  if (!arguments.Has(option) || arguments.positionals()[0] != "-") return false;
  StandardOutput()->WriteError(UsageError(
      &command,
      absl::StrCat("error: the argument '", InfoOf(option).name, "' cannot be used with '-'")));
  return true;
}

std::optional<ParsedSource> ParseSource(const SourceBuffer& source, DiagnosticList* diagnostics) {
  TokenBuffer tokens = Lex(source, LexLimits(), diagnostics);
  if (!diagnostics->empty()) return std::nullopt;
  std::optional<Ast> ast = Parse(tokens, ParseLimits(), diagnostics);
  if (!ast.has_value()) return std::nullopt;
  return ParsedSource{std::move(tokens), *std::move(ast)};
}

void ReportDiagnostics(const SourceBuffer& source, const DiagnosticList& diagnostics) {
  const RenderOptions options = {.color = UseColor(STDERR_FILENO),
                                 .show_source = IsTerminal(STDERR_FILENO)};
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    text += RenderHuman(source, diagnostic, options);
  }
  StandardOutput()->WriteError(text);
}

SourceFile LoadFile(const std::string& path, const FrontendOptions& options, int* exit_code) {
  SourceFile file = {.source = ReadSource(path), .module = nullptr};
  if (file.source == nullptr) {
    *exit_code = kExitIo;
    return file;
  }
  CompileFailure failure;
  file.module = CompileProgram(*file.source, options, &failure);
  if (file.module == nullptr) {
    ReportDiagnostics(*file.source, failure.diagnostics);
    *exit_code = failure.exit_code();
  }
  return file;
}

}  // namespace ruff
