// Worker isolates: rules A60 … A66, in the simulated world (one thread) and on real threads.

#include "ruff/async/workers/parallel_map.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/async/run_program.h"

namespace ruff {
namespace {

class WorkerRules : public testing::TestWithParam<RuleCase> {};

TEST_P(WorkerRules, Holds) { CheckRule(GetParam()); }

TEST_P(WorkerRules, HoldsOnThreads) {
  for (int i = 0; i < 3; ++i) {
    const ProgramRun run = RunProgram(GetParam().program, {.real = true});
    EXPECT_EQ(run.output, GetParam().output);
  }
}

constexpr RuleCase kRules[] = {
    {"A60_APromiseAtOnce", R"(
K := 3
func helper(x) { return x * x + K }
func fib(n) { return if_small(n) }
func if_small(n) {
    if n < 2 { return n }
    return fib(n - 1) + fib(n - 2)
}
p := parallel_map([3, 1, 2], helper)
print(type(p))
print(await p)
print(await par_map([10, 15, 12], fib, 2))
big := await parallel_map(range(5000), func(x) { return x * 2 })
print(len(big), big[0], big[4999])
print(await par_each([1, 2], helper))
print(await parallel_map([], helper), await par_each([], helper))
print(await parallel_map([[3, 1, 2], []], func(a) { return sort(map(a, func(x) { return x + K })) }))
)",
     "promise\n[12, 4, 7]\n[55, 610, 144]\n5000 0 9998\nnull\n[] null\n[[4, 5, 6], []]\n"},
    {"A60_NativeMappers", R"(
print(await parallel_map(["ab", "ß"], to_upper), await parallel_map(["ab", "日本語", [1]], len))
print(await parallel_map([-1, 2], abs), await parallel_map([1, "a", null], type_of))
try { parallel_map([1], len) } except e { print(e.message) }
try { parallel_map(["a", 1], to_lower) } except e { print(e.message) }
try { await parallel_map([1, "x"], abs) } except e { print(e.index) }
)",
     "[AB, SS] [2, 3, 1]\n[1, 2] [int, string, null]\n"
     "parallel_map(len, ...) expects string/array/dict elements\n"
     "parallel_map(to_lower, ...) expects string elements\n1\n"},
    {"A61_AsyncMappers", R"(
async func sq(x) {
    await async_sleep(3 - x)
    return x * x
}
seen := 0
print(await parallel_map([1, 2, 3], sq, 2))
print(await par_map([3, 4], async func(x) {
    seen = seen + x
    return x
}), seen)
print(await par_each([1, 2], sq))
print(await parallel_map([1, 2], async_sleep), await par_map([1, 2], sleep))
try { await par_each(["/nope"], async_read_file) } except e { print(e.message) }
)",
     "[1, 4, 9]\n[3, 4] 7\nnull\n[null, null] [0, 0]\n"
     "Promise rejected: Promise 0 rejected: Failed to read file '/nope': No such file or directory "
     "(os "
     "error 2)\n"},
    {"A62_Snapshots", R"(
count := 0
seen := []
base := 5
p := parallel_map([1, 2, 3], func(x) {
    count = count + 1
    seen = push(seen, x)
    return x * 10 + base
})
base = 100
print(await p, count, seen, base)
func maker() {
    n := 7
    return func(x) {
        n = n + 1
        return n > 7
    }
}
f := maker()
print(await parallel_map([1, 2], f), f(0))
)",
     "[15, 25, 35] 0 [] 100\n[true, true] true\n"},
    {"A63_WhatCrosses", R"(
struct Point {
    x,
    y: int = 2
    func sum(self) { return self.x + self.y }
}
struct Plain { a }
enum Color { Red, Green }
print(await parallel_map([Point { x: 1 }, Point { x: 2, y: 3 }], func(p) { return p.sum() }))
made := await parallel_map([1, 2], func(n) { return Point { x: n } })
print(made, made[1].sum(), made[0] == Point { x: 1 })
print(await parallel_map([null, true, 1, 2.5, "ß", [1, "a"], {"k": [2]}], func(v) { return [v] }))
print(await parallel_map([Ok(1), Err("e"), Some(2), None], func(v) { return v }))
print(await parallel_map([Color::Red], func(c) { return c == Color::Red }))
print(await parallel_map([Set([1, 2])], func(s) { return s }))
fs := await parallel_map([1, 2], func(n) { return func(x) { return x + n } })
print(fs[0](10), fs[1](10))
print(await parallel_map([func(x) { return x * 2 }, func(x) { return -x }], func(f) { return f(21) }))
print(await parallel_map([1], func(x) { return print }) == [print])
try { throw("inner") } except e {
    print(await parallel_map([e], func(err) { return err.message }))
}
shared := [1, 2, 3]
print(await parallel_map([shared, shared], func(a) {
    a[0] = 9
    return a
}), shared)
)",
     "[3, 5]\n[Point { x: 1, y: 2 }, Point { x: 2, y: 2 }] 4 true\n"
     "[[null], [true], [1], [2.5], [ß], [[1, a]], [{\"k\": [2]}]]\n"
     "[Ok(1), Err(e), Some(2), None]\n[true]\n[Set([1, 2])]\n11 12\n[42, -21]\ntrue\n[inner]\n"
     "[[9, 2, 3], [9, 2, 3]] [1, 2, 3]\n"},
    {"A63_PartsUsedTwice", R"(
func pair(i) {
    part := [i]
    return [part, part]
}
struct Even { x }
struct Odd { y }
func either(i) {
    value := if_even(i)
    return {"a": value, "b": value}
}
func if_even(i) {
    if i % 2 == 0 { return Even { x: i } }
    return Odd { y: i }
}
func local(i) {
    if i % 2 == 0 {
        struct A { x }
        a := A { x: i }
        return [a, a]
    }
    struct B { y }
    b := B { y: i }
    return [b, b]
}
n := 3000
pairs := await parallel_map(range(n), pair)
values := await parallel_map(range(n), either)
locals := await parallel_map(range(n), local)
wrong := 0
for i in range(n) {
    if to_string(locals[i]) != to_string(local(i)) { wrong += 1 }
    if pairs[i] != [[i], [i]] { wrong += 1 }
    if values[i]["a"] != if_even(i) { wrong += 1 }
    if values[i]["a"] != values[i]["b"] { wrong += 1 }
}
print(wrong)
)",
     "0\n"},
    {"A64_WhatDoesNot", R"(
ch := channel()
func try_it(f) { try { f() } except e { print(e.message) } }
try_it(func() { return parallel_map([1], func(x) { return ch.len() }) })
func outer() {
    inner := {"deep": [promise_resolve(1)]}
    func use(x) { return func() { return inner } }
    return use
}
try_it(func() { return parallel_map([1], outer()) })
try_it(func() { return parallel_map([1, ch], func(x) { return x }) })
try_it(func() { return parallel_map([1, [ch]], func(x) { return ch }) })
func* g() { yield 1 }
try_it(func() { return await parallel_map([1, 2], func(x) { return g() }) })
try_it(func() { return await parallel_map([1], func(x) { return promise_resolve(x) }) })
task := spawn_task(func() { return 1 })
try_it(func() { return parallel_map([task], type_of) })
)",
     "parallel_map() cannot transfer channel to a worker (captured variable 'ch')\n"
     "parallel_map() cannot transfer promise to a worker (captured variable 'inner')\n"
     "parallel_map() cannot transfer channel to a worker (element 1)\n"
     "parallel_map() cannot transfer channel to a worker (captured variable 'ch')\n"
     "Promise rejected: Promise 0 rejected: parallel_map() cannot transfer generator to a worker "
     "(result "
     "0)\n"
     "Promise rejected: Promise 0 rejected: parallel_map() cannot transfer promise to a worker "
     "(result "
     "0)\n"
     "parallel_map() cannot transfer taskhandle to a worker (element 0)\n"},
    {"A65_TheLowestIndexFails", R"(
func check(x) {
    if x % 3 == 2 { throw("bad " + to_string(x)) }
    return x
}
try { await parallel_map([0, 1, 2, 3, 4, 5], check) } except e {
    print(e.message, e.index, e.cause.message, e.cause.stack)
}
try { await par_each(range(2000), func(x) { return 1 / (x - 1500) }) } except e { print(e.message) }
func returns_error(x) {
    try { throw("value") } except e { return e }
}
try { await parallel_map([1], returns_error) } except e { print(e.message) }
print(await parallel_map([1], func(x) { return Err("fine") }))
try { await parallel_map([1], func(a, b) { return a }) } except e { print(e.message) }
try { await parallel_map([1], func(x) { return nowhere }) } except e { print(e.message) }
)",
     "Promise rejected: Promise 2 rejected: bad 2 2 bad 2 [check]\n"
     "Promise rejected: Promise 1500 rejected: Division by zero\n"
     "Promise rejected: Promise 0 rejected: value\n[Err(fine)]\n"
     "Promise rejected: Promise 0 rejected: <lambda> expects 2 arguments, got 1\n"
     "Promise rejected: Promise 0 rejected: Undefined variable: nowhere\n"},
    {"A66_InAWorker", R"(
shared_set("sum", 0)
await par_each(range(100), func(x) { shared_add_int("sum", x) })
print(shared_get("sum"))
print(await parallel_map([1, 2], func(x) {
    sleep(1)
    return x + 1
}))
func message(f) {
    try { return f() } except e { return e.message }
}
func all(x) {
    ch := channel(1)
    ch.send(1)
    return [
        message(func() { return await async_sleep(5) }),
        message(func() { return ch.send(2) }),
        message(func() { return [ch.receive(), ch.receive()] }),
        message(func() { return spawn_task(func() { return 1 }) }),
        message(func() { return await parallel_map([1], abs) }),
        message(func() { return await promise_all([promise_resolve(x)]) }),
        message(func() { return await promise_map([1, 2], func(y) { return x + y }) }),
        message(func() { return await (async func() { return x })() })
    ]
}
for line in (await parallel_map([7], all))[0] { print(line) }
print(await parallel_map([1], func(x) {
    try {
        spawn { print("never") }
    } except e { return e.message }
}))
print(await parallel_map([1], func(x) {
    try {
        for v in channel() { print(v) }
    } except e { return e.message }
}))
)",
     "4950\n[2, 3]\nCannot await inside parallel_map callback\n"
     "Cannot await inside parallel_map callback\nCannot await inside parallel_map callback\n"
     "Cannot await inside parallel_map callback\nCannot await inside parallel_map callback\n"
     "[7]\n[8, 9]\n7\n[Cannot await inside parallel_map callback]\n"
     "[Cannot await inside parallel_map callback]\n"},
    {"A66_ALongLineIsWhole", R"(
await par_each(range(50), func(x) { print("abcdefghij") })
)",
     "abcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghi"
     "j\n"
     "abcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghi"
     "j\n"
     "abcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghi"
     "j\n"
     "abcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghi"
     "j\n"
     "abcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghi"
     "j\n"
     "abcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghij\nabcdefghi"
     "j\n"
     "abcdefghij\nabcdefghij\n"},
};
INSTANTIATE_TEST_SUITE_P(A, WorkerRules, testing::ValuesIn(kRules),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(WorkerLimits, A50_ATimeoutStartsNothingMore) {
  const ProgramRun run = RunProgram(R"(
try {
    await async_timeout(parallel_map(range(100000), func(x) {
        sleep(1)
        return x
    }), 20)
} except e { print(e.message) }
print("goes on")
)",
                                    {.real = true});
  EXPECT_EQ(run.output, "Promise rejected: Timeout after 20ms\ngoes on\n");
  EXPECT_LT(run.elapsed_ms, 20'000);
}

// What is made when something is first used stays; a second time leaves nothing.
TEST(WorkerLimits, NothingIsLeft) {
  constexpr std::string_view kRound = R"(
r := await parallel_map(["a", [1, {"k": 2.5}], func(x) { return x }], func(v) { return [v, v] })
try { await parallel_map([1], func(x) { throw("x") }) } except e { print(e.message) }
r = null
)";
  std::string once;
  std::string twice;
  for (int i = 0; i < 2; ++i) absl::StrAppend(&once, kRound);
  for (int i = 0; i < 40; ++i) absl::StrAppend(&twice, kRound);
  const ProgramRun few = RunProgram(once, {.real = true});
  const ProgramRun many = RunProgram(twice, {.real = true});
  EXPECT_EQ(few.live_objects, many.live_objects);
  EXPECT_EQ(few.live_bytes, many.live_bytes);
}

