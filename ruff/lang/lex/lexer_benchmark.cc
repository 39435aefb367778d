#include <string>
#include <string_view>
#include <utility>

#include "benchmark/benchmark.h"
#include "ruff/lang/lex/lexer.h"

namespace ruff {
namespace {

constexpr size_t kBytes = 16 << 20;

constexpr std::string_view kOrdinary =
    "# Sums the squares of the even numbers.\n"
    "func sum_squares(numbers, limit) {\n"
    "    mut total := 0\n"
    "    for number in numbers {\n"
    "        if number % 2 == 0 && number < limit {\n"
    "            total += number * number\n"
    "        }\n"
    "    }\n"
    "    return total // not rounded\n"
    "}\n"
    "let result := sum_squares([1, 2, 3.5, 4096], 1e6)\n"
    "print(\"the result is ${result} of \\\"${len(numbers)}\\\"\", result?.text ?? \"none\")\n\n";

constexpr std::string_view kCalls = "print(value, 12)\n";
constexpr std::string_view kNumbers = "123, 4567, 0.25, 89012345, ";
constexpr std::string_view kStrings = "\"a string of ordinary length\", \"short\\n\", ";
constexpr std::string_view kDense = "((;))[],{};";

void Lexing(benchmark::State& state, std::string_view unit) {
  std::string text;
  while (text.size() < kBytes) text += unit;
  const SourceBuffer source = *SourceBuffer::FromText("bench.ruff", std::move(text));
  size_t tokens = 0;
  for (auto _ : state) {
    DiagnosticList diagnostics;
    tokens = Lex(source, LexLimits(), &diagnostics).size();
    if (!diagnostics.empty()) state.SkipWithError("the source has lexical errors");
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * source.size()));
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * tokens));
}

BENCHMARK_CAPTURE(Lexing, ordinary, kOrdinary)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Lexing, calls, kCalls)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Lexing, numbers, kNumbers)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Lexing, strings, kStrings)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Lexing, dense, kDense)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ruff
