// The builtin args(): what the command line passes on to the program.

#ifndef RUFF_DRIVER_SCRIPT_ARGUMENTS_H_
#define RUFF_DRIVER_SCRIPT_ARGUMENTS_H_

#include <string>
#include <vector>

namespace ruff {

// Adds args() to the builtins. Called once, before the first VM is made. Parts of arguments that
// are not UTF-8 become U+FFFD.
void ProvideScriptArguments(std::vector<std::string> arguments);

}  // namespace ruff

#endif  // RUFF_DRIVER_SCRIPT_ARGUMENTS_H_
