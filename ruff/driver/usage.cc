#include "ruff/driver/usage.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ruff/driver/nearest.h"

namespace ruff {
namespace {

constexpr std::string_view kTopLevelUsage =
    "Usage: ruff <COMMAND> [OPTIONS] [ARGS]...\n"
    "       ruff <FILE> [ARGS]...\n"
    "       ruff -e <EVAL> [ARGS]...\n";
constexpr OptionId kTopLevelOptions[] = {OptionId::kEval, OptionId::kHelp, OptionId::kVersion};
constexpr OptionId kHelpOption[] = {OptionId::kHelp};
constexpr std::string_view kTopLevelExamples =
    "  ruff run hello.ruff          run a program\n"
    "  ruff hello.ruff a b          the same, with arguments\n"
    "  ruff -e 'print(1 + 2)'       run a line of code\n"
    "  ruff check hello.ruff        look for errors without running it\n"
    "  ruff repl                    type code, see results\n"
    "  ruff help run                what `run` can do\n";

// Two columns: what is typed and what it means.
using Rows = std::vector<std::pair<std::string, std::string>>;

void AppendSection(std::string_view title, const Rows& rows, std::string* out) {
  if (rows.empty()) return;
  size_t width = 0;
  for (const auto& [left, right] : rows) width = std::max(width, left.size());
  absl::StrAppend(out, "\n", title, ":\n");
  for (const auto& [left, right] : rows) {
    absl::StrAppend(out, "  ", left, std::string(width - left.size() + 2, ' '), right, "\n");
  }
}

void AppendExamples(std::string_view examples, std::string* out) {
  if (!examples.empty()) absl::StrAppend(out, "\nExamples:\n", examples);
}

Rows OptionRows(absl::Span<const OptionId> options) {
  Rows rows;
  for (const OptionId id : options) {
    const OptionInfo& option = InfoOf(id);
    std::string letter = option.letter != 0 ? absl::StrCat("-", std::string(1, option.letter), ", ")
                                            : std::string("    ");
    std::string help(option.help);
    if (option.kind == OptionKind::kChoice) {
      absl::StrAppend(&help, " [", absl::StrReplaceAll(option.choices, {{" ", ", "}}), "]");
    }
    rows.emplace_back(absl::StrCat(letter, OptionUsage(option)), std::move(help));
  }
  return rows;
}

std::string PositionalUsage(const Positional& positional) {
  return positional.is_required ? absl::StrCat("<", positional.name, ">")
                                : absl::StrCat("[", positional.name, "]");
}

// "Usage: …" of a command, one line for each of its forms.
std::string CommandUsage(const Command& command) {
  const std::string_view rest = command.has_program_arguments ? " [ARGS]..." : "";
  std::string out = absl::StrCat("Usage: ruff ", command.name, " [OPTIONS]");
  for (const Positional& positional : command.positionals) {
    absl::StrAppend(&out, " ", PositionalUsage(positional));
  }
  absl::StrAppend(&out, rest, "\n");
  if (command.instead_of_positionals.has_value()) {
    absl::StrAppend(&out, "       ruff ", command.name, " [OPTIONS] ",
                    OptionUsage(InfoOf(*command.instead_of_positionals)), rest, "\n");
  }
  return out;
}

std::string Tip(std::string_view what, std::string_view word) {
  return word.empty() ? "" : absl::StrCat("tip: a similar ", what, " exists: '", word, "'");
}

std::string NearestOption(std::string_view word, std::vector<std::string_view> names) {
  return Tip("argument", NearestWord(word.substr(0, word.find('=')), names));
}

}  // namespace

std::string TopLevelHelp(Commands commands) {
  std::string out = absl::StrCat("The Ruff programming language\n\n", kTopLevelUsage);
  Rows rows;
  for (const Command* command : commands) {
    rows.emplace_back(std::string(command->name), std::string(command->summary));
  }
  AppendSection("Commands", rows, &out);
  AppendSection("Options", OptionRows(kTopLevelOptions), &out);
  AppendExamples(kTopLevelExamples, &out);
  return out;
}

std::string CommandHelp(const Command& command) {
  std::string out = absl::StrCat(command.summary, "\n\n", CommandUsage(command));
  Rows positionals;
  for (const Positional& positional : command.positionals) {
    positionals.emplace_back(PositionalUsage(positional), std::string(positional.help));
  }
  if (command.has_program_arguments) {
    positionals.emplace_back("[ARGS]...", "What args() gives to the program");
  }
  AppendSection("Arguments", positionals, &out);
  bool has_help = false;
  for (const OptionGroup& group : command.groups) {
    Rows rows = OptionRows(group.options);
    if (!std::exchange(has_help, true)) rows.push_back(OptionRows(kHelpOption)[0]);
    AppendSection(group.title, rows, &out);
  }
  if (!has_help) AppendSection("Options", OptionRows(kHelpOption), &out);
  AppendExamples(command.examples, &out);
  return out;
}

std::string UsageError(const Command* command, std::string_view first_lines, std::string_view tip) {
  std::string out = absl::StrCat(first_lines, "\n\n");
  if (!tip.empty()) absl::StrAppend(&out, "  ", tip, "\n\n");
  absl::StrAppend(&out, command == nullptr ? std::string(kTopLevelUsage) : CommandUsage(*command),
                  "\nFor more information, try '--help'.\n");
  return out;
}

std::string UnknownCommandError(std::string_view word, Commands commands) {
  std::vector<std::string_view> names;
  for (const Command* command : commands) names.push_back(command->name);
  return UsageError(nullptr, absl::StrCat("error: unrecognized subcommand '", word, "'"),
                    Tip("subcommand", NearestWord(word, names)));
}

std::string UnknownOptionError(std::string_view word) {
  std::vector<std::string_view> names;
  for (const OptionId id : kTopLevelOptions) names.push_back(InfoOf(id).name);
  return UsageError(nullptr, absl::StrCat("error: unexpected argument '", word, "' found"),
                    NearestOption(word, std::move(names)));
}

std::string SimilarOptionTip(std::string_view word, const Command& command) {
  std::vector<std::string_view> names = {InfoOf(OptionId::kHelp).name};
  for (const OptionGroup& group : command.groups) {
    for (const OptionId id : group.options) names.push_back(InfoOf(id).name);
  }
  return NearestOption(word, std::move(names));
}

}  // namespace ruff
