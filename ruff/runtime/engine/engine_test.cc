// Properties of the machine that programs cannot see in their output: costs, limits, cleanliness.
// What programs do see is covered by testing/conformance.

#include "ruff/runtime/engine/engine.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/runtime/engine/run_source.h"
#include "ruff/runtime/value/handle.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/string.h"

namespace ruff {
namespace {

// Both interpreters.
class EngineTest : public testing::TestWithParam<bool> {
 protected:
  VmOptions Options() const {
    VmOptions options;
    options.switch_dispatch = GetParam();
    return options;
  }
  RunResult Run(std::string_view text) { return RunSource(text, Options()); }
};

INSTANTIATE_TEST_SUITE_P(Dispatch, EngineTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "Switch" : "Tail"; });

class Lamp : public HandleState {
 public:
  std::string_view type() const override { return "lamp"; }
  std::string_view title() const override { return "Lamp"; }
};

TEST(EngineMethodTest, HandlesSayWhatTheyLack) {
  Engine engine(VmOptions(), "");
  const Ref lamp(NewHandle(std::make_unique<Lamp>()));
  const Ref name(NewString("shine"));
  std::string error;
  EXPECT_TRUE(engine.Method(lamp.get(), name.As<String>(), &error).Is(Kind::kUnset));
  EXPECT_EQ(error, "Lamp has no method 'shine'");
}

TEST_P(EngineTest, PushOnAVariableIsAmortisedConstant) {
  const std::string_view programs[] = {
      "func f() { a := []\n for i in range(10000) { a = push(a, i) }\n return len(a) }\nprint(f())",
      "a := []\nfunc f() { for i in range(10000) { a = push(a, i) } }\nf()\nprint(len(a))",
      "func f() { a := []\n g := func() { return a }\n for i in range(10000) { a = push(a, i) }\n"
      " return len(g()) }\nprint(f())",
      "func f() { a := []\n try { for i in range(10000) { a = push(a, i) } } except e { }\n"
      " return len(a) }\nprint(f())",
      "func f() { d := {\"k\": []}\n for i in range(10000) { d[\"k\"] = push(d[\"k\"], i) }\n"
      " return len(d[\"k\"]) }\nprint(f())",
      "struct S { items\n func add(self, v) { self.items = push(self.items, v) } }\n"
      "func f() { s := S { items: [] }\n for i in range(10000) { s.add(i) }\n"
      " return len(s.items) }\nprint(f())",
  };
  for (const std::string_view program : programs) {
    const RunResult result = Run(program);
    EXPECT_EQ(result.output, "10000\n") << program << result.error;
    EXPECT_LT(result.allocations, 500u) << program;
  }
}

TEST_P(EngineTest, AppendingToAStringIsAmortisedConstant) {
  const std::string_view programs[] = {
      "func f() { s := \"\"\n for i in range(10000) { s = s + \"x\" }\n return len(s) "
      "}\nprint(f())",
      "func f() { s := \"\"\n for i in range(10000) { s += \"x\" }\n return len(s) }\nprint(f())",
      "s := \"\"\nfunc f() { for i in range(10000) { s += \"x\" } }\nf()\nprint(len(s))",
      "func f() { d := {\"k\": \"\"}\n for i in range(10000) { d[\"k\"] += \"x\" }\n"
      " return len(d[\"k\"]) }\nprint(f())",
  };
  for (const std::string_view program : programs) {
    const RunResult result = Run(program);
    EXPECT_EQ(result.output, "10000\n") << program << result.error;
    EXPECT_LT(result.allocations, 500u) << program;
  }
}

TEST_P(EngineTest, AFailedUpdateLeavesTheVariableAlone) {
  const RunResult result = Run(R"(
a := [1, 2]
try { a = push(a) } except e { }
d := {"k": "text"}
try { d["k"] += 1 } except e { }
func f() {
    s := "x"
    try { s = s + 1 } except e { }
    return s
}
print(a, d, f())
)");
  EXPECT_EQ(result.output, "[1, 2] {\"k\": text} x\n") << result.error;
}

TEST_P(EngineTest, CyclesThroughClosuresAreCollected) {
  const RunResult result = Run(R"(
func make() {
    f := null
    data := range(100)
    f = func() { return [f, data] }
    return 1
}
total := 0
for i in range(20000) { total += make() }
print(total)
)");
  EXPECT_EQ(result.output, "20000\n");
  EXPECT_LT(result.live_objects_gained, 100u);
}

TEST_P(EngineTest, CallDepthIsLimitedAndCatchable) {
  VmOptions options = Options();
  options.max_call_depth = 1000;
  const RunResult result = RunSource(
      "func down(n) { return down(n + 1) }\n"
      "try { down(0) } except e { print(e.message, len(e.stack)) }\n",
      options);
  EXPECT_EQ(result.output, "Maximum VM call stack depth of 1000 exceeded while calling down 999\n");
}

TEST_P(EngineTest, ExceedingTheCallDepthEndsAProgramThatDoesNotCatchIt) {
  VmOptions options = Options();
  options.max_call_depth = 100;
  const std::string_view programs[] = {
      "func down(n) { return down(n + 1) }\ndown(0)\n",
      "struct S { n\n func down(self) { return self.down() } }\nS { n: 1 }.down()\n",
      "struct S { n\n func op_add(self, o) { return self + o } }\nS { n: 1 } + 1\n",
      "func* g() { for x in g() { yield x } }\nfor x in g() { print(x) }\n",
  };
  for (const std::string_view program : programs) {
    const RunResult result = RunSource(program, options);
    EXPECT_EQ(result.outcome, Outcome::kFailed) << program;
    EXPECT_EQ(result.error.substr(0, 48), "Maximum VM call stack depth of 100 exceeded whil")
        << program;
  }
}

TEST_P(EngineTest, BudgetsCannotBeCaught) {
  VmOptions options = Options();
  options.max_instructions = 100'000;
  RunResult result = RunSource("while true { try { loop { } } except e { } }", options);
  EXPECT_EQ(result.outcome, Outcome::kFailed);
  EXPECT_EQ(result.error, "Instruction limit of 100000 exceeded");

  options = Options();
  options.timeout_ms = 20;
  result = RunSource("loop { }", options);
  EXPECT_EQ(result.error, "Time limit of 20ms exceeded");

  options = Options();
  options.max_memory = 8 << 20;
  result = RunSource("a := []\nloop { a = push(a, [1, \"x\"]) }", options);
  EXPECT_EQ(result.error, "Memory limit of 8388608 bytes exceeded");
}

TEST_P(EngineTest, DeepDataNeedsNoNativeStack) {
  const RunResult result = Run(R"(
func nest(n) {
    a := []
    for i in range(n) { a = [a] }
    return a
}
a := nest(300000)
b := nest(300000)
print(a == b, len(to_string(a)))
)");
  EXPECT_EQ(result.output, "true 600002\n") << result.error;
}

TEST_P(EngineTest, FunctionsWithMoreLocalsThanNearRegisters) {
  std::string text = "func inc(x) { return x + 1 }\nfunc f() {\n";
  for (int i = 0; i < 6000; ++i) absl::StrAppend(&text, "  v", i, " := inc(", i, ")\n");
  text += "  s := 0\n  for i in range(3) { s += inc(v5999) + v0 }\n  return s\n}\nprint(f())\n";
  const RunResult result = Run(text);
  EXPECT_EQ(result.output, "18006\n") << result.error;
}

TEST_P(EngineTest, UncaughtErrorsKnowTheirLine) {
  const RunResult result = Run("x := 1\nfunc f(v) {\n    return v + \"a\"\n}\nf(x)\n");
  EXPECT_EQ(result.outcome, Outcome::kFailed);
  EXPECT_EQ(result.error, "Invalid binary operation: int + string");
  EXPECT_EQ(result.line, 3u);
}

TEST_P(EngineTest, AnErrorDropsTheFramesItPasses) {
  const RunResult result = Run(R"(
func* gen() {
    held := [1, 2, 3]
    yield 1
    throw("stop")
}
func inner(x) {
    local := [x, x]
    for v in gen() { local = push(local, v) }
    return local
}
count := 0
for i in range(1000) {
    try { inner([i]) } except e { count += 1 }
}
print(count)
)");
  EXPECT_EQ(result.output, "1000\n");
  EXPECT_LT(result.live_objects_gained, 100u);
}

// RunSource has no event loop.
TEST_P(EngineTest, AsyncCallsAreOrdinaryOnesWithoutALoop) {
  const RunResult result = Run(R"(
struct Box {
    n
    async func twice(self) { return self.n * 2 }
    async func op_add(self, other) { return self.n + other }
}
async func double(n) { return n * 2 }
async func fail() { throw("no") }
print(double(4), await double(5), Box { n: 3 }.twice(), Box { n: 3 } + 4)
for x in [1] { try { await fail() } except e { print(e.message) } }
spawn { print("never") }
)");
  EXPECT_EQ(result.output, "8 10 6 7\nno\n");
  EXPECT_EQ(result.error, "spawn needs an event loop");
}

TEST_P(EngineTest, MethodsMayDropTheirOwnReceiver) {
  const RunResult result = Run(R"(
func make() {
    struct Local {
        n
        func vanish(self) {
            self := 5
            return self
        }
    }
    return Local { n: 1 }
}
print(make().vanish())
)");
  EXPECT_EQ(result.output, "5\n") << result.error;
}

}  // namespace
}  // namespace ruff
