// What the REPL says besides results.

#ifndef RUFF_DRIVER_REPL_SCREEN_H_
#define RUFF_DRIVER_REPL_SCREEN_H_

#include <string>
#include <string_view>

namespace ruff {

inline constexpr std::string_view kPrompt = "ruff> ";
inline constexpr std::string_view kContinuationPrompt = "....> ";
inline constexpr std::string_view kClearScreen = "\x1b[2J\x1b[1;1H";
inline constexpr std::string_view kInterruptNotice = "^C (Ctrl+C to interrupt, :quit to exit)\n";
inline constexpr std::string_view kGoodbye = "Goodbye!\n";

// The box at the start.
std::string Banner();
// The answer to `:help`.
std::string_view HelpScreen();
// The answer to `.help NAME`.
std::string FunctionHelp(std::string_view name);

}  // namespace ruff

#endif  // RUFF_DRIVER_REPL_SCREEN_H_
