// ruff run: reads, compiles and executes a program.

#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/async/trace/trace_file.h"
#include "ruff/driver/arguments.h"
#include "ruff/driver/command.h"
#include "ruff/driver/error_report.h"
#include "ruff/driver/exit_code.h"
#include "ruff/driver/outcome.h"
#include "ruff/driver/program.h"
#include "ruff/driver/program_options.h"
#include "ruff/driver/progress_line.h"
#include "ruff/driver/source_file.h"
#include "ruff/driver/terminal.h"
#include "ruff/host/arguments/script_arguments.h"
#include "ruff/runtime/builtins/output.h"

namespace ruff {
namespace {

constexpr Positional kPositionals[] = {{"FILE", "The program; `-` is standard input"}};
constexpr OptionId kOptions[] = {OptionId::kEval,        OptionId::kJsonRuntimeDiagnostics,
                                 OptionId::kDispatch,    OptionId::kNoOptimize,
                                 OptionId::kInterpreter, OptionId::kJit};
constexpr OptionId kAsyncOptions[] = {OptionId::kProgress, OptionId::kSimulate,
                                      OptionId::kSimulateErrors};
constexpr OptionGroup kGroups[] = {
    {"Options", kOptions}, {"Asynchronous work", kAsyncOptions}, kLimitGroup, kCapabilityGroup};
constexpr char kTraceVariable[] = "RUFF_TRACE_ASYNC";
constexpr std::string_view kExamples =
    "  ruff run hello.ruff                     run a program\n"
    "  ruff run hello.ruff a --b               args() is [\"a\", \"--b\"]\n"
    "  ruff run hello.ruff -- --help           args() is [\"--help\"]\n"
    "  ruff run -e 'print(1 + 2)'              run a line of code\n"
    "  echo 'print(1)' | ruff run -            run standard input\n"
    "  ruff run --untrusted guest.ruff         no files, network, processes, clock\n"
    "  ruff run --allow-fs-read report.ruff    nothing but reading files\n"
    "  ruff run --timeout-ms 500 --max-memory 64M guest.ruff\n"
    "  ruff run --dispatch=switch hello.ruff   the portable interpreter\n"
    "  ruff run --progress crawl.ruff          a live line for long promise_all, …\n"
    "  ruff run --simulate 7 crawl.ruff        an hour of async_sleep takes no time\n"
    "  RUFF_TRACE_ASYNC=t.json ruff run crawl.ruff    a trace that Perfetto opens\n";

// The file that RUFF_TRACE_ASYNC names, null when there is none. False after reporting that it
// cannot be written.
bool OpenTrace(std::unique_ptr<TraceFile>* trace) {
  const char* path = std::getenv(kTraceVariable);
  if (path == nullptr || *path == '\0') return true;
  auto file = TraceFile::Create(path);
  if (file.ok()) {
    *trace = *std::move(file);
    return true;
  }
  StandardOutput()->WriteError(absl::StrCat("[RUFCLI001] [cli] error: Failed to write ",
                                            kTraceVariable, " file '", path,
                                            "': ", file.status().message(), "\n"));
  return false;
}

int Execute(std::unique_ptr<SourceBuffer> source, ProgramOptions options, bool as_json,
            bool shows_progress) {
  CompileFailure failure;
  std::unique_ptr<Module> module = CompileProgram(*source, options.frontend, &failure);
  if (module == nullptr) {
    if (as_json && failure.phase == Phase::kCompile) {
      StandardOutput()->Write(RenderCompileErrorJson(*source, failure.diagnostics[0]));
    } else {
      ReportDiagnostics(*source, failure.diagnostics);
    }
    return failure.exit_code();
  }
  std::unique_ptr<TraceFile> trace;
  if (!OpenTrace(&trace)) return kExitIo;
  options.async.trace = trace.get();
  ProgressCounts counts;
  std::optional<ProgressLine> line;
  if (shows_progress && IsTerminal(STDERR_FILENO)) {
    options.async.progress = &counts;
    line.emplace(counts);
  }
  ErrorPrinter printer(as_json ? ErrorForm::kJson : ErrorForm::kHuman);
  Program program(options, printer);
  LinkedModule* linked = program.engine().Link(std::move(module), std::move(source));
  Outcome outcome = CallFileLevel(program, linked);
  if (outcome == Outcome::kFinished) outcome = program.scheduler().Finish();
  return EndOfProgram(program, outcome);
}

int Run(const Arguments& arguments) {
  std::optional<ProgramOptions> options = ReadProgramOptions(arguments);
  if (!options.has_value()) return kExitUsage;
  std::unique_ptr<SourceBuffer> source;
  if (arguments.positionals().empty()) {
    source = EvalSource(arguments.Text(OptionId::kEval));
  } else {
    const std::string& path = arguments.positionals()[0];
    source = ReadSource(path);
    if (path != "-") options->entry_path = path;
  }
  if (source == nullptr) return kExitIo;
  SetScriptArguments(arguments.program_arguments());
  return Execute(std::move(source), *std::move(options),
                 arguments.Has(OptionId::kJsonRuntimeDiagnostics),
                 arguments.Has(OptionId::kProgress));
}

}  // namespace

constexpr Command kRunCommand = {.name = "run",
                                 .summary = "Run a program",
                                 .positionals = kPositionals,
                                 .groups = kGroups,
                                 .exclusive = {},
                                 .examples = kExamples,
                                 .run = Run,
                                 .has_program_arguments = true,
                                 .instead_of_positionals = OptionId::kEval};

}  // namespace ruff
