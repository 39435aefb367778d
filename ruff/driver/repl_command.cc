// ruff repl: an interactive session.

#include <memory>

#include "ruff/driver/arguments.h"
#include "ruff/driver/command.h"
#include "ruff/driver/program.h"
#include "ruff/driver/repl/line_reader.h"
#include "ruff/driver/repl/repl.h"

namespace ruff {
namespace {

constexpr std::string_view kExamples =
    "  ruff repl                      type :help for its commands, :quit to leave\n"
    "  echo '1 + 2' | ruff repl       results after \"=> \", no prompts\n";

int Run(const Arguments&) {
  const std::unique_ptr<LineReader> reader = NewLineReader();
  return RunRepl(ProgramOptions(), *reader);
}

}  // namespace

constexpr Command kReplCommand = {.name = "repl",
                                  .summary = "Type code, see results",
                                  .positionals = {},
                                  .groups = {},
                                  .exclusive = {},
                                  .examples = kExamples,
                                  .run = Run};

}  // namespace ruff
