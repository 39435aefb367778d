// What the examples and the conformance cases do not show.

#include <string>

#include "gtest/gtest.h"
#include "ruff/network/run_network_program.h"

namespace ruff {
namespace {

TEST(TcpTest, AHandleIsOneThing) {
  EXPECT_EQ(RunNetworkProgram(R"(
a := tcp_listen("127.0.0.1", 0)
b := a
print(a, a == b, a == tcp_listen("127.0.0.1", 0), type([a][0]))
s := Set([a, b])
print(set_has(s, b))
try { a.port } except e { print(e.message) }
try { a.frobnicate() } except e { print(e.message) })"),
            "<tcplistener> true false tcplistener\ntrue\n"
            "Cannot access field or method 'port' on non-struct value\n"
            "TcpListener has no method 'frobnicate'\n");
}

// Only the calling task waits.
TEST(TcpTest, OthersGoOnMeanwhile) {
  EXPECT_EQ(RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
spawn {
    sleep(20)
    c := tcp_connect("127.0.0.1", $A)
    sleep(20)
    tcp_send(c, "late")
}
peer := tcp_accept(listener)
print("accepted")
print(tcp_receive(peer, 10)))"),
            "accepted\nlate\n");
}

// A43: what only waits for a peer ends with the program, and what has arrived is received.
TEST(TcpTest, WaitingForAPeerKeepsNoProgram) {
  EXPECT_EQ(RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
client := tcp_connect("127.0.0.1", $A)
peer := tcp_accept(listener)
spawn { tcp_accept(listener); print("never") }
spawn { print(tcp_receive(peer, 10)); tcp_receive(peer, 10); print("never") }
spawn { tcp_receive(client, 10); print("never") }
sleep(10)
tcp_send(client, "last words")
print("main ends"))"),
            "main ends\nlast words\n");
}

// A43: a write is not lost.
TEST(TcpTest, WritingKeepsTheProgram) {
  EXPECT_EQ(RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
client := tcp_connect("127.0.0.1", $A)
peer := tcp_accept(listener)
spawn { print("sent", tcp_send(client, repeat("x", 20000000))) }
async func drain() {
    total := 0
    while total < 20000000 {
        sleep(0)
        total := total + len(tcp_receive(peer, 1000000))
    }
    print("received", total)
}
drain())"),
            "sent 20000000\nreceived 20000000\n");
}

TEST(TcpTest, WritesKeepTheirOrder) {
  EXPECT_EQ(RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
client := tcp_connect("127.0.0.1", $A)
peer := tcp_accept(listener)
async func say(c) { return tcp_send(client, repeat(c, 4000000)) }
all := promise_all([say("a"), say("b"), say("c")])
counts := {"a": 0, "b": 0, "c": 0}
order := ""
total := 0
while total < 12000000 {
    chunk := tcp_receive(peer, 2000000)
    total := total + len(chunk)
    for c in ["a", "b", "c"] {
        if contains(chunk, c) && !contains(order, c) { order := order + c }
    }
}
print(await all, order))"),
            "[4000000, 4000000, 4000000] abc\n");
}

TEST(TcpTest, ReadsAreServedInOrder) {
  EXPECT_EQ(RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
client := tcp_connect("127.0.0.1", $A)
peer := tcp_accept(listener)
async func read() { return tcp_receive(peer, 2) }
all := promise_all([read(), read(), read()])
tcp_send(client, "aabb")
tcp_close(client)
print(to_json(await all)))"),
            "[\"aa\",\"bb\",\"\"]\n");
}

TEST(TcpTest, ACancelledReadTakesNothing) {
  EXPECT_EQ(RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
client := tcp_connect("127.0.0.1", $A)
peer := tcp_accept(listener)
task := spawn_task(async func() { return tcp_receive(peer, 10) })
sleep(10)
print(cancel_task(task))
tcp_send(client, "hello")
print(tcp_receive(peer, 10)))"),
            "true\nhello\n");
}

TEST(TcpTest, ACancelledWaitLetsGoOfItsSocket) {
  EXPECT_EQ(RunNetworkProgram(R"(
async func serve() { return tcp_accept(tcp_listen("127.0.0.1", $A)) }
task := spawn_task(serve)
sleep(10)
print(cancel_task(task))
listener := tcp_listen("127.0.0.1", $A)
async func accept() { return tcp_accept(listener) }
for i in range(0, 2) {
    try { await async_timeout(accept(), 5) } except e { print(e.message) }
}
client := tcp_connect("127.0.0.1", $A)
peer := tcp_accept(listener)
async func read() { return tcp_receive(peer, 1) }
first := read()
second := read()
third := read()
try { await async_timeout(second, 5) } except e { print(e.message) }
tcp_send(client, "ab")
print(await first, await third))"),
            "true\n"
            "Promise rejected: Timeout after 5ms\nPromise rejected: Timeout after 5ms\n"
            "Promise rejected: Timeout after 5ms\na b\n");
}

TEST(TcpTest, ClosingWakesWhoWaits) {
  EXPECT_EQ(RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
client := tcp_connect("127.0.0.1", $A)
func attempt(f) {
    return async func() {
        try { return f() } except e { return e.message }
    }
}
reading := spawn_task(attempt(func() { return tcp_receive(client, 1) }))
accepted := tcp_accept(listener)
accepting := spawn_task(attempt(func() { return tcp_accept(listener) }))
sleep(10)
tcp_close(client)
tcp_close(listener)
print(await await_task(reading))
print(await await_task(accepting)))"),
            "tcp_receive failed: stream is closed\ntcp_accept failed: listener is closed\n");
}

