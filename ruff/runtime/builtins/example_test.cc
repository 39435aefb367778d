// Runs the example of every row and compares what it prints.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "ruff/lang/frontend/frontend.h"
#include "ruff/runtime/builtins/output.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/engine/engine.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

class TextOutput : public Output {
 public:
  void Write(std::string_view text) override { text_ += text; }
  void WriteError(std::string_view text) override { errors_ += text; }
  void Flush() override {}
  std::string text() const { return text_ + errors_; }

 private:
  std::string text_;
  std::string errors_;
};

// What the program writes to standard output and to standard error, and the message of its uncaught
// error.
std::string RunProgram(std::string_view program) {
  auto source = SourceBuffer::FromText("example.ruff", std::string(program));
  if (!source.ok()) return source.status().ToString();
  DiagnosticList diagnostics;
  Phase failed;
  std::unique_ptr<Module> module = CompileSource(*source, FrontendOptions(), &diagnostics, &failed);
  if (module == nullptr) return absl::StrCat("does not compile: ", diagnostics.size());
  TextOutput output;
  Engine engine(VmOptions(), "");
  engine.vm().set_output(&output);
  LinkedModule* linked =
      engine.Link(std::move(module), std::make_unique<SourceBuffer>(*std::move(source)));
  Function* main = engine.FileFunction(linked);
  Fiber* fiber = engine.vm().NewCall(main, nullptr, 0);
  ReleaseObject(main);
  const Outcome outcome = engine.vm().Resume(fiber);
  std::string text = output.text();
  if (outcome == Outcome::kFailed) {
    text += "uncaught: " + FormatToString(engine.vm().error, Form::kText);
  }
  DeleteFiber(fiber);
  return text;
}

TEST(ExampleTest, EveryExamplePrintsWhatItSays) {
  for (const NativeFunction* native : AllNatives()) {
    if (native->example.empty()) continue;
    const size_t arrow = native->example.rfind(" => ");
    const std::string_view expected = native->example.substr(arrow + 4);
    EXPECT_EQ(RunProgram(native->example.substr(0, arrow)), absl::StrCat(expected, "\n"))
        << native->name;
  }
}

TEST(PreludeTest, CallbacksErrorsAndShortCircuits) {
  EXPECT_EQ(RunProgram("print(map([1, 2], to_string), map([], print))\n"), "[1, 2] []\n");
  EXPECT_EQ(RunProgram("print(reduce([], 7, func(a, x) { return a + x }))\n"), "7\n");
  EXPECT_EQ(RunProgram("print(find([1], func(x) { return false }))\n"), "0\n");
  EXPECT_EQ(RunProgram("any([1, 2, 3], func(x) { print(x)\nreturn x == 2 })\n"), "1\n2\n");
  EXPECT_EQ(RunProgram("all([1, 2, 3], func(x) { print(x)\nreturn x < 2 })\n"), "1\n2\n");
  EXPECT_EQ(RunProgram("try { map(5, print) } except e { print(e.message, e.line, e.stack) }\n"),
            "map expects an array and a function 1 []\n");
  EXPECT_EQ(RunProgram("try { map([1]) } except e { print(e.message) }\n"),
            "map expects 2 arguments, got 1\n");
  EXPECT_EQ(RunProgram("func f(x) { throw(\"cb\") }\n"
                       "try { map([1], f) } except e { print(e.message, e.stack) }\n"),
            "cb [f]\n");
}

TEST(PreludeTest, IteratorsAreLazyAndCheckedAtTheCall) {
  constexpr std::string_view kNumbers = "func* nat() { i := 0\nloop { yield i\ni += 1 } }\n";
  const auto run = [&](std::string_view program) {
    return RunProgram(absl::StrCat(kNumbers, program));
  };
  EXPECT_EQ(run("print(nat().take(3).collect())\n"), "[0, 1, 2]\n");
  EXPECT_EQ(run("print(nat().map(func(v) { return v * v }).skip(2).take(2).collect())\n"),
            "[4, 9]\n");
  EXPECT_EQ(run("print(nat().filter(func(v) { return v % 2 }).next())\n"), "Some(1)\n");
  EXPECT_EQ(run("print(nat().take(2).enumerate().collect(), nat().take(0).next())\n"),
            "[[0, 0], [1, 1]] None\n");
  EXPECT_EQ(run("it := nat().map(to_string)\nprint(type(it), it)\n"), "iterator <iterator>\n");
  EXPECT_EQ(run("try { nat().take(\"x\") } except e { print(e.message) }\n"),
            "take() count must be a number\n");
  EXPECT_EQ(run("g := nat()\nfor x in g.take(2) { print(x) }\nprint(g.next())\n"),
            "0\n1\nSome(2)\n");
}

}  // namespace
}  // namespace ruff
