// Real tools of the machine, to compare with. Tests skip what is not installed.

#ifndef RUFF_TESTING_BASE_SHELL_H_
#define RUFF_TESTING_BASE_SHELL_H_

#include <string>
#include <string_view>

namespace ruff {

// Is there a program `name` on the usual path?
bool HasTool(std::string_view name);

// What `command`, run by /bin/sh in `directory`, prints; without the last line end. When it fails,
// "exit N: " and what it complains about.
std::string Shell(const std::string& command, const std::string& directory);

}  // namespace ruff

#endif  // RUFF_TESTING_BASE_SHELL_H_
