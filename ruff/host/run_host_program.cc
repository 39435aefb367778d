#include "ruff/host/run_host_program.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/async/async_runtime.h"
#include "ruff/database/database_builtins.h"
#include "ruff/host/host_builtins.h"
#include "ruff/lang/frontend/frontend.h"
#include "ruff/network/network_builtins.h"
#include "ruff/runtime/builtins/output.h"
#include "ruff/runtime/engine/engine.h"

namespace ruff {
namespace {

class Reporter final : public ErrorReporter {
 public:
  explicit Reporter(std::string* text) : text_(text) {}
  void Uncaught(std::string_view message, Value, const ErrorSite&) override {
    absl::StrAppend(text_, "! ", message, "\n");
  }
  void MoreUnhandled(uint64_t) override {}

 private:
  std::string* text_;
};

class TextOutput final : public Output {
 public:
  explicit TextOutput(std::string* text) : text_(text) {}
  void Write(std::string_view text) override { text_->append(text); }
  void WriteError(std::string_view) override {}
  void Flush() override {}

 private:
  std::string* text_;
};

}  // namespace

std::string RunHostProgram(std::string_view text, const CapabilityPolicy& policy) {
  RegisterAsyncBuiltins();
  RegisterHostBuiltins();
  RegisterNetworkBuiltins();
  RegisterDatabaseBuiltins();
  auto source = SourceBuffer::FromText("test.ruff", std::string(text));
  if (!source.ok()) return source.status().ToString();
  DiagnosticList diagnostics;
  Phase failed;
  std::unique_ptr<Module> module = CompileSource(*source, FrontendOptions(), &diagnostics, &failed);
  if (module == nullptr) return absl::StrCat("does not compile: ", diagnostics[0].message);
  std::string written;
  TextOutput output(&written);
  Reporter reporter(&written);
  Engine engine(VmOptions(), "");
  engine.vm().set_output(&output);
  engine.vm().policy() = policy;
  const std::unique_ptr<AsyncRuntime> runtime = NewAsyncRuntime(engine.vm(), reporter);
  LinkedModule* linked =
      engine.Link(std::move(module), std::make_unique<SourceBuffer>(*std::move(source)));
  Function* main = engine.FileFunction(linked);
  runtime->RunMain(main);
  ReleaseObject(main);
  return written;
}

}  // namespace ruff
