// Combinators: rules A30 … A39.

#include "gtest/gtest.h"
#include "ruff/async/run_program.h"

namespace ruff {
namespace {

class CombinatorRules : public testing::TestWithParam<RuleCase> {};
TEST_P(CombinatorRules, Holds) { CheckRule(GetParam()); }

constexpr RuleCase kRules[] = {
    {"A30_SettlesWithTheLastMember", R"(
async func t() { await async_sleep(1) }
p := t()
all := promise_all([p, promise_resolve(1)])
await p
print(all)
)",
     "<promise fulfilled>\n"},
    {"A31_Order", R"(
async func t(i) {
    await async_sleep(10 - i)
    return i
}
p := t(9)
await p
print(await promise_all([t(1), p, t(3), promise_resolve("x"), p]))
print(await promise_all([]), promise_all([]))
print(await promise_all([t(1), t(2), t(3)], 2))
print(await promise_all([async_sleep(1), promise_resolve(1.5), promise_resolve(true)]))
)",
     "[1, 9, 3, x, 9]\n[] <promise fulfilled>\n[1, 2, 3]\n[null, 1.5, true]\n"},
    {"A32_WhichRejectionDecides", R"(
async func bad(m, ms) {
    if ms > 0 { await async_sleep(ms) }
    throw(m)
}
try { await promise_all([bad("late", 5), bad("now", 0), bad("too", 0)]) } except e { print(e.message, e.index, e.cause.message) }
try { await promise_all([bad("b", 9), bad("a", 3)]) } except e { print(e.message, e.index) }
try { await promise_all([promise_all([promise_resolve(1), promise_reject("r")])]) } except e { print(e.message, e.index) }
)",
     "Promise rejected: Promise 1 rejected: now 1 now\nPromise rejected: Promise 1 rejected: a 1\n"
     "Promise rejected: Promise 0 rejected: Promise 1 rejected: r 0\n"},
    {"A33_FailFast", R"(
async func ok(n) {
    for i in range(n) { await async_sleep(0) }
    print("done", n)
}
async func bad() {
    await async_sleep(0)
    throw("b")
}
try { await promise_all([ok(1), bad(), ok(5), bad()]) } except e { print(e.message) }
await async_sleep(5)
)",
     "done 1\nPromise rejected: Promise 1 rejected: b\ndone 5\n"},
    {"A34_Window", R"(
async func slow() {
    await async_sleep(3)
    print("slow")
    return 1
}
a := slow()
try { await promise_all([a, promise_reject("x")]) } except e { print(e.message) }
try { await promise_all([a, promise_reject("y")], 1) } except e { print(e.message) }
print(await promise_all([a, a, a], 99))
)",
     "Promise rejected: Promise 1 rejected: x\nslow\nPromise rejected: Promise 1 rejected: y\n[1, "
     "1, 1]\n"},
    {"A35_Thunks", R"(
func mk(i, ms) {
    return func() {
        print("start", i)
        if ms > 0 { await async_sleep(ms) }
        print("end", i)
        return i
    }
}
p := promise_all([mk(0, 2), mk(1, 1), mk(2, 0), promise_resolve("p"), mk(3, 1)], 2)
print("called")
print(await p)
print(await promise_all([async func() { return 7 }, func() { return async_sleep(1) }, func() { return promise_resolve(8) }]))
)",
     "start 0\nstart 1\ncalled\nend 1\nstart 2\nend 2\nstart 3\nend 0\nend 3\n[0, 1, 2, p, 3]\n[7, "
     "null, 8]\n"},
    {"A35_WithoutALimit", R"(
set_task_pool_size(2)
func mk(i) {
    return func() {
        print("start", i)
        await async_sleep(1)
        return i
    }
}
try { await promise_all([mk(0), mk(1), mk(2), promise_reject("watched")]) } except e { print(e.message) }
await async_sleep(5)
print(await promise_all([mk(3), promise_resolve("p"), mk(4), mk(5)]))
set_task_pool_size(256)
)",
     "start 0\nstart 1\nPromise rejected: Promise 3 rejected: watched\nstart 3\nstart 4\nstart 5\n"
     "[3, p, 4, 5]\n"},
    {"A35_ThunkErrors", R"(
started := []
func mk(i) { return func() {
    started = push(started, i)
    if i == 1 { throw("bad") }
    return i
} }
try { await promise_all([mk(0), mk(1), mk(2)], 1) } except e { print(e.message, e.index, e.cause.message) }
print(started)
try { promise_all([mk(0), len]) } except e { print(e.message) }
try { promise_all([func(x) { return x }]) } except e { print(e.message) }
try { promise_all([func*() { yield 1 }]) } except e { print(e.message) }
)",
     "Promise rejected: Promise 1 rejected: bad 1 bad\n[0, 1]\n"
     "Promise.all() array element 1 is not a Promise\nPromise.all() array element 0 is not a "
     "Promise\n"
     "Promise.all() array element 0 is not a Promise\n"},
    {"A35_ManyInARow", R"(
calls := 0
jobs := []
job := func() {
    calls = calls + 1
    return calls
}
for i in range(25000) { jobs = push(jobs, job) }
p := promise_all(jobs, 3)
print(calls, p)
r := await p
print(calls, r[24999])
)",
     "10000 <promise pending>\n25000 25000\n"},
    {"A36_Options", R"(
func try_it(f) { try { f() } except e { print(e.message) } }
try_it(func() { promise_all([], {"x": 1}) })
try_it(func() { promise_all([], {"on_progress": 1}) })
try_it(func() { promise_all([], {"concurrency": 0}) })
try_it(func() { promise_all([], {"concurrency": "2"}) })
try_it(func() { promise_all([], null) })
try_it(func() { promise_all(1, 0) })
try_it(func() { promise_map([1], 5) })
try_it(func() { promise_map([1], len, {"on_progress": null}) })
print(await promise_all([promise_resolve(1)], {"concurrency": 2}))
)",
     "Promise.all() unknown option 'x'\nPromise.all() on_progress must be a function\n"
     "Promise.all() concurrency_limit must be > 0, got 0\n"
     "Promise.all() optional concurrency_limit must be an integer\n"
     "Promise.all() optional concurrency_limit must be an integer\nPromise.all() requires an array "
     "of promises\n"
     "promise_map() second argument must be a callable function\n"
     "promise_map() on_progress must be a function\n[1]\n"},
    {"A37_Progress", R"(
func show(i) { print(i["done"], i["total"], i["rejected"]) }
p := promise_all([promise_resolve(1)], {"on_progress": show})
print(p)
print(await p)
print(await promise_all([], {"on_progress": show}))
try { await promise_all([async_sleep(9), promise_reject("r")], {"on_progress": show}) } except e { print(e.message) }
try { await promise_all([promise_resolve(1)], {"on_progress": func(i) { throw("cb") }}) } except e { print(e.message) }
try { await promise_all([promise_resolve(1)], {"on_progress": func() { }}) } except e { print(e.message) }
try { await promise_all([promise_resolve(1)], {"on_progress": func(i) { await async_sleep(1) }}) } except e { print(e.message) }
r := await promise_map(range(7), func(x) { return async_sleep(60) }, {"concurrency": 1, "on_progress": show})
)",
     "<promise pending>\n1 1 0\n[1]\n0 0 0\n[]\n1 2 1\nPromise rejected: Promise 1 rejected: "
     "r\ncb\n"
     "<lambda> expects 0 arguments, got 1\nCannot await inside on_progress callback\n2 7 0\n4 7 "
     "0\n6 7 0\n7 7 0\n"},
    {"A38_Map", R"(
async func sq(x) {
    await async_sleep(6 - x)
    return x * x
}
print(await promise_map([1, 2, 3], sq), await promise_map([1, 2, 3], sq, 1), await promise_map([], sq))
print(await promise_map(["a", "b"], func(x, i) { return x + to_string(i) }))
print(await promise_map(["a", "b"], to_upper), await promise_map([1], async func(x, i) { return [x, i] }))
items := [1, 2]
p := promise_map(items, func(x) {
    await async_sleep(1)
    return x
}, 1)
items[1] := 99
print(await p)
try { await promise_map([1, 2, 3], func(x) {
    if x > 1 { throw("no " + to_string(x)) }
    return x
}) } except e { print(e.message, e.index) }
try { await promise_map([1], func() { return 1 }) } except e { print(e.message) }
active := 0
peak := 0
await promise_map(range(20), async func(x) {
    active = active + 1
    if active > peak { peak = active }
    await async_sleep(x % 3)
    active = active - 1
}, {"concurrency": 4})
print(peak, active)
)",
     "[1, 4, 9] [1, 4, 9] []\n[a0, b1]\n[A, B] [[1, 0]]\n[1, 2]\n"
     "Promise rejected: Promise 1 rejected: no 2 1\n"
     "Promise rejected: Promise 0 rejected: <lambda> expects 0 arguments, got 1\n4 0\n"},
    {"A39_Race", R"(
async func val(x, ms) {
    await async_sleep(ms)
    return x
}
async func fail(m, ms) {
    await async_sleep(ms)
    throw(m)
}
print(await promise_race([val("slow", 9), val("fast", 2)]), await promise_race([val(1, 1), promise_resolve(2), promise_resolve(3)]))
try { await promise_race([val(1, 9), fail("f", 1)]) } except e { print(e.message) }
try { await Promise.race([promise_reject("r")]) } except e { print(e.message) }
try { promise_race([]) } except e { print(e.message) }
try { promise_race([func() { return 1 }]) } except e { print(e.message) }
)",
     "fast 2\nf\nPromise rejected: r\nPromise.race() requires a non-empty array\n"
     "Promise.race() array element 0 is not a Promise\n"},
    {"A39_AnySettledResolveReject", R"(
async func fail(m, ms) {
    await async_sleep(ms)
    throw(m)
}
print(await promise_any([fail("a", 1), promise_reject("r"), async_sleep(5)]), await promise_any([promise_reject("x"), promise_resolve(2)]))
try { await promise_any([fail("a", 9), fail("b", 1), promise_reject("c")]) } except e { print(e.message, e.errors) }
try { await promise_any([]) } except e { print(e.message, e.errors) }
r := await promise_all_settled([promise_resolve(1), fail("x", 1), promise_reject("y")])
print(r[0]["status"], r[0]["value"], r[1]["reason"], r[2]["status"], r[2]["reason"])
t := await Promise.allSettled([func() { return 5 }, func() { throw("t") }], 1)
print(t[0]["value"], t[1]["reason"])
p := promise_resolve(3)
print(Promise.resolve(p) == p, await Promise.resolve([1]))
try { await Promise.reject(5) } except e { print(e.message) }
try { throw("orig") } except e { try { await promise_reject(e) } except f { print(f.message, f.line == e.line) } }
try { Promise.nope(1) } except e { print(e.message) }
try { Promise.all() } except e { print(e.message) }
print(type(Promise))
)",
     "null 2\nPromise rejected: All promises were rejected [a, b, c]\n"
     "Promise rejected: All promises were rejected []\nfulfilled 1 x rejected y\n5 t\ntrue "
     "[1]\n5\norig true\n"
     "Promise has no method 'nope'\nPromise.all expects 1 to 2 arguments, got "
     "0\npromise_namespace\n"},
};
INSTANTIATE_TEST_SUITE_P(A, CombinatorRules, testing::ValuesIn(kRules),
                         [](const auto& info) { return std::string(info.param.name); });

