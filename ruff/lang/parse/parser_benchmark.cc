// Parsing without lexing; bytes are those of the source.

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "ruff/base/check.h"
#include "ruff/lang/lex/lexer.h"
#include "ruff/lang/parse/parser.h"

namespace ruff {
namespace {

void ParseRepeated(benchmark::State& state, std::string_view before, std::string_view item,
                   std::string_view after) {
  std::string text(before);
  for (int i = 0; i < 1'000'000; ++i) text += item;
  text += after;
  absl::StatusOr<SourceBuffer> source = SourceBuffer::FromText("benchmark.ruff", text);
  RUFF_CHECK(source.ok());
  DiagnosticList diagnostics;
  const TokenBuffer tokens = Lex(*source, LexLimits{}, &diagnostics);
  for (auto _ : state) {
    std::optional<Ast> ast = Parse(tokens, ParseLimits{}, &diagnostics);
    RUFF_CHECK(ast.has_value());
    benchmark::DoNotOptimize(ast);
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}

void BM_Integers(benchmark::State& state) {
  ParseRepeated(state, "x := [", "12345678901234,\n", "]");
}
void BM_ShortIntegers(benchmark::State& state) { ParseRepeated(state, "x := [", "5,", "]"); }
void BM_Calls(benchmark::State& state) { ParseRepeated(state, "x := [", "call_me(123456),", "]"); }
void BM_ShortCalls(benchmark::State& state) { ParseRepeated(state, "x := [", "f(1),", "]"); }
void BM_Sum(benchmark::State& state) { ParseRepeated(state, "x := 1", " + variable", ""); }
void BM_Statements(benchmark::State& state) {
  ParseRepeated(state, "",
                "if a.b < c[i] { total += f(x, 1) } else { print(\"text\", {\"k\": v}) }\n", "");
}

BENCHMARK(BM_Integers)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ShortIntegers)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Calls)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ShortCalls)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Sum)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Statements)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ruff
