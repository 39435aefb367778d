// What the command line passes on to the program.

#ifndef RUFF_HOST_ARGUMENTS_SCRIPT_ARGUMENTS_H_
#define RUFF_HOST_ARGUMENTS_SCRIPT_ARGUMENTS_H_

#include <string>
#include <vector>

namespace ruff {

// The answer of args(); empty until set. Parts of arguments that are not UTF-8 become U+FFFD.
const std::vector<std::string>& ScriptArguments();
// Called before the program starts.
void SetScriptArguments(std::vector<std::string> arguments);

}  // namespace ruff

#endif  // RUFF_HOST_ARGUMENTS_SCRIPT_ARGUMENTS_H_