// Allocations of a program that makes `n` promises and one promise_all of them, beyond those for
// making them.
uint64_t CombinatorAllocations(std::string_view make, int n) {
  const std::string build = "ps := []\nfor i in range(" + std::to_string(n) + ") { ps = push(ps, " +
                            std::string(make) + ") }\n";
  const uint64_t without = RunProgram(build + "for p in ps { await p }\n").allocations;
  const uint64_t with = RunProgram(build + "r := await promise_all(ps)\n").allocations;
  return with > without ? with - without : 0;
}

TEST(CombinatorTest, AllocatesNothingPerMember) {  // A30, A80
  EXPECT_LT(CombinatorAllocations("async_sleep(1)", 1000), 10u);
  EXPECT_LT(CombinatorAllocations("async_sleep(1)", 10'000), 10u);
  EXPECT_LT(CombinatorAllocations("promise_resolve(i)", 10'000), 10u);
}

TEST(CombinatorTest, OneAllocationPerFreshPendingPromise) {
  constexpr int kPromises = 10'000;
  const ProgramRun run = RunProgram(
      "r := await promise_all(map(range(10000), func(i) { return async_sleep(1) "
      "}))\nprint(len(r))");
  EXPECT_EQ(run.output, "10000\n");
  EXPECT_LT(run.allocations, kPromises + 100u);
}

}  // namespace
}  // namespace ruff
