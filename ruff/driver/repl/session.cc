#include "ruff/driver/repl/session.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/async/core/reason.h"
#include "ruff/driver/outcome.h"
#include "ruff/driver/repl/screen.h"
#include "ruff/runtime/builtins/output.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

constexpr std::string_view kInputName = "<repl>";

void ShowError(std::string_view message) {
  StandardOutput()->Write(absl::StrCat("Error: ", message, "\n"));
}

}  // namespace

ReplSession::ReplSession(const ProgramOptions& options)
    : frontend_(options.frontend),
      program_(options, *this),
      globals_(program_.engine().NewSession()) {
  frontend_.compile.session = true;
  frontend_.compile.known = &known_;
}

LinkedModule* ReplSession::Link(std::string input) {
  auto source = SourceBuffer::FromText(std::string(kInputName), std::move(input));
  if (!source.ok()) {
    ShowError(source.status().message());
    return nullptr;
  }
  DiagnosticList diagnostics;
  Phase phase;
  std::unique_ptr<Module> module = CompileSource(*source, frontend_, &diagnostics, &phase);
  if (module == nullptr) {
    for (const Diagnostic& diagnostic : diagnostics) {
      const LineColumn at = source->Locate(diagnostic.offset);
      ShowError(absl::StrCat(at.line, ":", at.column, " ", diagnostic.message));
    }
    return nullptr;
  }
  if (!globals_->Adopt(module.get())) {
    ShowError("Too many names in one session");
    return nullptr;
  }
  return program_.engine().LinkInput(
      std::move(module), std::make_unique<SourceBuffer>(*std::move(source)), globals_.get());
}

// A declaration that failed before it had a value does not count. A name that is bound without a
// declaration comes from `import m`.
void ReplSession::NoteBindings(const Module& module) {
  for (uint32_t slot = 0; slot < globals_->names().size(); ++slot) {
    if (!globals_->IsBound(slot)) continue;
    const Global::Binding declared =
        slot < module.globals.size() ? module.globals[slot].binding : Global::Binding::kUnknown;
    if (declared != Global::Binding::kUnknown) {
      known_[globals_->names()[slot]] = declared;
    } else {
      known_.emplace(globals_->names()[slot], Global::Binding::kImported);
    }
  }
}

std::optional<int> ReplSession::ExitCode() {
  Vm& vm = program_.vm();
  if (vm.interrupt == nullptr || !vm.interrupt->exchange(false)) return vm.exit_code();
  vm.ForgetExit();
  StandardOutput()->Write(kInterruptNotice);
  return std::nullopt;
}

std::optional<int> ReplSession::Evaluate(std::string input) {
  LinkedModule* module = Link(std::move(input));
  if (module == nullptr) return std::nullopt;
  const Outcome outcome = CallFileLevel(program_, module);
  Vm& vm = program_.vm();
  NoteBindings(module->module());
  if (outcome == Outcome::kExit) return ExitCode();
  if (outcome == Outcome::kFailed) {
    ShowError(ErrorMessage(vm.error));
  } else if (!vm.result.IsNull()) {
    StandardOutput()->Write(absl::StrCat("=> ", FormatToString(vm.result, Form::kEcho), "\n"));
    Release(std::exchange(vm.result, Value::Null()));
  }
  return std::nullopt;
}

std::optional<int> ReplSession::Finish() {
  const Outcome outcome = program_.scheduler().Finish();
  return outcome == Outcome::kExit ? ExitCode() : std::nullopt;
}

void ReplSession::Uncaught(std::string_view message, Value, const ErrorSite&) {
  ShowError(message);
}

void ReplSession::MoreUnhandled(uint64_t count) {
  ShowError(absl::StrCat("... and ", count, " more unhandled promise rejections"));
}

std::vector<std::string> ReplSession::Names() const {
  std::vector<std::string> names;
  for (const auto& [name, binding] : known_) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

std::string ReplSession::Describe(std::string_view name) {
  const Value value = globals_->values()[globals_->Slot(name)];
  return absl::StrCat(name, ": ", TypeName(value), " = ", FormatToString(value, Form::kEcho));
}

}  // namespace ruff
