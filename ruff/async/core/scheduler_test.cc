// Tasks, the ready queue and timers: rules A1 … A26 and A51.

#include "ruff/async/core/scheduler.h"

#include "gtest/gtest.h"
#include "ruff/async/run_program.h"

namespace ruff {
namespace {

class SchedulerRules : public testing::TestWithParam<RuleCase> {};
TEST_P(SchedulerRules, Holds) { CheckRule(GetParam()); }

constexpr RuleCase kRules[] = {
    {"A1_EagerStart", R"(
async func f(n) {
    print("body", n)
    await async_sleep(1)
    print("later", n)
}
print("before")
p := f(1)
print("after")
await p
)",
     "before\nbody 1\nafter\nlater 1\n"},
    {"A1_StackOfItsOwn", R"(
async func inner() { throw("x") }
async func suspended() {
    await async_sleep(0)
    throw("y")
}
func caller(f) { return f() }
try { await caller(inner) } except e { print(e.stack) }
try { await caller(suspended) } except e { print(e.stack) }
)",
     "[inner]\n[suspended]\n"},
    {"A2_ImmediateCompletion", R"(
async func ok() { return 1 }
async func bad() { throw("b") }
p := ok()
q := bad()
print(p, q)
debug(p)
try { await q } except e { print(e.message) }
async func two(a, b) { return a }
try { two(1) } except e { print(e.message) }
async func* g() { yield 1 }
try { g() } except e { print(e.message) }
)",
     "<promise fulfilled> <promise rejected>\n[DEBUG] Promise(Resolved: Int(1))\nb\n"
     "two expects 2 arguments, got 1\nAsync generators are not supported\n"},
    {"A3_SettledPromisesDoNotSuspend", R"(
async func other() {
    await async_sleep(0)
    print("other")
}
o := other()
p := promise_resolve(1)
print(await p, await 2, await null)
print("still first")
await o
)",
     "1 2 null\nstill first\nother\n"},
    {"A4_A20_WaitersInOrder", R"(
async func source() {
    await async_sleep(1)
    return "v"
}
p := source()
async func waiter(n) { print(n, await p) }
a := waiter(1)
b := waiter(2)
c := waiter(3)
print("main", await p)
await promise_all([a, b, c])
)",
     "1 v\n2 v\n3 v\nmain v\n"},
    {"A5_RunToCompletion", R"(
async func busy(n) {
    for i in range(3) { print(n, i) }
    await async_sleep(0)
    for i in range(3, 5) { print(n, i) }
}
a := busy("a")
b := busy("b")
await promise_all([a, b])
)",
     "a 0\na 1\na 2\nb 0\nb 1\nb 2\na 3\na 4\nb 3\nb 4\n"},
    {"A5_WaitingBuiltins", R"(
spawn { print("spawned") }
print("before")
print(sleep(20))
print("after")
)",
     "before\nspawned\n0\nafter\n"},
    {"A6_PlainFunctionsSuspend", R"(
func pause(x) {
    await async_sleep(1)
    return x
}
struct V {
    n
    func op_add(self, k) { return pause(self.n + k) }
    func op_eq(self, other) { return pause(true) }
}
func* gen() {
    yield pause(1)
    yield pause(2)
}
async func task(name) {
    print(name, map([1, 2], func(x) { return pause(x * 10) }))
    print(name, V { n: 3 } + 4, V { n: 1 } != V { n: 1 })
    for x in gen() { print(name, x) }
    print(name, gen().map(func(x) { return pause(x + 5) }).collect())
}
await promise_all([task("a"), task("b")])
)",
     "a [10, 20]\nb [10, 20]\na 7 false\nb 7 false\na 1\nb 1\na 2\nb 2\na [6, 7]\nb [6, 7]\n"},
    {"A6_DeepSuspension", R"(
func deep(n) {
    if n == 0 { return await async_sleep(1) }
    deep(n - 1)
    return n
}
async func f() { return deep(500) }
async func g() { return deep(50) }
print(await promise_all([f(), g(), f()]))
)",
     "[500, 50, 500]\n"},
    {"A7_Adoption", R"(
async func inner(x) {
    await async_sleep(1)
    return x
}
async func outer(x) { return inner(x) }
async func settled() { return promise_resolve(7) }
async func bad() { return promise_reject("nope") }
print(await outer(1), await settled())
p := outer(2)
q := inner(2)
print(p == q, type(await p))
try { await bad() } except e { print(e.message) }
)",
     "1 7\nfalse int\nPromise rejected: nope\n"},
    {"A7_ItsOwnPromise", R"(
box := channel()
async func f() {
    await async_sleep(1)
    return box.receive()
}
p := f()
box.send(p)
try { await p } except e { print(e.message) }
)",
     "Promise rejected: Promise cannot resolve to itself\n"},
    {"A8_Values", R"(
async func change(a) {
    a[0] := 9
    await async_sleep(0)
    count := count + 1
    return a
}
count := 0
a := [1]
p := change(a)
x := await p
x[0] := 8
print(a, x, await p, count)
)",
     "[1] [8] [9] 1\n"},
    {"A20_CombinatorWaitersComeLast", R"(
async func source() { await async_sleep(1) }
s := source()
both := promise_all([s])
async func after_both() {
    await both
    print("combinator")
}
async func after_source() {
    await s
    print("member")
}
await promise_all([after_both(), after_source()])
)",
     "member\ncombinator\n"},
    {"A20_A22_A24_Queue", R"(
async func step(name) {
    print(name + "1")
    await async_sleep(0)
    print(name + "2")
}
a := step("a")
b := step("b")
spawn { print("s") }
t := spawn_task(func() { print("t") })
print("m")
await a
await b
)",
     "a1\nb1\nm\ns\nt\na2\nb2\n"},
    {"A21_TimersAreNotStarved", R"(
stop := false
async func timer() {
    await async_sleep(1)
    stop := true
}
async func spin() {
    n := 0
    while !stop {
        await async_sleep(0)
        n := n + 1
    }
    return n > 0
}
t := timer()
print(await spin())
)",
     "true\n"},
    {"A23_DeadlineThenCreation", R"(
async func t(name, ms) {
    await async_sleep(ms)
    print(name)
}
await promise_all([t("e", 30), t("c", 10), t("a", 5), t("b", 5), t("d", 10)])
)",
     "a\nb\nc\nd\ne\n"},
    {"A25_MainFirst", R"(
spawn { print("spawned") }
t := spawn_task(func() { print("task") })
print("main")
)",
     "main\nspawned\ntask\n"},
    {"A26_Budget", R"(
done := promise_resolve(0)
order := []
async func spin(name, n) {
    for i in range(n) { await done }
    order := push(order, name)
}
a := spin("long", 10000)
b := spin("short", 9999)
await promise_all([a, b])
print(order)
)",
     "[short, long]\n"},
    {"A26_CountsTheTaskItself", R"(
async func once() { return await promise_resolve(1) }
sum := 0
for i in range(20000) { once() }
p := once()
print(p)
)",
     "<promise fulfilled>\n"},
};
INSTANTIATE_TEST_SUITE_P(A, SchedulerRules, testing::ValuesIn(kRules),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(SchedulerTest, TimersTakeTheirTime) {  // A23
  EXPECT_GE(RunProgram("await async_sleep(250)").elapsed_ms, 250);
  EXPECT_LT(RunProgram("await async_sleep(250)").elapsed_ms, 252);
  EXPECT_LT(RunProgram("await promise_all(map(range(100), func(i) { return async_sleep(50) }))")
                .elapsed_ms,
            60);
  EXPECT_GE(RunProgram("sleep(3600000)").elapsed_ms, 3'600'000);
  EXPECT_EQ(RunProgram("p := async_sleep(9223372036854775807)\nprint(p)").output,
            "<promise pending>\n");
}

TEST(SchedulerTest, SchedulerTimeout) {  // A51
  RunOptions options;
  options.timeout_ms = 100;
  const ProgramRun late =
      RunProgram("try { await async_sleep(5000) } except e { print(1) }", options);
  EXPECT_EQ(late.exit_code, 4);
  EXPECT_TRUE(late.output.starts_with("! Scheduler timed out after 100ms (")) << late.output;
  EXPECT_EQ(RunProgram("await async_sleep(50)\nprint(1)", options).output, "1\n");
}

TEST(SchedulerTest, ManyTasksAndDeepChains) {  // A81, A82, A83
  const ProgramRun run = RunProgram(R"(
async func first() {
    await async_sleep(1)
    return 0
}
async func chain(prev) { return (await prev) + 1 }
async func adopt(p) { return p }
p := first()
for i in range(200000) { p = chain(p) }
print(await p)
q := first()
for i in range(200000) { q = adopt(q) }
print(await q)
n := promise_all([first()])
for i in range(100000) { n = promise_all([n]) }
v := await n
depth := 0
while type(v) == "array" {
    v = v[0]
    depth = depth + 1
}
print(depth)
async func reject_later() {
    await async_sleep(1)
    throw("deep")
}
r := reject_later()
for i in range(100000) { r = promise_all([r]) }
try { await r } except e { print(len(e.message)) }
)");
  EXPECT_EQ(run.output, "200000\n0\n100001\n2000022\n");
}

TEST(SchedulerTest, FinishReportsNothingTwice) {
  const ProgramRun run = RunProgram("exit(3)");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_EQ(run.output, "");
}

}  // namespace
}  // namespace ruff
