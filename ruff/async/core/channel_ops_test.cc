// Channels: rules A70 … A73.

#include "gtest/gtest.h"
#include "ruff/async/run_program.h"

namespace ruff {
namespace {

class ChannelRules : public testing::TestWithParam<RuleCase> {};
TEST_P(ChannelRules, Holds) { CheckRule(GetParam()); }

constexpr RuleCase kRules[] = {
    {"A70_Queues", R"(
ch := channel()
a := [1]
print(ch.send(a), ch.send("two"), ch.len(), ch, type(ch))
a[0] := 9
print(ch.receive(), ch.receive(), ch.len(), ch == ch, ch == channel())
p := promise_resolve(5)
ch.send(p)
q := ch.receive()
print(q == p, type(q), await q)
)",
     "true true 2 <channel> channel\n[1] two 0 true false\ntrue promise 5\n"},
    {"A70_Bounded", R"(
ch := channel(2)
async func producer() {
    for i in range(5) {
        ch.send(i)
        print("sent", i)
    }
    ch.close()
}
p := producer()
print("main", ch.len())
for v in ch { print("got", v) }
await p
)",
     "sent 0\nsent 1\nmain 2\ngot 0\ngot 1\ngot 2\nsent 2\nsent 3\nsent 4\ngot 3\ngot 4\n"},
    {"A71_Methods", R"(
ch := channel()
print(ch.try_receive(), ch.receive_timeout(0), ch.receive_timeout(5))
ch.send(null)
ch.send(1)
print(ch.try_receive(), ch.receive_timeout(5), ch.is_closed(), ch.close(), ch.close(), ch.is_closed())
print(ch.receive(), ch.try_receive(), ch.receive_timeout(5))
func try_it(f) { try { f() } except e { print(e.message) } }
try_it(func() { ch.send(1) })
try_it(func() { ch.send() })
try_it(func() { ch.receive(1) })
try_it(func() { ch.nope() })
try_it(func() { ch.receive_timeout(-1) })
try_it(func() { ch.receive_timeout("x") })
try_it(func() { channel(0) })
try_it(func() { channel("x") })
try_it(func() { channel(1, 2) })
)",
     "null null null\nnull 1 false true false true\nnull null null\nFailed to send to channel\n"
     "Channel.send expects 1 arguments, got 0\nChannel.receive expects 0 arguments, got 1\n"
     "Channel has no method 'nope'\nChannel.receive_timeout requires a non-negative integer\n"
     "Channel.receive_timeout requires a non-negative integer\nchannel() capacity must be > 0, got "
     "0\n"
     "channel() capacity must be an integer\nchannel() expects 0 to 1 arguments, got 2\n"},
    {"A71_CloseWakesEverybody", R"(
ch := channel()
async func one(n) { print(n, ch.receive()) }
async func each() {
    for v in ch { print("item", v) }
    print("over")
}
full := channel(1)
full.send(1)
async func sender() { try { full.send(2) } except e { print(e.message) } }
ts := [one("a"), one("b"), each(), sender()]
ch.send("x")
ch.close()
full.close()
print("closed")
await promise_all(ts)
print(full.receive(), full.receive())
)",
     "closed\na x\nb null\nover\nFailed to send to channel\n1 null\n"},
    {"A72_HandOff", R"(
ch := channel()
async func consumer(name) { for i in range(2) { print(name, ch.receive()) } }
a := consumer("A")
b := consumer("B")
for i in range(4) {
    print("send", i)
    ch.send(i)
}
print("sent", ch.len())
await promise_all([a, b])
)",
     "send 0\nsend 1\nsend 2\nsend 3\nsent 2\nA 0\nA 2\nB 1\nB 3\n"},
    {"A72_TimedOutReceiversAreSkipped", R"(
ch := channel()
async func r(name, ms) { print(name, ch.receive_timeout(ms)) }
a := r("a", 5)
b := r("b", 100)
await async_sleep(10)
ch.send("x")
await promise_all([a, b])
)",
     "a null\nb x\n"},
    {"A72_CancelledTasksLeaveTheQueue", R"(
ch := channel()
async func r(name) { print(name, ch.receive()) }
a := r("a")
b := r("b")
cancel_task(a)
ch.send("x")
await b
c := r("c")
ch.send("given")
cancel_task(c)
print(ch.len(), ch.receive())
d := r("d")
e := r("e")
ch.send("back")
cancel_task(d)
await e
full := channel(1)
full.send(1)
async func s(v) { full.send(v) }
f := s(2)
g := s(3)
cancel_task(f)
print(full.receive(), full.receive())
await g
)",
     "b x\n1 given\ne back\n1 3\n"},
    {"A72_GivenBackAboveCapacity", R"(
ch := channel(1)
async func r() { print(ch.receive()) }
a := r()
ch.send("first")
ch.send("second")
cancel_task(a)
print(ch.len(), ch.receive(), ch.receive())
)",
     "2 first second\n"},
    {"A73_Iteration", R"(
ch := channel()
spawn {
    for i in range(3) {
        await async_sleep(1)
        ch.send(i)
    }
    ch.send(null)
    ch.close()
}
for v in ch { print(v) }
for v in ch { print("never") }
print("end")
)",
     "0\n1\n2\nnull\nend\n"},
    {"A74_DeferredForms", R"(
async func* g() { yield 1 }
for make in [func() { return g() }, func() { return promise_resolve(1).then(print) }] {
    try { print(make()) } except e { print(e.message) }
}
)",
     "Async generators are not supported\nUnknown method: then\n"},
    {"A26_A73_LoopsHaveABudget", R"(
ch := channel()
for i in range(10001) { ch.send(i) }
ch.close()
spawn { print("spawned") }
n := 0
for v in ch {
    n = n + 1
    if v == 9998 || v == 10000 { print(v) }
}
print(n)
)",
     "spawned\n9998\n10000\n10001\n"},
};
INSTANTIATE_TEST_SUITE_P(A, ChannelRules, testing::ValuesIn(kRules),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(ChannelTest, WaitingInALoopLeavesNothingBehind) {
  const ProgramRun once = RunProgram(
      "ch := channel()\nasync func f() { for i in range(10) { ch.receive_timeout(1) } }\nawait "
      "f()");
  const ProgramRun often = RunProgram(
      "ch := channel()\nasync func f() { for i in range(10000) { ch.receive_timeout(1) } }\nawait "
      "f()");
  EXPECT_LT(often.peak_bytes, once.peak_bytes + 10'000);
}

}  // namespace
}  // namespace ruff
