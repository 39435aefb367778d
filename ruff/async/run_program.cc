#include "ruff/async/run_program.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "gtest/gtest.h"
#include "ruff/async/async_runtime.h"
#include "ruff/async/core/blocking_poller.h"
#include "ruff/async/sim/simulation.h"
#include "ruff/async/uv/uv_poller.h"
#include "ruff/base/check.h"
#include "ruff/lang/frontend/frontend.h"
#include "ruff/runtime/builtins/output.h"
#include "ruff/runtime/engine/engine.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr uint64_t kSeeds = 4;

class Reporter final : public ErrorReporter {
 public:
  explicit Reporter(Output* output) : output_(output) {}
  void Uncaught(std::string_view message, Value, const ErrorSite&) override {
    output_->WriteError(absl::StrCat("! ", message, "\n"));
  }
  void MoreUnhandled(uint64_t count) override {
    output_->WriteError(absl::StrCat("! and ", count, " more\n"));
  }

 private:
  Output* output_;
};

// Workers print, too.
class SharedOutput final : public Output {
 public:
  void Write(std::string_view text) override {
    absl::MutexLock lock(&mutex_);
    text_ += text;
  }
  void WriteError(std::string_view text) override { Write(text); }
  void Flush() override {}
  std::string text() {
    absl::MutexLock lock(&mutex_);
    return text_;
  }

 private:
  absl::Mutex mutex_;
  std::string text_ ABSL_GUARDED_BY(mutex_);
};

int ExitCode(Scheduler& scheduler, Function* main) {
  Outcome outcome = scheduler.Call(main);
  if (outcome == Outcome::kFinished) outcome = scheduler.Finish();
  if (outcome == Outcome::kExit) return scheduler.vm().exit_code();
  if (outcome == Outcome::kFailed) scheduler.ReportUncaught();
  return scheduler.reported() ? 4 : 0;
}

}  // namespace

ProgramRun RunProgram(std::string_view text, const RunOptions& options) {
  auto source = SourceBuffer::FromText("test.ruff", std::string(text));
  RUFF_CHECK(source.ok());
  DiagnosticList diagnostics;
  Phase failed;
  std::unique_ptr<Module> module = CompileSource(*source, FrontendOptions(), &diagnostics, &failed);
  if (module == nullptr) {
    ADD_FAILURE() << diagnostics[0].message;
    return {};
  }
  return RunModule(std::move(module), std::make_unique<SourceBuffer>(*std::move(source)), options);
}

ProgramRun RunModule(std::unique_ptr<Module> module, std::unique_ptr<SourceBuffer> source,
                     const RunOptions& options) {
  RegisterAsyncBuiltins();
  Engine engine(options.vm, "");
  SharedOutput output;
  engine.vm().set_output(&output);
  Reporter reporter(&output);
  std::optional<Simulation> simulation;
  SystemClock clock;
  std::unique_ptr<Poller> poller;
  if (options.real) {
    poller = NewUvPoller(/*takes_interrupts=*/false);
  } else {
    simulation.emplace(options.seed, options.io_fails);
  }
  Clock& time = options.real ? static_cast<Clock&>(clock) : *simulation;
  std::optional<Scheduler> scheduler;
  scheduler.emplace(engine.vm(), time, options.real ? *poller : *simulation, reporter,
                    SchedulerOptions{.timeout_ms = options.timeout_ms});
  LinkedModule* linked = engine.Link(std::move(module), std::move(source));
  const Ref main(engine.FileFunction(linked));
  // What an engine makes when it is first needed counts for nobody.
  engine.Prelude("__start_thunks");
  const Ref name(InternString("all"));
  std::string error;
  engine.Method(Value::Raw(Kind::kPromiseNamespace), name.As<String>(), &error);
  Heap* heap = engine.vm().heap();
  const uint64_t allocations = heap->allocations() + heap->buffer_allocations();
  const uint64_t objects = heap->object_count();
  const uint64_t bytes = heap->bytes_in_use();

  ProgramRun run;
  const int64_t begin_ns = time.NowNs();
  run.exit_code = ExitCode(*scheduler, main.As<Function>());
  run.output = output.text();
  run.elapsed_ms = (time.NowNs() - begin_ns) / 1'000'000;
  scheduler.reset();
  poller.reset();
  run.allocations = heap->allocations() + heap->buffer_allocations() - allocations;
  run.peak_bytes = heap->peak_bytes();
  linked->ReleaseGlobals();
  Release(std::exchange(engine.vm().result, Value::Null()));
  Release(std::exchange(engine.vm().error, Value::Null()));
  heap->CollectCycles();
  run.live_objects = heap->object_count() - std::min(objects, heap->object_count());
  run.live_bytes = heap->bytes_in_use() - std::min(bytes, heap->bytes_in_use());
  return run;
}

void CheckRule(const RuleCase& rule) {
  for (const bool switch_dispatch : {false, true}) {
    for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
      RunOptions options;
      options.vm.switch_dispatch = switch_dispatch;
      options.seed = seed;
      const ProgramRun run = RunProgram(rule.program, options);
      EXPECT_EQ(run.output, rule.output)
          << rule.name << ", seed " << seed << ", " << (switch_dispatch ? "switch" : "tail");
      if (testing::Test::HasFailure()) return;
    }
  }
}

}  // namespace ruff
