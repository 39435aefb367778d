// Running other programs, through a shell (execute…) or directly. Every call waits for the end of
// what it has started; the other tasks go on.

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ruff/base/broken_utf8.h"
#include "ruff/host/families.h"
#include "ruff/host/process/options.h"
#include "ruff/host/process/pending_pipeline.h"
#include "ruff/host/process/pipeline.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/structure.h"

namespace ruff {
namespace {

using Command = std::vector<std::string>;

// Why the first stage came to nothing before it could run to its end; empty when it did not.
std::string NotRun(const StageOutcome& outcome) {
  if (!outcome.not_started.empty()) {
    return absl::StrCat("Failed to spawn process '", outcome.label, "': ", outcome.not_started);
  }
  return outcome.data_lost;
}

// Why the stage failed, WHO being the call or the command; empty when it has not.
std::string WhyFailed(const StageOutcome& outcome, const PipelineLimits& limits,
                      std::string_view who, std::string_view what_failed) {
  if (std::string message = NotRun(outcome); !message.empty()) return message;
  if (outcome.timed_out) return absl::StrCat(who, " timed out after ", limits.timeout_ms, "ms");
  if (outcome.output.truncated || outcome.errors.truncated) {
    return absl::StrCat(who, " output exceeded max_output_bytes (", limits.max_output_bytes, ")");
  }
  if (outcome.exit_code != 0) {
    return absl::StrCat(what_failed, " failed with exit code ", outcome.exit_code, ": ",
                        MendUtf8(outcome.errors.text));
  }
  return std::string();
}

Value OutputOf(const Pipeline& pipeline, std::string* error) {
  const StageOutcome& outcome = pipeline.outcomes().front();
  *error = WhyFailed(outcome, pipeline.limits(), "execute()", "execute() command");
  return error->empty() ? NewText(MendUtf8(outcome.output.text)) : Value::Unset();
}

Value NewProcessResult(const Pipeline& pipeline, std::string* error) {
  const StageOutcome& outcome = pipeline.outcomes().front();
  *error = NotRun(outcome);
  if (!error->empty()) return Value::Unset();
  const std::pair<std::string_view, Value> fields[] = {
      {"exitcode", Value::Int(outcome.exit_code)},
      {"stdout", NewText(MendUtf8(outcome.output.text))},
      {"stderr", NewText(MendUtf8(outcome.errors.text))},
      {"success", Value::Bool(outcome.succeeded())},
      {"timed_out", Value::Bool(outcome.timed_out)},
      {"stdout_truncated", Value::Bool(outcome.output.truncated)},
      {"stderr_truncated", Value::Bool(outcome.errors.truncated)},
  };
  const Ref name(InternString("ProcessResult"));
  Shape* shape = RootShape(name.As<String>());
  for (const auto& [field, value] : fields) {
    const Ref key(InternString(field));
    shape = shape->With(key.As<String>());
  }
  Struct* result = NewStruct(shape);
  for (size_t i = 0; i < std::size(fields); ++i) result->fields[i] = fields[i].second;
  return Value::Heap(result);
}

Value OutputOfLast(const Pipeline& pipeline, std::string* error) {
  for (const StageOutcome& outcome : pipeline.outcomes()) {
    const std::string who = absl::StrCat("Command '", outcome.label, "'");
    *error = WhyFailed(outcome, pipeline.limits(), who, who);
    if (!error->empty()) return Value::Unset();
  }
  const std::string& text = pipeline.outcomes().back().output.text;
  const std::string defect = DescribeUtf8Defect(text);
  if (defect.empty()) return NewText(text);
  *error = absl::StrCat("Failed to decode output as UTF-8: ", defect);
  return Value::Unset();
}

Value Run(NativeContext& context, const std::vector<Command>& commands,
          const ProcessOptions& options, PipelineResult result) {
  auto pipeline = std::make_unique<Pipeline>(options.limits, InterruptOf(context));
  pipeline->Start(commands, options.environment, options.search_path);
  return AwaitPipeline(context, std::move(pipeline), result);
}

Value RunInShell(NativeContext& context, Value* args, uint32_t count, std::string_view name,
                 PipelineResult result) {
  if (!args[0].IsString()) {
    return context.Fail(absl::StrCat(name, "() requires a string command"));
  }
  ProcessOptions options;
  if (!ReadProcessOptions(context, Argument(args, count, 1), &options)) return Value::Unset();
  const std::string_view command = TextOf(args[0]);
  constexpr std::string_view kAdvice = "; use spawn_process([...]) for structured argv execution";
  if (absl::StripAsciiWhitespace(command).empty()) {
    return context.Fail(absl::StrCat(name, "() command must not be empty", kAdvice));
  }
  if (command.find('\0') != std::string_view::npos) {
    return context.Fail(absl::StrCat(name, "() command contains NUL byte"));
  }
  if (command.find_first_of("\r\n") != std::string_view::npos) {
    return context.Fail(absl::StrCat(name, "() command contains newline", kAdvice));
  }
  return Run(context, {{"sh", "-c", std::string(command)}}, options, result);
}

Value Execute(NativeContext& context, Value* args, uint32_t count) {
  return RunInShell(context, args, count, "execute", OutputOf);
}

Value ExecuteStatus(NativeContext& context, Value* args, uint32_t count) {
  return RunInShell(context, args, count, "execute_status", NewProcessResult);
}

// The strings of an array; false when there is another value among them.
bool CopyCommand(const Array* array, Command* out) {
  for (uint64_t i = 0; i < array->size; ++i) {
    const Value item = ArrayGet(array, i);
    if (!item.IsString()) return false;
    out->emplace_back(TextOf(item));
  }
  return true;
}

Value SpawnProcess(NativeContext& context, Value* args, uint32_t count) {
  ProcessOptions options;
  if (!ReadProcessOptions(context, Argument(args, count, 1), &options)) return Value::Unset();
  if (!args[0].IsArray()) {
    return context.Fail("spawn_process requires an array of command arguments");
  }
  const auto* array = args[0].As<Array>();
  if (array->size == 0) {
    return context.Fail("spawn_process requires a non-empty array of command arguments");
  }
  Command command;
  if (!CopyCommand(array, &command)) {
    return context.Fail("spawn_process requires an array of strings");
  }
  return Run(context, {std::move(command)}, options, NewProcessResult);
}

Value PipeCommands(NativeContext& context, Value* args, uint32_t count) {
  ProcessOptions options;
  if (!ReadProcessOptions(context, Argument(args, count, 1), &options)) return Value::Unset();
  constexpr std::string_view kNoArray = "pipe_commands requires an array of command arrays";
  if (!args[0].IsArray()) return context.Fail(std::string(kNoArray));
  const auto* array = args[0].As<Array>();
  if (array->size == 0) {
    return context.Fail("pipe_commands requires a non-empty array of commands");
  }
  std::vector<Command> commands;
  for (uint64_t i = 0; i < array->size; ++i) {
    const Value item = ArrayGet(array, i);
    if (!item.IsArray()) return context.Fail(std::string(kNoArray));
    if (!CopyCommand(item.As<Array>(), &commands.emplace_back())) {
      return context.Fail("Each command must be an array of strings");
    }
    if (commands.back().empty()) return context.Fail("Each command array must not be empty");
  }
  return Run(context, commands, options, OutputOfLast);
}

#define RUFF_PROCESS_OPTION_ERRORS                                                       \
  "process options must be provided as a dict\n"                                         \
  "timeout_ms must be a positive number\n"                                               \
  "max_output_bytes must be a positive number\n"                                         \
  "max_output_bytes exceeds the maximum supported size (16777216)\n"                     \
  "inherit_env must be a boolean\n"                                                      \
  "env_allow must be an array of strings, got TYPE\n"                                    \
  "env_allow must be an array of strings\n"                                              \
  "env_deny must be an array of strings, got TYPE\n"                                     \
  "env_deny must be an array of strings\n"                                               \
  "env must be a dict of string keys and values\n"                                       \
  "env must contain only string values\n"                                                \
  "unsupported process option 'K'; supported options are timeout_ms, max_output_bytes, " \
  "inherit_env, env_allow, env_deny, env\n"                                              \
  "Failed to spawn process 'LABEL': OSERR\n"                                             \
  "Failed to read output of process 'LABEL': OSERR"

#define RUFF_SHELL_ERRORS(name)                                                      \
  name "() requires a string command\n" RUFF_PROCESS_OPTION_ERRORS "\n" name         \
       "() command must not be empty; use spawn_process([...]) for structured argv " \
       "execution\n" name "() command contains NUL byte\n" name                      \
       "() command contains newline; use spawn_process([...]) for structured argv execution"

constexpr NativeFunction kTable[] = {
    {.name = "execute",
     .min_args = 1,
     .max_args = 2,
     .body = Execute,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kShellExec,
     .signature = "execute(command: string, options: dict = {}) -> string",
     .doc = "Runs a shell command and answers with its output; throws unless it succeeds.",
     .example = "print(execute(\"printf hello\")) => hello",
     .errors = RUFF_SHELL_ERRORS("execute") "\n"
                                            "execute() timed out after Nms\n"
                                            "execute() output exceeded max_output_bytes (N)\n"
                                            "execute() command failed with exit code C: STDERR",
     .arity_error = "execute() expects 1-2 arguments (command, [options])"},
    {.name = "execute_status",
     .min_args = 1,
     .max_args = 2,
     .body = ExecuteStatus,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kShellExec,
     .signature = "execute_status(command: string, options: dict = {}) -> struct",
     .doc = "Runs a shell command: its exit code and output, whether it succeeds or not.",
     .example = "print(execute_status(\"exit 3\").exitcode) => 3",
     .errors = RUFF_SHELL_ERRORS("execute_status"),
     .arity_error = "execute_status() expects 1-2 arguments (command, [options])"},
    {.name = "spawn_process",
     .min_args = 1,
     .max_args = 2,
     .body = SpawnProcess,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kProcessExec,
     .signature = "spawn_process(argv: array, options: dict = {}) -> struct",
     .doc = "Runs a program without a shell and waits for its end: its exit code and output.",
     .example = "print(spawn_process([\"printf\", \"%s\", \"a b\"]).stdout) => a b",
     .errors = RUFF_PROCESS_OPTION_ERRORS
     "\n"
     "spawn_process requires an array of command arguments\n"
     "spawn_process requires a non-empty array of command arguments\n"
     "spawn_process requires an array of strings",
     .arity_error = "spawn_process requires an array of command arguments and optional options"},
    {.name = "pipe_commands",
     .min_args = 1,
     .max_args = 2,
     .body = PipeCommands,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kProcessExec,
     .signature = "pipe_commands(argvs: array, options: dict = {}) -> string",
     .doc = "Runs programs, each reading what the one before writes; the output of the last.",
     .example =
         "print(pipe_commands([[\"printf\", \"%s\", \"b a\"], [\"wc\", \"-w\"]]) == \"2\\n\") "
         "=> true",
     .errors = RUFF_PROCESS_OPTION_ERRORS "\n"
                                          "Failed to write stdin for process 'LABEL': OSERR\n"
                                          "pipe_commands requires an array of command arrays\n"
                                          "pipe_commands requires a non-empty array of commands\n"
                                          "Each command must be an array of strings\n"
                                          "Each command array must not be empty\n"
                                          "Command 'LABEL' timed out after Nms\n"
                                          "Command 'LABEL' output exceeded max_output_bytes (N)\n"
                                          "Command 'LABEL' failed with exit code C: STDERR\n"
                                          "Failed to decode output as UTF-8: WHY",
     .arity_error = "pipe_commands requires an array of command arrays and optional options"},
};

}  // namespace

absl::Span<const NativeFunction> ProcessBuiltins() { return kTable; }

}  // namespace ruff
