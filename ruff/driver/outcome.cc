#include "ruff/driver/outcome.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "ruff/driver/error_report.h"
#include "ruff/driver/exit_code.h"
#include "ruff/driver/terminal.h"
#include "ruff/runtime/builtins/output.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {

void ErrorPrinter::Uncaught(std::string_view message, Value error, const ErrorSite& site) {
  const ErrorReport report = MakeErrorReport(message, error, site);
  if (form_ == ErrorForm::kJson) {
    StandardOutput()->Write(RenderErrorReportJson(report));
  } else {
    StandardOutput()->WriteError(RenderErrorReport(
        report, {.color = UseColor(STDERR_FILENO), .show_source = IsTerminal(STDERR_FILENO)}));
  }
}

void ErrorPrinter::MoreUnhandled(uint64_t count) {
  if (form_ == ErrorForm::kJson) return;
  StandardOutput()->WriteError(
      absl::StrCat("... and ", count, " more unhandled promise rejections\n"));
}

Outcome CallFileLevel(Program& program, LinkedModule* module) {
  const Ref function(program.engine().FileFunction(module));
  return program.scheduler().Call(function.As<Function>());
}

int EndOfProgram(Program& program, Outcome outcome) {
  if (outcome == Outcome::kExit) return program.vm().exit_code();
  if (outcome != Outcome::kFinished) program.scheduler().ReportUncaught();
  return program.scheduler().reported() ? kExitRuntime : kExitSuccess;
}

}  // namespace ruff
