#ifndef RUFF_DRIVER_TERMINAL_H_
#define RUFF_DRIVER_TERMINAL_H_

namespace ruff {

bool IsTerminal(int descriptor);

// Colour is for terminals, unless NO_COLOR is set; CLICOLOR_FORCE forces it.
bool UseColor(int descriptor);

}  // namespace ruff

#endif  // RUFF_DRIVER_TERMINAL_H_
