// Resolving and compiling without lexing and parsing; bytes are those of the source.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "ruff/base/check.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/compile/compile.h"
#include "ruff/lang/lex/lexer.h"
#include "ruff/lang/parse/parser.h"

namespace ruff {
namespace {

void Measure(benchmark::State& state, std::string text) {
  absl::StatusOr<SourceBuffer> source = SourceBuffer::FromText("benchmark.ruff", text);
  RUFF_CHECK(source.ok());
  DiagnosticList diagnostics;
  const std::optional<Ast> ast =
      Parse(Lex(*source, LexLimits{}, &diagnostics), ParseLimits{}, &diagnostics);
  RUFF_CHECK(ast.has_value());
  for (auto _ : state) {
    std::unique_ptr<Module> module = Compile(*source, *ast, CompileOptions{}, &diagnostics);
    RUFF_CHECK(module != nullptr);
    benchmark::DoNotOptimize(module);
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}

void CompileRepeated(benchmark::State& state, std::string_view before, std::string_view item,
                     std::string_view after) {
  std::string text(before);
  for (int i = 0; i < 1'000'000; ++i) text += item;
  text += after;
  Measure(state, std::move(text));
}

void BM_Integers(benchmark::State& state) {
  CompileRepeated(state, "x := [", "12345678901234,\n", "]");
}
void BM_Calls(benchmark::State& state) {
  CompileRepeated(state, "func call_me(n) { return n }\nx := [", "call_me(123456),", "]");
}
void BM_MethodCalls(benchmark::State& state) {
  CompileRepeated(state, "s := \"text\"\nx := [", "s.method(\"a\", 1),", "]");
}
void BM_Sum(benchmark::State& state) { CompileRepeated(state, "v := 1\nx := 1", " + v * 2", ""); }
void BM_Statements(benchmark::State& state) {
  CompileRepeated(state, "",
                  "if a.b < c[i] { total += f(x, 1) } else { print(\"text\", {\"k\": v}) }\n", "");
}

// Every constant is another one.
void BM_Strings(benchmark::State& state) {
  std::string text = "x := [";
  for (int i = 0; i < 1'000'000; ++i) absl::StrAppend(&text, "f(\"s", i, "\"),");
  Measure(state, text + "]");
}

void BM_Functions(benchmark::State& state) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) {
    absl::StrAppend(&text, "func f", i, "(a, b) {\n  c := a + b\n  return c * ", i, "\n}\n");
  }
  Measure(state, std::move(text));
}

BENCHMARK(BM_Integers)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Calls)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_MethodCalls)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Sum)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Statements)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Strings)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Functions)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ruff
