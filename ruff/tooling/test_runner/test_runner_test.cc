#include "ruff/tooling/test_runner/test_runner.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/lang/frontend/frontend.h"
#include "ruff/runtime/engine/engine.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

// Runs the tests of `text` on a machine without an event loop.
TestRun RunText(std::string text) {
  auto source = SourceBuffer::FromText("t.ruff", std::move(text));
  EXPECT_TRUE(source.ok());
  FrontendOptions options;
  options.compile.tests = true;
  DiagnosticList diagnostics;
  Phase failed;
  std::unique_ptr<Module> module = CompileSource(*source, options, &diagnostics, &failed);
  if (module == nullptr) {
    ADD_FAILURE() << diagnostics[0].message;
    return {};
  }
  const std::vector<PlannedTest> plan = PlanTests(module->tests);

  Engine engine(VmOptions(), "");
  LinkedModule* linked =
      engine.Link(std::move(module), std::make_unique<SourceBuffer>(*std::move(source)));
  const auto call = [&](Function* function) {
    Fiber* fiber = engine.vm().NewCall(function, nullptr, 0);
    const Outcome outcome = engine.vm().Resume(fiber);
    ClearFiber(fiber);
    FreeFiber(fiber);
    return outcome;
  };
  const Ref file(engine.FileFunction(linked));
  EXPECT_EQ(call(file.As<Function>()), Outcome::kFinished);
  return RunTests(plan, *linked, engine.vm(), call);
}

std::vector<std::string> Errors(const TestRun& run) {
  std::vector<std::string> errors;
  for (const TestResult& result : run.results) {
    EXPECT_EQ(result.has_passed, result.error.empty());
    errors.push_back(result.error);
  }
  return errors;
}

using Texts = std::vector<std::string>;

TEST(TestRunnerTest, TestsDoNotSeeEachOther) {
  EXPECT_EQ(Errors(RunText("mut n := [1]\n"
                           "func grow() { n = push(n, 2) }\n"
                           "test \"a\" { grow()\n assert_equal(len(n), 2) }\n"
                           "test \"b\" { grow()\n assert_equal(len(n), 2) }\n")),
            (Texts{"", ""}));
}

TEST(TestRunnerTest, HooksShareTheNamesOfTheirTest) {
  EXPECT_EQ(Errors(RunText("test_setup { x := 1 }\n"
                           "test \"a\" { x = x + 1\n assert_equal(x, 2) }\n"
                           "test \"b\" { assert_equal(x, 1) }\n")),
            (Texts{"", ""}));
}

TEST(TestRunnerTest, TheFirstErrorCounts) {
  EXPECT_EQ(Errors(RunText("test_setup { if (n > 0) { throw(\"up\") } }\n"
                           "test_teardown { throw(\"down\") }\n"
                           "let n := 0\n"
                           "test \"a\" { throw(\"body\") }\n"
                           "test \"b\" { }\n")),
            (Texts{"body", "Teardown failed: down"}));
  EXPECT_EQ(Errors(RunText("test_setup { throw(\"up\") }\ntest \"a\" { throw(\"body\") }\n")),
            Texts{"Setup failed: up"});
}

TEST(TestRunnerTest, ExitEndsTheRun) {
  const TestRun run = RunText("test \"a\" { }\ntest \"b\" { exit(3) }\ntest \"c\" { }\n");
  EXPECT_TRUE(run.has_exited);
  EXPECT_EQ(run.results.size(), 2u);
}

}  // namespace
}  // namespace ruff
