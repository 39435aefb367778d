// Cancellation, timeouts, spawned tasks: rules A45 … A50, A67, A68.

#include "gtest/gtest.h"
#include "ruff/async/run_program.h"

namespace ruff {
namespace {

class CancelRules : public testing::TestWithParam<RuleCase> {};
TEST_P(CancelRules, Holds) { CheckRule(GetParam()); }

constexpr RuleCase kRules[] = {
    {"A45_NotStartedNeverStarts", R"(
t := spawn_task(func() { print("never") })
print(cancel_task(t), cancel_task(t), t)
debug(t)
try { await await_task(t) } except e { print(e.message) }
)",
     "true false <task cancelled>\n[DEBUG] TaskHandle(Cancelled)\nPromise rejected: Task was "
     "cancelled\n"},
    {"A45_WaitingTaskIsNotResumed", R"(
async func f() {
    try { await async_sleep(5) } except e { print("never") }
    print("never")
}
p := f()
print(cancel_task(p), cancel_task(p))
try { await p } except e { print(e.message) }
await async_sleep(10)
)",
     "true false\nPromise rejected: Task was cancelled\n"},
    {"A45_ReadyTaskIsNotResumed", R"(
ready := 0
async func canceller() {
    await async_sleep(0)
    print(cancel_task(ready))
}
async func f() {
    await async_sleep(0)
    print("never")
}
c := canceller()
ready := f()
await c
await async_sleep(2)
)",
     "true\n"},
    {"A45_Finished", R"(
async func f() { return 1 }
p := f()
t := spawn_task(f)
await await_task(t)
print(cancel_task(p), cancel_task(t), t)
try { cancel_task(async_sleep(1)) } except e { print(e.message) }
try { cancel_task(5) } except e { print(e.message) }
)",
     "false false <task finished>\ncancel_task() requires a TaskHandle argument\n"
     "cancel_task() requires a TaskHandle argument\n"},
    {"A45_ItselfEndsAtTheNextSuspension", R"(
h := 0
h := spawn_task(func() {
    print(cancel_task(h))
    print("still running", await promise_resolve(1))
    await async_sleep(1)
    print("never")
})
try { await await_task(h) } except e { print(e.message) }
k := spawn_task(func() {
    cancel_task(k)
    return "does not count"
})
try { await await_task(k) } except e { print(e.message) }
async func inner() {
    cancel_task(m)
    await async_sleep(1)
    print("inner goes on")
}
m := spawn_task(func() {
    inner()
    await async_sleep(1)
    print("never")
})
await async_sleep(9)
)",
     "true\nstill running 1\nPromise rejected: Task was cancelled\nPromise rejected: Task was "
     "cancelled\n"
     "inner goes on\n"},
    {"A45_AdoptingCallIsUnfinished", R"(
async func base() {
    await async_sleep(3)
    return 1
}
b := base()
async func f() { return b }
p := f()
print(cancel_task(p), await b)
try { await p } except e { print(e.message) }
)",
     "true 1\nPromise rejected: Task was cancelled\n"},
    {"A46_NotTransitive", R"(
tick := async_sleep(5)
async func inner() {
    await tick
    print("inner done")
    return 1
}
i := inner()
async func outer() {
    await i
    print("never")
}
o := outer()
print(cancel_task(o), await i, await tick)
)",
     "inner done\ntrue 1 null\n"},
    {"A50_Timeout", R"(
async func val(ms) {
    await async_sleep(ms)
    return "v"
}
async func bad() { throw("b") }
print(await async_timeout(val(1), 50), await async_timeout(promise_resolve(1), 1))
try { await async_timeout(bad(), 5) } except e { print(e.message) }
try { await async_timeout(promise_reject("r"), 5) } except e { print(e.message) }
try { await async_timeout(async_sleep(50), 5) } except e { print(e.message) }
)",
     "v 1\nPromise rejected: Promise rejected: b\nPromise rejected: Promise rejected: r\n"
     "Promise rejected: Timeout after 5ms\n"},
    {"A50_LoserIsCancelled", R"(
async func slow() {
    await async_sleep(20)
    print("never")
}
p := slow()
try { await async_timeout(p, 5) } except e { print(e.message) }
try { await p } except e { print(e.message) }
started := 0
m := promise_map(range(5), func(i) {
    started = started + 1
    return async_sleep(20)
}, 1)
try { await async_timeout(m, 5) } except e { print(e.message) }
try { await m } except e { print(e.message, started) }
nap := async_sleep(20)
try { await async_timeout(nap, 5) } except e { print(e.message) }
print(await nap, started)
inner := async_timeout(async_sleep(30), 25)
try { await async_timeout(inner, 5) } except e { print(e.message) }
try { await inner } except e { print(e.message) }
)",
     "Promise rejected: Timeout after 5ms\nPromise rejected: Task was cancelled\n"
     "Promise rejected: Timeout after 5ms\nPromise rejected: Task was cancelled 1\n"
     "Promise rejected: Timeout after 5ms\nnull 1\nPromise rejected: Timeout after 5ms\n"
     "Promise rejected: Task was cancelled\n"},
    {"A50_SharedLoserGoesOn", R"(
async func slow() {
    await async_sleep(20)
    return "done"
}
p := slow()
async func other() { print(await p) }
o := other()
try { await async_timeout(p, 5) } except e { print(e.message) }
await o
)",
     "Promise rejected: Timeout after 5ms\ndone\n"},
    {"A67_SpawnSeesASnapshot", R"(
x := 1
a := [1]
ch := channel()
spawn {
    x := x + 50
    a := push(a, 2)
    ch.send([x, a])
}
x := 2
print(ch.receive(), x, a)
for i in range(3) { spawn { print(i) } }
await async_sleep(0)
live := 0
func bump() { live := live + 1 }
spawn {
    bump()
    live := 100
}
await async_sleep(0)
print(live)
)",
     "[51, [1, 2]] 2 [1]\n0\n1\n2\n1\n"},
    {"A68_SpawnTask", R"(
total := 0
async func work() {
    await async_sleep(1)
    total := total + 5
    return "r"
}
t := spawn_task(work)
print(t, type(t))
p := await_task(t)
print(await p, await await_task(t), total, p == await_task(t), t)
print(await await_task(spawn_task(func() { return work() })))
async func bad() { throw("task failed") }
try { await await_task(spawn_task(bad)) } except e { print(e.message) }
try { spawn_task(func(x) { return x }) } except e { print(e.message) }
try { spawn_task(func*() { yield 1 }) } except e { print(e.message) }
)",
     "<task running> taskhandle\nr r 5 true <task finished>\nr\ntask failed\n<lambda> expects 1 "
     "arguments, got 0\n"
     "spawn_task() requires an async function argument\n"},
};
INSTANTIATE_TEST_SUITE_P(A, CancelRules, testing::ValuesIn(kRules),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace ruff
