// ruff lint: finds what are most likely mistakes.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ruff/base/json_writer.h"
#include "ruff/driver/arguments.h"
#include "ruff/driver/command.h"
#include "ruff/driver/exit_code.h"
#include "ruff/driver/source_file.h"
#include "ruff/host/posix/whole_file.h"
#include "ruff/runtime/builtins/output.h"
#include "ruff/tooling/lint/linter.h"

namespace ruff {
namespace {

constexpr Positional kPositionals[] = {{"FILE", "The program; `-` is standard input"}};
constexpr OptionId kOptions[] = {OptionId::kFix, OptionId::kJson};
constexpr OptionGroup kGroups[] = {{"Options", kOptions}};
constexpr std::string_view kExamples =
    "  ruff lint hello.ruff          exit code 4 if something is wrong for sure\n"
    "  ruff lint --fix hello.ruff    repair what can be repaired without doubt\n"
    "  ruff lint --json hello.ruff   the findings for a program\n";

std::string IssuesText(std::string_view file, const std::vector<LintIssue>& issues) {
  std::string out;
  for (const LintIssue& issue : issues) {
    const LintRuleTraits& rule = TraitsOf(issue.rule);
    absl::StrAppend(&out, Name(rule.severity), "\t", rule.id, "\t", file, ":", issue.at.line, ":",
                    issue.at.column, "\t", issue.message, "\n");
  }
  return out;
}

std::string IssuesJson(const SourceBuffer& source, const std::vector<LintIssue>& issues) {
  JsonWriter json;
  json.BeginArray();
  for (const LintIssue& issue : issues) {
    const LintRuleTraits& rule = TraitsOf(issue.rule);
    json.BeginObject();
    json.Key("column").Number(issue.at.column);
    json.Key("fix");
    if (issue.fix.has_value()) {
      json.BeginObject();
      json.Key("description").String(issue.fix->description);
      json.Key("replacement_line").String(ReplacementLine(source, issue));
      json.EndObject();
    } else {
      json.Null();
    }
    json.Key("line").Number(issue.at.line);
    json.Key("message").String(issue.message);
    json.Key("rule_id").String(rule.id);
    json.Key("severity").String(Name(rule.severity));
    json.EndObject();
  }
  json.EndArray();
  return std::move(json).Finish();
}

// Repairs the file; false if that fails. What was done is said where it does not mix with JSON.
bool Fix(const SourceBuffer& source, const std::vector<LintIssue>& issues, bool is_json) {
  const bool has_fixes = std::any_of(issues.begin(), issues.end(),
                                     [](const LintIssue& i) { return i.fix.has_value(); });
  if (has_fixes) {
    const FailureText failure = ReplaceFile(source.name(), ApplyFixes(source, issues));
    if (!failure.empty()) {
      StandardOutput()->WriteError(
          absl::StrCat("Failed to write lint fixes to '", source.name(), "': ", failure, "\n"));
      return false;
    }
  }
  const std::string status = has_fixes
                                 ? absl::StrCat("applied safe lint fixes to ", source.name(), "\n")
                                 : "no safe lint fixes applied\n";
  is_json ? StandardOutput()->WriteError(status) : StandardOutput()->Write(status);
  return true;
}

int Run(const Arguments& arguments) {
  const std::string& path = arguments.positionals()[0];
  if (RefuseForStandardInput(kLintCommand, OptionId::kFix, arguments)) return kExitUsage;
  const auto source = ReadSource(path, ReadFailure::kSentence);
  if (source == nullptr) return kExitIo;
  const std::vector<LintIssue> issues = Lint(*source);
  const bool is_json = arguments.Has(OptionId::kJson);
  if (arguments.Has(OptionId::kFix) && !Fix(*source, issues, is_json)) return kExitIo;
  StandardOutput()->Write(is_json ? IssuesJson(*source, issues)
                                  : IssuesText(source->name(), issues));
  const bool has_errors = std::any_of(issues.begin(), issues.end(), [](const LintIssue& issue) {
    return TraitsOf(issue.rule).severity == LintSeverity::kError;
  });
  return has_errors ? kExitRuntime : kExitSuccess;
}

}  // namespace

constexpr Command kLintCommand = {.name = "lint",
                                  .summary = "Find likely mistakes in a program",
                                  .positionals = kPositionals,
                                  .groups = kGroups,
                                  .exclusive = {},
                                  .examples = kExamples,
                                  .run = Run};

}  // namespace ruff
