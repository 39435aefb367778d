// What a command is: how its command line looks, what its help says, what it does.

#ifndef RUFF_DRIVER_COMMAND_H_
#define RUFF_DRIVER_COMMAND_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/types/span.h"
#include "ruff/driver/option.h"

namespace ruff {

class Arguments;

struct Positional {
  std::string_view name;  // "FILE"
  std::string_view help;
  bool is_required = true;
};

// Options under one heading of the help.
struct OptionGroup {
  std::string_view title;
  absl::Span<const OptionId> options;
};

struct Command {
  std::string_view name;
  std::string_view summary;  // one line
  absl::Span<const Positional> positionals;
  absl::Span<const OptionGroup> groups;  // every command takes --help besides
  absl::Span<const std::pair<OptionId, OptionId>> exclusive;
  std::string_view examples;  // lines of the help, each ended by `\n`
  // Runs the command; the result is the exit code of the process.
  int (*run)(const Arguments& arguments);

  // The first word that is neither an option of the command nor belongs to one starts the arguments
  // of a program, once the positionals are there. These are passed on as they are.
  bool has_program_arguments = false;
  // An option that stands for the positionals. It counts as one only in their place.
  std::optional<OptionId> instead_of_positionals = std::nullopt;
};

#define RUFF_COMMAND(Name) extern const Command k##Name##Command;
#include "ruff/driver/command.def"

absl::Span<const Command* const> AllCommands();

// Null when there is none.
const Command* FindCommand(std::string_view name);

}  // namespace ruff

#endif  // RUFF_DRIVER_COMMAND_H_