// A handle that is dropped closes its socket, but not under a call that uses it.
TEST(TcpTest, TheLastOwnerCloses) {
  EXPECT_EQ(RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
func visit() {
    c := tcp_connect("127.0.0.1", $A)
    tcp_send(c, "bye")
}
visit()
peer := tcp_accept(listener)
print(tcp_receive(peer, 10), to_json(tcp_receive(peer, 10)))
spawn { sleep(10); p := tcp_accept(listener); tcp_send(p, "hi") }
print(tcp_receive(tcp_connect("127.0.0.1", $A), 10)))"),
            "bye \"\"\nhi\n");
}

TEST(TcpTest, AResetIsAnError) {
  EXPECT_EQ(RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
client := tcp_connect("127.0.0.1", $A)
peer := tcp_accept(listener)
tcp_send(client, "unread")
sleep(10)
tcp_close(peer)
try { tcp_receive(client, 10) } except e { print(e.message) })"),
            "Failed to receive data from TCP: Connection reset by peer (os error 104)\n");
}

TEST(TcpTest, NonblockingSendSaysSo) {
  EXPECT_EQ(
      RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
client := tcp_connect("127.0.0.1", $A)
tcp_set_nonblocking(client, true)
func attempt(data) { try { tcp_send(client, data) } except e { print(e.message) } }
spawn { attempt(repeat("x", 50000000)) }
sleep(10)
attempt("more")
tcp_close(client))"),
      "Failed to send data over TCP timed out after 30000ms read/30000ms write timeout policy: "
      "Resource temporarily unavailable (os error 11)\n"
      "tcp_send failed: stream is closed\n");
}

// What has begun to be sent is sent.
TEST(TcpTest, NonblockingSendsAllOrNothing) {
  EXPECT_EQ(RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
client := tcp_connect("127.0.0.1", $A)
peer := tcp_accept(listener)
tcp_set_nonblocking(client, true)
spawn {
    total := 0
    while total < 20000000 { total := total + len(tcp_receive(peer, 1000000)) }
    print("received", total)
}
print("sent", tcp_send(client, repeat("x", 20000000))))"),
            "sent 20000000\nreceived 20000000\n");
}

TEST(TcpTest, SizesAndNamesAreChecked) {
  EXPECT_EQ(
      RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
client := tcp_connect("127.0.0.1", $A)
func attempt(f) { try { print(f()) } except e { print(e.message) } }
attempt(func() { return tcp_receive(client, 268435457) })
attempt(func() { return tcp_connect("no such name", 80) })
attempt(func() { return tcp_listen("", 80) })
env_set("RUFF_NET_DESTINATION_POLICY", "deny_private")
attempt(func() { return tcp_connect("127.0.0.1", $A) })
attempt(func() { return tcp_connect("no such name", 80) })
env_set("RUFF_NET_DESTINATION_POLICY", "nonsense")
attempt(func() { return tcp_connect("no such name", 80) })
attempt(func() { return tcp_connect("127.0.0.1", 0) })
env_set("RUFF_NET_DESTINATION_POLICY", ""))"),
      "tcp_receive size exceeds maximum network body size (268435457 bytes > 268435456 "
      "bytes)\n"
      "tcp_connect failed to resolve 'no such name:80': failed to lookup address "
      "information: Name or service not known\n"
      "Failed to bind TCP listener on ':80': failed to lookup address information: Name or "
      "service not known\n"
      "tcp_connect blocked by outbound destination policy 'deny_private' (resolved to blocked "
      "addresses: 127.0.0.1). Set RUFF_ALLOW_PRIVATE_NETWORK_DESTINATIONS=1 to allow trusted "
      "local/private destinations.\n"
      "Failed to resolve network destination 'no such name:80': failed to lookup "
      "address information: Name or service not known\n"
      "Invalid RUFF_NET_DESTINATION_POLICY value 'nonsense'; expected one of: allow_all, "
      "deny_private\n"
      "tcp_connect failed: destination port must be 1-65535\n");
}

TEST(TcpTest, WorkersMayConnect) {
  EXPECT_EQ(RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
spawn {
    for i in range(0, 2) {
        peer := tcp_accept(listener)
        tcp_send(peer, "to " + tcp_receive(peer, 10))
    }
}
func ask(name) {
    c := tcp_connect("127.0.0.1", $A)
    tcp_send(c, name)
    return tcp_receive(c, 20)
}
print(await parallel_map(["ann", "bob"], ask)))"),
            "[to ann, to bob]\n");
}

TEST(TcpTest, ThousandConnections) {
  EXPECT_EQ(RunNetworkProgram(R"(
listener := tcp_listen("127.0.0.1", $A)
spawn {
    while true {
        peer := tcp_accept(listener)
        spawn { tcp_send(peer, tcp_receive(peer, 10)) }
    }
}
async func echo(i) {
    c := tcp_connect("127.0.0.1", $A)
    tcp_send(c, to_string(i))
    return to_int(tcp_receive(c, 10))
}
total := 0
for n in await promise_all(map(range(0, 1000), echo)) { total := total + n }
print(total))"),
            "499500\n");
}

}  // namespace
}  // namespace ruff
