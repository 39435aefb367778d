// Speed of the containers: bazel run --config=release //ruff/runtime/value:value_benchmark

#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/string.h"

namespace ruff {
namespace {

// Inserts and looks up n distinct string keys, as `d["key" + i]` does once the text exists.
void BM_DictStringKeys(benchmark::State& state) {
  Heap heap;
  HeapScope scope(&heap);
  const auto n = static_cast<int>(state.range(0));
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<Ref> keys, probes;
    for (int i = 0; i < n; ++i) {
      keys.emplace_back(NewString("key" + std::to_string(i)));
      probes.emplace_back(NewString("key" + std::to_string(i)));
    }
    state.ResumeTiming();
    Dict* d = NewDict();
    for (int i = 0; i < n; ++i) DictSet(d, keys[static_cast<size_t>(i)].get(), Value::Int(i));
    int64_t sum = 0;
    for (const Ref& probe : probes) sum += DictGet(d, probe.get()).i;
    benchmark::DoNotOptimize(sum);
    ReleaseObject(d);
    state.PauseTiming();
    keys.clear();
    probes.clear();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * n);
}
BENCHMARK(BM_DictStringKeys)->Arg(8)->Arg(1000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void BM_DictIntKeys(benchmark::State& state) {
  Heap heap;
  HeapScope scope(&heap);
  for (auto _ : state) {
    Dict* d = NewDict();
    for (int64_t i = 0; i < state.range(0); ++i) DictSet(d, Value::Int(i * 7), Value::Int(i));
    int64_t sum = 0;
    for (int64_t i = 0; i < state.range(0); ++i) sum += DictGet(d, Value::Int(i * 7)).i;
    benchmark::DoNotOptimize(sum);
    ReleaseObject(d);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_DictIntKeys)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void BM_DictOrder(benchmark::State& state) {
  Heap heap;
  HeapScope scope(&heap);
  for (auto _ : state) {
    state.PauseTiming();
    Dict* d = NewDict();
    for (int64_t i = 0; i < state.range(0); ++i) {
      const Ref key(NewString("key" + std::to_string(i * 7919 % 1'000'003)));
      DictSet(d, key.get(), Value::Null());
    }
    state.ResumeTiming();
    benchmark::DoNotOptimize(DictOrder(d));
    state.PauseTiming();
    ReleaseObject(d);
    state.ResumeTiming();
  }
}
BENCHMARK(BM_DictOrder)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void BM_ArrayPushInts(benchmark::State& state) {
  Heap heap;
  HeapScope scope(&heap);
  for (auto _ : state) {
    Array* a = NewArray();
    for (int64_t i = 0; i < state.range(0); ++i) ArrayPush(a, Value::Int(i));
    ReleaseObject(a);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_ArrayPushInts)->Arg(1'000'000);

void BM_ArraySet(benchmark::State& state) {
  Heap heap;
  HeapScope scope(&heap);
  Array* a = NewArray();
  for (int64_t i = 0; i < 1000; ++i)
    ArrayPush(a, state.range(0) != 0 ? Value::Null() : Value::Int(i));
  for (auto _ : state) {
    for (uint64_t i = 0; i < 1000; ++i) ArraySet(a, i, Value::Int(5));
  }
  ReleaseObject(a);
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(BM_ArraySet)->Arg(0)->Arg(1);

void BM_StringAppend(benchmark::State& state) {
  Heap heap;
  HeapScope scope(&heap);
  Ref piece(NewString("0123456789"));
  for (auto _ : state) {
    String* s = NewString("");
    for (int64_t i = 0; i < state.range(0); ++i) s = AppendString(s, piece.As<String>());
    ReleaseObject(s);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_StringAppend)->Arg(100'000);

void BM_SmallObjects(benchmark::State& state) {
  Heap heap;
  HeapScope scope(&heap);
  for (auto _ : state) {
    Box* box = NewBox(Kind::kOk, Value::Int(1));
    benchmark::DoNotOptimize(box);
    ReleaseObject(box);
  }
}
BENCHMARK(BM_SmallObjects);

void BM_ShortStrings(benchmark::State& state) {
  Heap heap;
  HeapScope scope(&heap);
  for (auto _ : state) {
    String* s = NewString("a short text");
    benchmark::DoNotOptimize(s);
    ReleaseObject(s);
  }
}
BENCHMARK(BM_ShortStrings);

}  // namespace
}  // namespace ruff
