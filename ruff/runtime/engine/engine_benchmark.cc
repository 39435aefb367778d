// Families of instructions, each as a loop of 100,000 iterations.

#include "benchmark/benchmark.h"
#include "ruff/runtime/engine/run_source.h"

namespace ruff {
namespace {

void Run(benchmark::State& state, std::string_view text) {
  VmOptions options;
  options.switch_dispatch = state.range(0) != 0;
  for (auto _ : state) benchmark::DoNotOptimize(RunSource(text, options).outcome);
  state.SetItemsProcessed(state.iterations() * 100'000);
}

#define RUFF_LOOP(setup, body) \
  "func f() {\n" setup "\nfor i in range(100000) { " body " }\n}\nf()\n"

#define RUFF_BENCHMARK(name, setup, body) \
  BENCHMARK_CAPTURE(Run, name, RUFF_LOOP(setup, body))->ArgName("switch")->Arg(0)->Arg(1)

RUFF_BENCHMARK(empty_loop, "", "");
RUFF_BENCHMARK(int_arithmetic, "x := 1", "x = (x * 3 + i) % 1000");
RUFF_BENCHMARK(float_arithmetic, "x := 1.5", "x = x * 0.5 + 2.25 - x / 3.0");
RUFF_BENCHMARK(compare_and_branch, "n := 0", "if i % 3 == 0 && i > 10 { n += 1 }");
RUFF_BENCHMARK(call, "g := func(x) { return x }", "g(i)");
RUFF_BENCHMARK(builtin_call, "", "abs(i)");
RUFF_BENCHMARK(array_read_write, "a := range(64)", "a[i % 64] = a[(i + 1) % 64]");
RUFF_BENCHMARK(array_push, "a := []", "a = push(a, i)");
RUFF_BENCHMARK(dict_read_write, "d := {\"k\": 0}", "d[\"k\"] = d[\"k\"] + 1");
RUFF_BENCHMARK(field_read_write, "struct P { x }\np := P { x: 0 }", "p.x = p.x + 1");
RUFF_BENCHMARK(method_call, "struct P { x\n func get(self) { return self.x } }\np := P { x: 0 }",
               "p.get()");
RUFF_BENCHMARK(closure_variable, "n := 0\ng := func() { n += 1 }", "g()");
RUFF_BENCHMARK(string_append, "s := \"\"", "s += \"x\"");
RUFF_BENCHMARK(interpolation, "s := \"\"", "s = \"${i}-${i}\"");
RUFF_BENCHMARK(throw_and_catch, "", "try { throw(\"x\") } except e { }");

}  // namespace
}  // namespace ruff
