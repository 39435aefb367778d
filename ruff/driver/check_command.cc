// ruff check: compiles a program without running it.

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/base/json_writer.h"
#include "ruff/driver/arguments.h"
#include "ruff/driver/command.h"
#include "ruff/driver/exit_code.h"
#include "ruff/driver/source_file.h"
#include "ruff/runtime/builtins/output.h"

namespace ruff {
namespace {

constexpr Positional kPositionals[] = {{"FILE", "The program; `-` is standard input"}};
constexpr OptionId kOptions[] = {OptionId::kQuiet, OptionId::kVerbose, OptionId::kJson};
constexpr OptionGroup kGroups[] = {{"Options", kOptions}};
constexpr std::pair<OptionId, OptionId> kExclusive[] = {{OptionId::kQuiet, OptionId::kVerbose}};
constexpr std::string_view kExamples =
    "  ruff check hello.ruff          exit code 0, 3 (syntax) or 4 (other compile errors)\n"
    "  ruff check --json hello.ruff   the result for a program\n";

std::string ResultJson(std::string_view file, size_t statements, size_t instructions) {
  JsonWriter json;
  json.BeginObject();
  json.Key("bytecode_instruction_count").Number(static_cast<int64_t>(instructions));
  json.Key("command").String("check");
  json.Key("file").String(file);
  json.Key("statement_count").Number(static_cast<int64_t>(statements));
  json.Key("status").String("ok");
  json.EndObject();
  return std::move(json).Finish();
}

int Run(const Arguments& arguments) {
  int exit_code = kExitSuccess;
  const SourceFile file = LoadFile(arguments.positionals()[0], FrontendOptions(), &exit_code);
  if (file.module == nullptr) return exit_code;
  size_t instructions = 0;
  for (const FunctionProto& function : file.module->functions) instructions += function.code.size();
  const size_t statements = file.module->statement_count;
  const std::string& name = file.source->name();
  if (arguments.Has(OptionId::kJson)) {
    StandardOutput()->Write(ResultJson(name, statements, instructions));
  } else if (arguments.Has(OptionId::kVerbose)) {
    StandardOutput()->Write(absl::StrCat("check passed: ", name, " (statements=", statements,
                                         ", bytecode_instructions=", instructions, ")\n"));
  } else if (!arguments.Has(OptionId::kQuiet)) {
    StandardOutput()->Write(absl::StrCat("check passed: ", name, "\n"));
  }
  return kExitSuccess;
}

}  // namespace

constexpr Command kCheckCommand = {.name = "check",
                                   .summary = "Look for errors in a program without running it",
                                   .positionals = kPositionals,
                                   .groups = kGroups,
                                   .exclusive = kExclusive,
                                   .examples = kExamples,
                                   .run = Run};

}  // namespace ruff
