// How a program is started and what its end means for the process.

#ifndef RUFF_DRIVER_OUTCOME_H_
#define RUFF_DRIVER_OUTCOME_H_

#include <cstdint>
#include <string_view>

#include "ruff/async/core/scheduler.h"
#include "ruff/driver/program.h"
#include "ruff/runtime/vm/link.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {

// How an uncaught error is shown: to people on standard error, to programs on standard output.
enum class ErrorForm { kHuman, kJson };

class ErrorPrinter final : public ErrorReporter {
 public:
  explicit ErrorPrinter(ErrorForm form) : form_(form) {}
  void Uncaught(std::string_view message, Value error, const ErrorSite& site) override;
  void MoreUnhandled(uint64_t count) override;

 private:
  ErrorForm form_;
};

// Runs the file level of `module`.
Outcome CallFileLevel(Program& program, LinkedModule* module);

// The exit code for `outcome`, after reporting an error that ended the program.
int EndOfProgram(Program& program, Outcome outcome);

}  // namespace ruff

#endif  // RUFF_DRIVER_OUTCOME_H_
