#include "ruff/driver/repl/repl.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ruff/driver/exit_code.h"
#include "ruff/driver/repl/input.h"
#include "ruff/driver/repl/screen.h"
#include "ruff/driver/repl/session.h"
#include "ruff/runtime/builtins/output.h"
#include "ruff/runtime/builtins/registry.h"

namespace ruff {
namespace {

constexpr std::string_view kFunctionHelp = ".help";

class Repl {
 public:
  Repl(const ProgramOptions& options, LineReader& reader)
      : options_(options), reader_(reader), session_(std::make_unique<ReplSession>(options)) {}

  int Run();

 private:
  using Action = void (Repl::*)();
  struct ColonCommand {
    std::string_view name;
    Action action;
  };
  static const ColonCommand kColonCommands[];

  void Help() { Print(HelpScreen()); }
  void Quit() { is_over_ = true; }
  void Clear() { Print(absl::StrCat(kClearScreen, Banner())); }
  void ShowVariables();
  void Reset();

  // False when `line` is no command.
  bool RunCommand(std::string_view line);
  void RunFunctionHelp(std::string_view arguments);
  void Evaluate(std::string input);
  std::vector<std::string> Candidates(std::string_view word) const;
  static void Print(std::string_view text) { StandardOutput()->Write(text); }

  const ProgramOptions& options_;
  LineReader& reader_;
  std::unique_ptr<ReplSession> session_;
  ReplInput input_;
  bool is_over_ = false;
  std::optional<int> exit_code_;  // asked for by the program
};

const Repl::ColonCommand Repl::kColonCommands[] = {
    {":help", &Repl::Help},       {":h", &Repl::Help},
    {":quit", &Repl::Quit},       {":q", &Repl::Quit},
    {":exit", &Repl::Quit},       {":clear", &Repl::Clear},
    {":c", &Repl::Clear},         {":vars", &Repl::ShowVariables},
    {":v", &Repl::ShowVariables}, {":reset", &Repl::Reset},
    {":r", &Repl::Reset},
};

void Repl::ShowVariables() {
  std::string text = "\nDefined Variables:\n\n";
  const std::vector<std::string> names = session_->Names();
  if (names.empty()) text += "  (none)\n";
  for (const std::string& name : names) {
    absl::StrAppend(&text, "  ", session_->Describe(name), "\n");
  }
  Print(text + "\n");
}

void Repl::Reset() {
  session_.reset();
  session_ = std::make_unique<ReplSession>(options_);
  Print("✓ Environment reset\n");
}

void Repl::RunFunctionHelp(std::string_view arguments) {
  const std::vector<std::string> words =
      absl::StrSplit(arguments, absl::ByAnyChar(" \t"), absl::SkipEmpty());
  Print(words.size() == 1 ? FunctionHelp(words[0]) : "Error: Use .help <function>\n");
}

bool Repl::RunCommand(std::string_view line) {
  const std::string_view command = absl::StripAsciiWhitespace(line);
  if (absl::StartsWith(command, ":")) {
    for (const ColonCommand& known : kColonCommands) {
      if (known.name != command) continue;
      (this->*known.action)();
      return true;
    }
    Print(absl::StrCat("Error: Unknown command: ", command,
                       ". Type :help for available commands.\n"));
    return true;
  }
  const std::string_view rest = command.substr(std::min(kFunctionHelp.size(), command.size()));
  const bool is_whole_word =
      rest.empty() || absl::ascii_isspace(static_cast<unsigned char>(rest[0]));
  if (!absl::StartsWith(command, kFunctionHelp) || !is_whole_word) return false;
  RunFunctionHelp(rest);
  return true;
}

void Repl::Evaluate(std::string input) {
  if (absl::StripAsciiWhitespace(input).empty()) return;
  exit_code_ = session_->Evaluate(std::move(input));
  is_over_ = exit_code_.has_value();
}

std::vector<std::string> Repl::Candidates(std::string_view word) const {
  std::vector<std::string> candidates;
  const auto offer = [&](std::string_view candidate) {
    if (absl::StartsWith(candidate, word)) candidates.emplace_back(candidate);
  };
  if (word.empty()) return candidates;
  for (const ColonCommand& command : kColonCommands) offer(command.name);
  offer(kFunctionHelp);
  for (const std::string& name : session_->Names()) offer(name);
  for (const NativeFunction* native : AllNatives()) {
    if ((native->flags & NativeFunction::kHidden) == 0) offer(native->name);
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  return candidates;
}

int Repl::Run() {
  Print(Banner());
  const auto complete = [this](std::string_view word) { return Candidates(word); };
  std::string line;
  while (!is_over_) {
    switch (reader_.Read(input_.empty() ? kPrompt : kContinuationPrompt, complete, &line)) {
      case LineReader::Result::kLine:
        if (input_.empty() && RunCommand(line)) break;
        if (input_.AddLine(line)) Evaluate(input_.Take());
        break;
      case LineReader::Result::kInterrupted:
        input_.Take();
        Print(kInterruptNotice);
        break;
      case LineReader::Result::kEnd:
        if (!input_.empty()) Evaluate(input_.Take());
        if (!exit_code_.has_value()) exit_code_ = session_->Finish();
        if (!exit_code_.has_value()) Print("\n");
        is_over_ = true;
        break;
    }
  }
  if (!exit_code_.has_value()) Print(kGoodbye);
  return exit_code_.value_or(kExitSuccess);
}

}  // namespace

int RunRepl(const ProgramOptions& options, LineReader& reader) {
  return Repl(options, reader).Run();
}

}  // namespace ruff
