#include "ruff/driver/command.h"

namespace ruff {
namespace {

constexpr const Command* kCommands[] = {
#define RUFF_COMMAND(Name) &k##Name##Command,
#include "ruff/driver/command.def"
};

}  // namespace

absl::Span<const Command* const> AllCommands() { return kCommands; }

const Command* FindCommand(std::string_view name) {
  for (const Command* command : kCommands) {
    if (command->name == name) return command;
  }
  return nullptr;
}

}  // namespace ruff
