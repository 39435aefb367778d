#include "ruff/driver/terminal.h"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace ruff {
namespace {

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

bool IsTerminal(int descriptor) { return isatty(descriptor) == 1; }

bool UseColor(int descriptor) {
  const std::string_view force = Environment("CLICOLOR_FORCE");
  if (!force.empty() && force != "0") return true;
  return IsTerminal(descriptor) && Environment("NO_COLOR").empty();
}

}  // namespace ruff
