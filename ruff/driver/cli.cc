#include "ruff/driver/cli.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ruff/driver/arguments.h"
#include "ruff/driver/command.h"
#include "ruff/driver/exit_code.h"
#include "ruff/driver/reserved_name.h"
#include "ruff/driver/usage.h"
#include "ruff/runtime/builtins/output.h"

namespace ruff {
namespace {

using Words = absl::Span<const std::string_view>;

int RunCommand(const Command& command, Words words) {
  std::string error;
  const std::optional<Arguments> arguments = Arguments::Parse(command, words, &error);
  if (!arguments.has_value()) {
    StandardOutput()->WriteError(error);
    return kExitUsage;
  }
  if (arguments->Has(OptionId::kHelp)) {
    StandardOutput()->Write(CommandHelp(command));
    return kExitSuccess;
  }
  return command.run(*arguments);
}

// `ruff FILE ARGS…` is `ruff run -- FILE -- ARGS…`: whatever follows the file belongs to it.
int RunFile(Words words) {
  std::vector<std::string_view> all = {"--", words[0], "--"};
  all.insert(all.end(), words.begin() + 1, words.end());
  return RunCommand(kRunCommand, all);
}

bool LooksLikeFile(std::string_view word) {
  return absl::EndsWith(word, ".ruff") || absl::StrContains(word, '/');
}

int RunTopLevelOption(Words words) {
  const std::string_view word = words[0];
  const std::optional<OptionId> option = FindOption(word.substr(0, word.find('=')));
  if (option == OptionId::kEval) return RunCommand(kRunCommand, words);
  if (option == OptionId::kHelp) {
    StandardOutput()->Write(TopLevelHelp(AllCommands()));
  } else if (option == OptionId::kVersion) {
    StandardOutput()->Write(absl::StrCat("ruff ", kVersion, "\n"));
  } else {
    StandardOutput()->WriteError(UnknownOptionError(word));
    return kExitUsage;
  }
  return kExitSuccess;
}

int Dispatch(Words words) {
  if (words.empty()) {
    StandardOutput()->Write(TopLevelHelp(AllCommands()));
    return kExitSuccess;
  }
  const std::string_view word = words[0];
  if (absl::StartsWith(word, "-")) return RunTopLevelOption(words);
  if (const Command* command = FindCommand(word)) return RunCommand(*command, words.subspan(1));
  if (LooksLikeFile(word)) return RunFile(words);
  const std::string reserved = ReservedNameError(word);
  StandardOutput()->WriteError(reserved.empty() ? UnknownCommandError(word, AllCommands())
                                                : reserved);
  return kExitUsage;
}

}  // namespace

int RunCommandLine(Words words) {
  const int exit_code = Dispatch(words);
  StandardOutput()->Flush();
  return exit_code;
}

}  // namespace ruff
