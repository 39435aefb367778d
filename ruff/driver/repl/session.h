#ifndef RUFF_DRIVER_REPL_SESSION_H_
#define RUFF_DRIVER_REPL_SESSION_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/driver/program.h"
#include "ruff/lang/bytecode/module.h"
#include "ruff/runtime/vm/session_globals.h"

namespace ruff {

// A program that is typed in piece by piece. What one input defines, later ones see.
class ReplSession final : private ErrorReporter {
 public:
  explicit ReplSession(const ProgramOptions& options);

  // Compiles and runs `input`. What there is to see, the value of a last expression or the errors,
  // is written to standard output. An exit code when the program asked for its end. An interrupt
  // (Ctrl+C) ends the input only.
  std::optional<int> Evaluate(std::string input);
  // Lets work end that is still under way; the same result.
  std::optional<int> Finish();

  // Names that the session has defined, sorted.
  std::vector<std::string> Names() const;
  // `NAME: TYPE = VALUE`, the value as Evaluate shows it.
  std::string Describe(std::string_view name);

 private:
  void Uncaught(std::string_view message, Value error, const ErrorSite& site) override;
  void MoreUnhandled(uint64_t count) override;
  // The module behind `input`, ready to run; null after showing what is wrong with it.
  LinkedModule* Link(std::string input);
  void NoteBindings(const Module& module);
  // The exit code that a program asked for, unless it has been interrupted.
  std::optional<int> ExitCode();

  FrontendOptions frontend_;
  Program program_;
  std::unique_ptr<SessionGlobals> globals_;
  // What the names that have a value of their own were declared as.
  absl::flat_hash_map<std::string, Global::Binding> known_;
};

}  // namespace ruff

#endif  // RUFF_DRIVER_REPL_SESSION_H_
