// ruff format: sets indentation, spaces and imports of a program right.

#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/base/json_writer.h"
#include "ruff/driver/arguments.h"
#include "ruff/driver/command.h"
#include "ruff/driver/exit_code.h"
#include "ruff/driver/source_file.h"
#include "ruff/host/posix/whole_file.h"
#include "ruff/runtime/builtins/output.h"
#include "ruff/tooling/format/formatter.h"

namespace ruff {
namespace {

constexpr Positional kPositionals[] = {{"FILE", "The program; `-` is standard input"}};
constexpr OptionId kModes[] = {OptionId::kWrite, OptionId::kCheck, OptionId::kJson};
constexpr OptionId kStyle[] = {OptionId::kIndent, OptionId::kLineLength, OptionId::kNoSortImports};
constexpr OptionGroup kGroups[] = {{"Options", kModes}, {"Style", kStyle}};
constexpr std::pair<OptionId, OptionId> kExclusive[] = {{OptionId::kCheck, OptionId::kWrite}};
constexpr std::string_view kExamples =
    "  ruff format hello.ruff           print the formatted program\n"
    "  ruff format --write hello.ruff   format the file\n"
    "  ruff format --check hello.ruff   exit code 4 if it is not formatted\n"
    "  ruff format - < hello.ruff       for editors\n";

std::string_view Status(const Arguments& arguments, bool changed) {
  if (arguments.Has(OptionId::kWrite)) return "written";
  if (!arguments.Has(OptionId::kCheck)) return "preview";
  return changed ? "needs_formatting" : "already_formatted";
}

std::string ResultJson(const Arguments& arguments, const FormatOptions& options,
                       std::string_view file, const std::string& formatted, bool changed) {
  const bool is_written = arguments.Has(OptionId::kWrite);
  JsonWriter json;
  json.BeginObject();
  json.Key("changed").Bool(changed);
  json.Key("command").String("format");
  json.Key("file").String(file);
  json.Key("formatted_source");
  is_written ? json.Null() : json.String(formatted);
  json.Key("options").BeginObject();
  json.Key("check").Bool(arguments.Has(OptionId::kCheck));
  json.Key("indent").Number(options.indent);
  json.Key("line_length").Number(options.line_length);
  json.Key("sort_imports").Bool(options.sort_imports);
  json.Key("write").Bool(is_written);
  json.EndObject();
  json.Key("status").String(Status(arguments, changed));
  json.EndObject();
  return std::move(json).Finish();
}

std::string ResultText(const Arguments& arguments, std::string_view file,
                       const std::string& formatted, bool changed) {
  if (arguments.Has(OptionId::kWrite)) return absl::StrCat("formatted ", file, "\n");
  if (!arguments.Has(OptionId::kCheck)) return formatted;
  return changed ? "needs formatting\n" : "already formatted\n";
}

int Run(const Arguments& arguments) {
  const std::string& path = arguments.positionals()[0];
  if (RefuseForStandardInput(kFormatCommand, OptionId::kWrite, arguments)) return kExitUsage;
  const auto source = ReadSource(path, ReadFailure::kSentence);
  if (source == nullptr) return kExitIo;
  DiagnosticList diagnostics;
  const std::optional<ParsedSource> parsed = ParseSource(*source, &diagnostics);
  if (!parsed.has_value()) {
    ReportDiagnostics(*source, diagnostics);
    return kExitSyntax;
  }
  FormatOptions options;
  options.indent = static_cast<uint32_t>(arguments.Number(OptionId::kIndent, options.indent));
  options.line_length =
      static_cast<uint32_t>(arguments.Number(OptionId::kLineLength, options.line_length));
  options.sort_imports = !arguments.Has(OptionId::kNoSortImports);
  const std::string formatted = Format(parsed->tokens, parsed->ast, options);
  const bool changed = formatted != source->text();
  if (arguments.Has(OptionId::kWrite) && changed) {
    if (const FailureText failure = ReplaceFile(path, formatted); !failure.empty()) {
      StandardOutput()->WriteError(
          absl::StrCat("Failed to write formatted file '", path, "': ", failure, "\n"));
      return kExitIo;
    }
  }
  StandardOutput()->Write(arguments.Has(OptionId::kJson)
                              ? ResultJson(arguments, options, source->name(), formatted, changed)
                              : ResultText(arguments, source->name(), formatted, changed));
  return arguments.Has(OptionId::kCheck) && changed ? kExitRuntime : kExitSuccess;
}

}  // namespace

constexpr Command kFormatCommand = {.name = "format",
                                    .summary = "Set indentation and spaces of a program right",
                                    .positionals = kPositionals,
                                    .groups = kGroups,
                                    .exclusive = kExclusive,
                                    .examples = kExamples,
                                    .run = Run};

}  // namespace ruff
