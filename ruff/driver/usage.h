// The texts about the command line itself: help and usage errors.

#ifndef RUFF_DRIVER_USAGE_H_
#define RUFF_DRIVER_USAGE_H_

#include <string>
#include <string_view>

#include "absl/types/span.h"
#include "ruff/driver/command.h"

namespace ruff {

inline constexpr std::string_view kVersion = "0.1.0";

using Commands = absl::Span<const Command* const>;

// What `ruff --help` prints.
std::string TopLevelHelp(Commands commands);
// What `ruff CMD --help` prints.
std::string CommandHelp(const Command& command);

// The text of a usage error: `first_lines`, then `tip` if there is one, then how to use `command`
// (null: ruff itself).
std::string UsageError(const Command* command, std::string_view first_lines,
                       std::string_view tip = "");

// The text of an unknown command.
std::string UnknownCommandError(std::string_view word, Commands commands);
// The text of an option that ruff itself does not know.
std::string UnknownOptionError(std::string_view word);

// "tip: a similar argument exists: '--quiet'", or nothing.
std::string SimilarOptionTip(std::string_view word, const Command& command);

}  // namespace ruff

#endif  // RUFF_DRIVER_USAGE_H_
