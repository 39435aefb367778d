#include "ruff/tooling/test_runner/test_runner.h"

#include <chrono>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/structure.h"

namespace ruff {
namespace {

class Stopwatch {
 public:
  int64_t milliseconds() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start_).count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

// The values of a module's globals at one moment.
class GlobalsSnapshot {
 public:
  explicit GlobalsSnapshot(LinkedModule& module) : module_(module) {
    values_.reserve(module.global_count());
    for (size_t i = 0; i < module.global_count(); ++i) {
      values_.push_back(Ref::Share(module.globals()[i]));
    }
  }

  void Restore() {
    for (size_t i = 0; i < values_.size(); ++i) {
      Release(std::exchange(module_.globals()[i], Retain(values_[i].get())));
    }
  }

 private:
  LinkedModule& module_;
  std::vector<Ref> values_;
};

class TestRunner {
 public:
  TestRunner(LinkedModule& module, Vm& vm, CallTestFunction call)
      : module_(module), vm_(vm), call_(call) {}

  // False when the program has ended.
  bool Run(const PlannedTest& test, TestResult* result);

 private:
  // False after an error or the end of the program.
  bool Call(uint32_t function, std::string_view prefix, TestResult* result);

  LinkedModule& module_;
  Vm& vm_;
  CallTestFunction call_;
  bool has_exited_ = false;
};

bool TestRunner::Call(uint32_t function, std::string_view prefix, TestResult* result) {
  const Ref callee(NewFunction(module_.code(function)));
  const Outcome outcome = call_(callee.As<Function>());
  if (outcome == Outcome::kFinished) return true;
  if (outcome == Outcome::kExit) {
    has_exited_ = true;
  } else if (result->error.empty()) {
    const Value message = StructGet(vm_.error.As<Struct>(), vm_.names().message);
    result->error = absl::StrCat(prefix, FormatToString(message, Form::kText));
  }
  result->has_passed = false;
  return false;
}

bool TestRunner::Run(const PlannedTest& test, TestResult* result) {
  result->name = test.name;
  result->has_passed = true;
  const Stopwatch watch;
  for (const uint32_t setup : test.setups) {
    if (!Call(setup, "Setup failed: ", result)) break;
  }
  if (result->has_passed) Call(test.body, "", result);
  for (const uint32_t teardown : test.teardowns) {
    if (has_exited_) break;
    Call(teardown, "Teardown failed: ", result);
  }
  result->milliseconds = watch.milliseconds();
  return !has_exited_;
}

}  // namespace

TestRun RunTests(const std::vector<PlannedTest>& plan, LinkedModule& module, Vm& vm,
                 CallTestFunction call) {
  const Stopwatch watch;
  TestRun run;
  TestRunner runner(module, vm, call);
  GlobalsSnapshot globals(module);
  for (const PlannedTest& test : plan) {
    globals.Restore();
    if (!runner.Run(test, &run.results.emplace_back())) {
      run.has_exited = true;
      break;
    }
  }
  run.milliseconds = watch.milliseconds();
  return run;
}

}  // namespace ruff
