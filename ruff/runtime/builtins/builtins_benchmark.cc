// Throughput of string functions and sorting. Run with --config=release.

#include <benchmark/benchmark.h>

#include <random>
#include <string>

#include "ruff/base/check.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {
namespace {

class Context : public NativeContext {};

template <typename... Values>
Ref Call(std::string_view name, Values... values) {
  Context context;
  Value args[] = {values...};
  const Value result = FindNative(name)->body(context, args, sizeof...(values));
  RUFF_CHECK(!result.Is(Kind::kUnset));
  return Ref(result);
}

// Sixteen megabytes of words of `length` characters.
std::string Words(size_t length) {
  const std::string word(length, 'w');
  std::string text;
  while (text.size() < 16 << 20) text += word + ' ';
  return text;
}

void BM_Split(benchmark::State& state) {
  const Ref text(NewString(Words(static_cast<size_t>(state.range(0)))));
  const Ref space(NewString(" "));
  for (auto _ : state) Call("split", text.get(), space.get());
  state.SetBytesProcessed(state.iterations() * text.As<String>()->size);
}
BENCHMARK(BM_Split)->Arg(5)->Arg(8)->Arg(40)->Unit(benchmark::kMillisecond);

void BM_Join(benchmark::State& state) {
  const Ref text(NewString(Words(static_cast<size_t>(state.range(0)))));
  const Ref space(NewString(" "));
  const Ref parts = Call("split", text.get(), space.get());
  for (auto _ : state) Call("join", parts.get(), space.get());
  state.SetBytesProcessed(state.iterations() * text.As<String>()->size);
}
BENCHMARK(BM_Join)->Arg(5)->Arg(8)->Arg(40)->Unit(benchmark::kMillisecond);

void BM_Replace(benchmark::State& state, const char* from, const char* to) {
  const Ref text(NewString(Words(static_cast<size_t>(state.range(0)))));
  const Ref a(NewString(from));
  const Ref b(NewString(to));
  for (auto _ : state) Call("replace", text.get(), a.get(), b.get());
  state.SetBytesProcessed(state.iterations() * text.As<String>()->size);
}
BENCHMARK_CAPTURE(BM_Replace, character, " ", "_")->Arg(8)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Replace, longer, " ", "--")->Arg(8)->Arg(40)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Replace, part, "w w", "-")->Arg(8)->Arg(40)->Unit(benchmark::kMillisecond);

void BM_Upper(benchmark::State& state) {
  const Ref text(NewString(Words(8)));
  for (auto _ : state) Call("to_upper", text.get());
  state.SetBytesProcessed(state.iterations() * text.As<String>()->size);
}
BENCHMARK(BM_Upper)->Unit(benchmark::kMillisecond);

constexpr int kSorted = 1'000'000;

// The array is shared, so every round sorts a copy.
void BM_SortInts(benchmark::State& state) {
  std::mt19937_64 random(1);
  const Ref a(NewArray());
  for (int i = 0; i < kSorted; ++i) {
    ArrayPush(a.As<Array>(), Value::Int(static_cast<int64_t>(random()) >> state.range(0)));
  }
  for (auto _ : state) Call("sort", Retain(a.get()));
}
BENCHMARK(BM_SortInts)->Arg(0)->Arg(34)->Unit(benchmark::kMillisecond);

void BM_SortFloats(benchmark::State& state) {
  std::mt19937_64 random(1);
  const Ref a(NewArray());
  for (int i = 0; i < kSorted; ++i) {
    ArrayPush(a.As<Array>(), Value::Float(static_cast<double>(random()) / 3));
  }
  for (auto _ : state) Call("sort", Retain(a.get()));
}
BENCHMARK(BM_SortFloats)->Unit(benchmark::kMillisecond);

void BM_SortStrings(benchmark::State& state) {
  std::mt19937_64 random(1);
  const Ref a(NewArray());
  for (int i = 0; i < kSorted; ++i) {
    ArrayPush(a.As<Array>(), Value::Heap(NewString("key" + std::to_string(random() % 10'000'000))));
  }
  for (auto _ : state) Call("sort", Retain(a.get()));
}
BENCHMARK(BM_SortStrings)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ruff
