// How a program ends: rules A40 … A44.

#include "gtest/gtest.h"
#include "ruff/async/run_program.h"

namespace ruff {
namespace {

class EndRules : public testing::TestWithParam<RuleCase> {};
TEST_P(EndRules, Holds) { CheckRule(GetParam()); }

constexpr RuleCase kRules[] = {
    {"A40_AlsoAfterASuspension", R"(
async func bad() { throw("lost") }
await async_sleep(1)
bad()
)",
     "! Unhandled promise rejection: lost\n"},
    {"A40_UnhandledRejections", R"(
async func bad(m) { throw(m) }
bad("first")
async func later() {
    await async_sleep(5)
    throw("third")
}
l := later()
q := promise_reject("second")
print("main")
)",
     "main\n! Unhandled promise rejection: first\n! Unhandled promise rejection: second\n"
     "! Unhandled promise rejection: third\n"},
    {"A40_TenAndACount", R"(
async func bad(i) { throw("e" + to_string(i)) }
kept := []
for i in range(25) {
    p := bad(i)
    if i % 3 == 0 { kept = push(kept, p) }
}
)",
     "! Unhandled promise rejection: e0\n! Unhandled promise rejection: e1\n"
     "! Unhandled promise rejection: e2\n! Unhandled promise rejection: e3\n"
     "! Unhandled promise rejection: e4\n! Unhandled promise rejection: e5\n"
     "! Unhandled promise rejection: e6\n! Unhandled promise rejection: e7\n"
     "! Unhandled promise rejection: e8\n! Unhandled promise rejection: e9\n! and 15 more\n"},
    {"A41_Observed", R"(
async func bad(m) { throw(m) }
a := bad("a")
b := bad("b")
c := bad("c")
d := bad("d")
async func adopter() { return d }
await async_sleep(5)
try { await a } except e { print(e.message) }
try { await promise_all([b, bad("b2")]) } except e { print(e.message) }
try { await async_timeout(c, 5) } except e { print(e.message) }
r := adopter()
t := spawn_task(func() { throw("t") })
p := await_task(t)
)",
     "a\nPromise rejected: Promise 0 rejected: b\nPromise rejected: Promise rejected: c\n"
     "! Unhandled promise rejection: d\n"},
    {"A41_OnlyTheCombinator", R"(
async func bad(m) { throw(m) }
x := promise_all([bad("m1"), bad("m2")])
)",
     "! Unhandled promise rejection: Promise 0 rejected: m1\n"},
    {"A42_SpawnErrors", R"(
spawn { throw("inside") }
spawn { print("goes on") }
t := spawn_task(func() { throw("task") })
print("main")
)",
     "main\n! Uncaught error in spawn block: inside\ngoes on\n! Unhandled promise rejection: "
     "task\n"},
    {"A43_ExitWaits", R"(
spawn {
    await async_sleep(20)
    print("spawned")
}
async func bg() {
    await async_sleep(5)
    print("bg")
}
bg()
print("main")
)",
     "main\nbg\nspawned\n"},
    {"A43_UncaughtErrorEndsAtOnce", R"(
async func bg() {
    await async_sleep(1)
    print("never")
}
bg()
async func bad() { throw("not reported") }
bad()
throw("main failed")
)",
     "! main failed\n"},
    {"A43_ExitEndsAtOnce", R"(
async func bg() {
    await async_sleep(1)
    print("never")
}
bg()
p := promise_reject("not reported")
spawn { exit(0) }
await async_sleep(100)
print("never")
)",
     ""},
    {"A44_Deadlock", R"(
ch := channel()
try { ch.receive() } except e { print(e.message) }
full := channel(1)
full.send(1)
try { full.send(2) } except e { print(e.message) }
async func waits() { return ch.receive() }
p := waits()
try { await p } except e { print(e.message) }
try { for v in ch { print(v) } } except e { print(e.message) }
ch.send("go")
print(await p, full.receive(), full.len())
)",
     "Deadlock: receive on a channel that no task can send to\n"
     "Deadlock: send on a full channel that no task can receive from\n"
     "Deadlock: await on a promise that can never be settled\n"
     "Deadlock: receive on a channel that no task can send to\ngo 1 0\n"},
    {"A44_CatchableInATaskOfMain", R"(
channel().receive()
print("never")
)",
     "! Deadlock: receive on a channel that no task can send to\n"},
};
INSTANTIATE_TEST_SUITE_P(A, EndRules, testing::ValuesIn(kRules),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(LivenessTest, TimersNobodyWaitsFor) {  // A43
  constexpr std::string_view kPrograms[] = {
      "p := async_sleep(600000)",
      "t := async_timeout(async_sleep(1), 600000)\nawait t",
      "r := promise_race([async_sleep(600000), promise_resolve(1)])",
      "r := promise_race([async_sleep(600000), async_sleep(1)])\nawait r",
      "p := promise_all([async_sleep(600000)])",
      "async func f() { await async_sleep(600000) }\np := f()\ncancel_task(p)",
      "p := async_sleep(600000)\ntry { await async_timeout(p, 5) } except e { }",
      "ch := channel()\nspawn { ch.receive() }\nspawn { for v in ch { } }",
      "ch := channel()\nasync func f() { ch.receive_timeout(600000) }\nf()\nch.send(1)",
  };
  for (const std::string_view program : kPrograms) {
    const ProgramRun run = RunProgram(program);
    EXPECT_LT(run.elapsed_ms, 100) << program;
    EXPECT_EQ(run.exit_code, 0) << program << run.output;
  }
}

TEST(LivenessTest, TimersSomebodyWaitsFor) {  // A43
  constexpr std::string_view kPrograms[] = {
      "async func f() { await async_sleep(600000) }\nf()",
      "async func f() { await promise_all([promise_all([async_sleep(600000)])]) }\nf()",
      "async func g() { return async_sleep(600000) }\nasync func f() { await g() }\nf()",
      "promise_all([async_sleep(600000)], {\"on_progress\": func(i) { }})",
      "spawn { sleep(600000) }",
      "ch := channel()\nspawn { ch.receive_timeout(600000) }",
      "async func f() { try { await async_timeout(channel_promise(), 600000) } except e { } }\n"
      "func channel_promise() { return spawn_wait() }\nasync func spawn_wait() { return "
      "channel().receive() }\nf()",
  };
  for (const std::string_view program : kPrograms) {
    const ProgramRun run = RunProgram(program);
    EXPECT_GE(run.elapsed_ms, 600'000) << program;
    EXPECT_EQ(run.exit_code, 0) << program << run.output;
  }
}

TEST(LivenessTest, ManyIdleTimersCostLittle) {
  const ProgramRun run = RunProgram(R"(
ps := []
for i in range(20000) { ps = push(ps, async_sleep(1 + i % 5000)) }
for i in range(2000) { await async_sleep(10) }
print("end")
)");
  EXPECT_EQ(run.output, "end\n");
}

// A task that is cancelled leaves the timer behind for which it waited (A46): it must not cost
// memory until it is due.
TEST(LivenessTest, TimersNobodyKnowsCostNothing) {
  const ProgramRun run = RunProgram(R"(
async func nap() { await async_sleep(600000) }
for i in range(20000) { cancel_task(nap()) }
for i in range(20000) { async_sleep(600000) }
for i in range(2000) {
    try { await async_timeout(nap(), 1) } except e { }
}
print("end")
)");
  EXPECT_EQ(run.output, "end\n");
  EXPECT_LT(run.peak_bytes, 200'000u);
}

TEST(LivenessTest, NothingIsLeft) {
  constexpr std::string_view kPrograms[] = {
      "ch := channel()\nspawn { ch.receive() }\nasync func f() { await async_sleep(9) "
      "}\nf()\nexit(0)",
      "async func f() { throw(\"x\") }\nf()\nf()",
      "async func f(p) { return await p }\np := async_sleep(5)\nfor i in range(100) { f(p) "
      "}\nthrow(\"x\")",
      "ch := channel(1)\nfor i in range(20) { spawn { ch.send([i]) } }\nawait async_sleep(1)",
      "ps := map(range(50), func(i) { return async_timeout(async_sleep(i), 25) })\n"
      "r := await promise_all_settled(ps)",
      "p := promise_all([async_sleep(5)], {\"on_progress\": func(i) { exit(0) }})\nawait p",
      "func* g() { yield await async_sleep(9) }\nasync func f() { for x in g() { } }\np := "
      "f()\ncancel_task(p)",
      "t := spawn_task(func() { return t })\np := await_task(t)",
  };
  for (const std::string_view program : kPrograms) {
    const ProgramRun run = RunProgram(program);
    EXPECT_EQ(run.live_objects, 0u) << program << "\n" << run.output;
  }
}

}  // namespace
}  // namespace ruff
