// ruff test-run: runs the test blocks of a file.

#include <unistd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ruff/driver/arguments.h"
#include "ruff/driver/command.h"
#include "ruff/driver/exit_code.h"
#include "ruff/driver/outcome.h"
#include "ruff/driver/program.h"
#include "ruff/driver/program_options.h"
#include "ruff/driver/source_file.h"
#include "ruff/driver/terminal.h"
#include "ruff/runtime/builtins/output.h"
#include "ruff/tooling/test_runner/test_plan.h"
#include "ruff/tooling/test_runner/test_report.h"
#include "ruff/tooling/test_runner/test_runner.h"

namespace ruff {
namespace {

constexpr Positional kPositionals[] = {{"FILE", "The file with the tests"}};
constexpr OptionId kOptions[] = {OptionId::kVerbose, OptionId::kDispatch};
constexpr OptionGroup kGroups[] = {{"Options", kOptions}, kLimitGroup, kCapabilityGroup};
constexpr std::string_view kExamples =
    "  ruff test-run math.ruff      exit code 1 when a test fails\n"
    "  ruff test-run -v math.ruff   list the tests that pass, too\n";

int Run(const Arguments& arguments) {
  const std::string& path = arguments.positionals()[0];
  std::optional<ProgramOptions> options = ReadProgramOptions(arguments);
  if (!options.has_value()) return kExitUsage;
  options->entry_path = path;
  options->frontend.compile.tests = true;
  int exit_code = kExitSuccess;
  SourceFile file = LoadFile(path, options->frontend, &exit_code);
  if (file.module == nullptr) return exit_code;

  const std::vector<PlannedTest> plan = PlanTests(file.module->tests);
  if (plan.empty()) {
    StandardOutput()->Write(absl::StrCat("No tests found in ", path, "\n"));
    return kExitRuntime;
  }
  ErrorPrinter printer(ErrorForm::kHuman);
  Program program(*options, printer);
  LinkedModule* module = program.engine().Link(std::move(file.module), std::move(file.source));
  const Outcome outcome = CallFileLevel(program, module);
  if (outcome != Outcome::kFinished) return EndOfProgram(program, outcome);
  const TestRun run = RunTests(plan, *module, program.vm(), [&](Function* function) {
    return program.scheduler().Call(function);
  });
  if (run.has_exited) return program.vm().exit_code();
  StandardOutput()->Write(RenderTestReport(
      run, {.verbose = arguments.Has(OptionId::kVerbose), .color = UseColor(STDOUT_FILENO)}));
  for (const TestResult& result : run.results) {
    if (!result.has_passed) return kExitGate;
  }
  return kExitSuccess;
}

}  // namespace

constexpr Command kTestRunCommand = {.name = "test-run",
                                     .summary = "Run the tests of a file",
                                     .positionals = kPositionals,
                                     .groups = kGroups,
                                     .exclusive = {},
                                     .examples = kExamples,
                                     .run = Run};

}  // namespace ruff
