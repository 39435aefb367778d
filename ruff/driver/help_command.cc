// ruff help: what ruff or one of its commands can do.

#include <string>

#include "ruff/driver/arguments.h"
#include "ruff/driver/command.h"
#include "ruff/driver/exit_code.h"
#include "ruff/driver/usage.h"
#include "ruff/runtime/builtins/output.h"

namespace ruff {
namespace {

constexpr Positional kPositionals[] = {{"COMMAND", "One of the commands", false}};

int Run(const Arguments& arguments) {
  if (arguments.positionals().empty()) {
    StandardOutput()->Write(TopLevelHelp(AllCommands()));
    return kExitSuccess;
  }
  const std::string& name = arguments.positionals()[0];
  if (const Command* command = FindCommand(name)) {
    StandardOutput()->Write(CommandHelp(*command));
    return kExitSuccess;
  }
  StandardOutput()->WriteError(UnknownCommandError(name, AllCommands()));
  return kExitUsage;
}

}  // namespace

constexpr Command kHelpCommand = {.name = "help",
                                  .summary = "Explain ruff or one of its commands",
                                  .positionals = kPositionals,
                                  .groups = {},
                                  .exclusive = {},
                                  .examples = "  ruff help run\n",
                                  .run = Run};

}  // namespace ruff