TEST(WorkerLimits, ExitInAWorkerEndsTheProgram) {
  for (const bool real : {false, true}) {
    const ProgramRun run = RunProgram(
        "print(1)\nawait par_each(range(1000), func(x) { if x == 300 { exit(3) } })\nprint(2)\n",
        {.real = real});
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_EQ(run.output, "1\n");
  }
}

TEST(WorkerLimits, TheProgramMayEndFirst) {
  const ProgramRun run = RunProgram(
      "p := parallel_map([1, 2, 3], func(x) { while true { y := x } })\nexit(5)\n", {.real = true});
  EXPECT_EQ(run.exit_code, 5);
}

TEST(WorkerLimits, BudgetsHold) {
  for (const bool real : {false, true}) {
    RunOptions options{.real = real};
    options.vm.max_instructions = 100'000;
    const ProgramRun run = RunProgram(
        "try { await par_each([1, 2], func(x) { while true { y := x } }) } except e { print(e) }\n",
        options);
    EXPECT_EQ(run.exit_code, 4);
    EXPECT_TRUE(run.output.starts_with("! Instruction limit of ")) << run.output;
  }
}

TEST(WorkerLimits, RejectionsNobodyObserves) {
  const ProgramRun run = RunProgram(
      "async func bad() { throw(\"lost\") }\nprint(await parallel_map([1], func(x) {\n"
      "    bad()\n    return x\n}))\n");
  EXPECT_EQ(run.output, "[1]\n! Unhandled promise rejection: lost\n");
  EXPECT_EQ(run.exit_code, 4);
}

TEST(WorkerScale, AMillionElements) {
  const ProgramRun run = RunProgram(
      "r := await parallel_map(range(1000000), func(x) { return x + 1 })\n"
      "print(len(r), r[0], r[999999])\n",
      {.real = true});
  EXPECT_EQ(run.output, "1000000 1 1000000\n");
}

}  // namespace
}  // namespace ruff
