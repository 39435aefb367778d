// Nothing grows faster than its data. Counted are bytes: those that a value moves while a loop
// changes it, and those that one call takes from the heap, for n and for ten times n.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/runtime/builtins/test_context.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

constexpr int kFew = 2'000;
constexpr int kMany = 10 * kFew;

Ref Ints(int n) {
  Array* a = NewArray();
  for (int i = 0; i < n; ++i) ArrayPush(a, Value::Int(int64_t{i} * 7919 % n));
  return Ref(a);
}

Ref Strings(int n) {
  Array* a = NewArray();
  for (int i = 0; i < n; ++i) ArrayPush(a, Value::Heap(NewString("key" + std::to_string(i))));
  return Ref(a);
}

Ref Numbered(int n, int first = 0) {
  Dict* d = NewDict();
  for (int i = first; i < first + n; ++i) {
    const Ref key = S("key" + std::to_string(i));
    DictSet(d, key.get(), Value::Int(i));
  }
  return Ref(d);
}

// Buffers and their sizes, of the values that loops change.
std::pair<const void*, uint64_t> Buffer(Value v) {
  if (v.IsArray()) return {v.As<Array>()->values, v.As<Array>()->capacity * 8};
  if (v.IsDict()) return {v.As<Dict>()->entries, v.As<Dict>()->capacity * sizeof(DictEntry)};
  if (v.IsString()) return {v.As<String>(), v.As<String>()->capacity};
  return {v.object, 0};
}

// Bytes moved to new places while `step` replaces the value `n` times.
uint64_t Moved(int n, Ref value, const std::function<Ref(Ref, int)>& step) {
  uint64_t bytes = 0;
  const void* place = Buffer(value.get()).first;
  for (int i = 0; i < n; ++i) {
    value = step(std::move(value), i);
    const auto [now, size] = Buffer(value.get());
    if (now != place) bytes += size;
    place = now;
  }
  return bytes;
}

// The builtin's result with the first argument handed over.
Ref Step(std::string_view name, Ref first, std::vector<Ref> rest) {
  TestContext context;
  std::vector<Ref> args;
  args.push_back(std::move(first));
  for (Ref& arg : rest) args.push_back(std::move(arg));
  Ref result = context.CallMoving(name, &args);
  EXPECT_EQ(context.failure(), "") << name;
  return result;
}

TEST(ComplexityTest, LoopsMoveEachByteFewTimes) {
  const auto expect = [](const char* what, int n, Ref start,
                         const std::function<Ref(Ref, int)>& step) {
    // Doubling moves twice the final size, growth by half three times.
    const uint64_t bytes = Moved(n, std::move(start), step);
    EXPECT_LE(bytes, uint64_t{4} * 64 * static_cast<uint64_t>(n) + 4096) << what;
  };
  expect("push", kMany, A({}), [](Ref a, int i) { return Step("push", std::move(a), {I(i)}); });
  expect("append", kMany, A({}), [](Ref a, int i) { return Step("append", std::move(a), {I(i)}); });
  expect("insert at the end", kMany, A({}),
         [](Ref a, int i) { return Step("insert", std::move(a), {I(i), I(i)}); });
  expect("set_add", kMany, Step("Set", A({}), {}),
         [](Ref s, int i) { return Step("set_add", std::move(s), {I(i)}); });
  expect("queue_enqueue", kMany, Step("Queue", A({}), {}),
         [](Ref q, int i) { return Step("queue_enqueue", std::move(q), {I(i)}); });
  expect("stack_push", kMany, Step("Stack", A({}), {}),
         [](Ref s, int i) { return Step("stack_push", std::move(s), {I(i)}); });
  expect("string append", kMany, S(""), [](Ref s, int) {
    const Ref tail = S("0123456789");
    return Ref(AppendString(reinterpret_cast<String*>(s.Take().object), tail.As<String>()));
  });
  expect("dict set", kMany, Numbered(0), [](Ref d, int i) {
    const Ref key = S("key" + std::to_string(i));
    DictSet(d.As<Dict>(), key.get(), Value::Int(i));
    return d;
  });
  expect("update", kMany, Numbered(0),
         [](Ref d, int i) { return Step("update", std::move(d), {Numbered(1, i)}); });
}

// What one call takes from a fresh heap, in blocks and at its peak in bytes, arguments included.
std::pair<uint64_t, uint64_t> Taken(int n, const std::function<void(int)>& work) {
  Heap heap;
  HeapScope scope(&heap);
  work(n);
  return {heap.allocations() + heap.buffer_allocations(), heap.peak_bytes()};
}

TEST(ComplexityTest, CallsTakeMemoryInProportion) {
  const auto call = [](std::string_view name, std::vector<Ref> args) {
    TestContext context;
    context.Call(name, std::move(args));
    EXPECT_EQ(context.failure(), "") << name;
  };
  const auto words = [](int n) {
    std::string text;
    for (int i = 0; i < n; ++i) text += "word ";
    return S(text);
  };
  const std::pair<const char*, std::function<void(int)>> kWorks[] = {
      {"split", [&](int n) { call("split", {words(n), S(" ")}); }},
      {"split characters", [&](int n) { call("split", {words(n), S("")}); }},
      {"replace", [&](int n) { call("replace", {words(n), S("or"), S("longer")}); }},
      {"join", [&](int n) { call("join", {Strings(n), S(", ")}); }},
      {"join ints", [&](int n) { call("join", {Ints(n), S(", ")}); }},
      {"lines", [&](int n) { call("lines", {words(n)}); }},
      {"words", [&](int n) { call("words", {words(n)}); }},
      {"sort", [&](int n) { call("sort", {Ints(n)}); }},
      {"sort strings", [&](int n) { call("sort", {Strings(n)}); }},
      {"unique", [&](int n) { call("unique", {Strings(n)}); }},
      {"reverse", [&](int n) { call("reverse", {Strings(n)}); }},
      {"concat", [&](int n) { call("concat", {Ints(n), Strings(n)}); }},
      {"chunk", [&](int n) { call("chunk", {Ints(n), I(3)}); }},
      {"zip", [&](int n) { call("zip", {Ints(n), Strings(n)}); }},
      {"keys", [&](int n) { call("keys", {Numbered(n)}); }},
      {"items", [&](int n) { call("items", {Numbered(n)}); }},
      {"invert", [&](int n) { call("invert", {Numbered(n)}); }},
      {"merge", [&](int n) { call("merge", {Numbered(n), Numbered(n, n / 2)}); }},
      {"set_union",
       [&](int n) { call("set_union", {Step("Set", Strings(n), {}), Step("Set", Ints(n), {})}); }},
      {"set_intersect",
       [&](int n) {
         call("set_intersect", {Step("Set", Strings(n), {}), Step("Set", Strings(n), {})});
       }},
      {"to_json", [&](int n) { call("to_json", {Numbered(n)}); }},
  };
  for (const auto& [name, work] : kWorks) {
    const auto few = Taken(kFew, work);
    const auto many = Taken(kMany, work);
    EXPECT_LE(many.first, 12 * few.first + 100) << name;
    // Tables of powers of two, which n and ten times n fill differently.
    EXPECT_LE(many.second, 20 * few.second) << name;
  }
}

}  // namespace
}  // namespace ruff
