#ifndef RUFF_DRIVER_REPL_REPL_H_
#define RUFF_DRIVER_REPL_REPL_H_

#include "ruff/driver/program.h"
#include "ruff/driver/repl/line_reader.h"

namespace ruff {

// Reads inputs from `reader`, runs them and shows what they give, until the input ends or the
// program does. Returns the exit code.
int RunRepl(const ProgramOptions& options, LineReader& reader);

}  // namespace ruff

#endif  // RUFF_DRIVER_REPL_REPL_H_
