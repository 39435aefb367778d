// What the examples and the conformance cases do not show.

#include <string>

#include "gtest/gtest.h"
#include "ruff/network/run_network_program.h"

namespace ruff {
namespace {

TEST(UdpTest, ReceivingWaits) {
  EXPECT_EQ(RunNetworkProgram(R"(
a := udp_bind("127.0.0.1", $A)
spawn {
    sleep(20)
    b := udp_bind("127.0.0.1", 0)
    udp_send_to(b, "one", "127.0.0.1", $A)
    udp_send_to(b, "two", "localhost", $A)
}
async func next() { return udp_receive_from(a, 10)["data"] }
print(await promise_all([next(), next()]), a))"),
            "[one, two] <udpsocket>\n");
}

TEST(UdpTest, WaitingKeepsNoProgram) {
  EXPECT_EQ(RunNetworkProgram(R"(
a := udp_bind("127.0.0.1", 0)
spawn { udp_receive_from(a, 10); print("never") }
sleep(1)
print("end"))"),
            "end\n");
}

TEST(UdpTest, ACancelledWaitLetsGoOfItsSocket) {
  EXPECT_EQ(RunNetworkProgram(R"(
task := spawn_task(async func() { return udp_receive_from(udp_bind("127.0.0.1", $A), 1) })
sleep(10)
print(cancel_task(task), udp_bind("127.0.0.1", $A)))"),
            "true <udpsocket>\n");
}

TEST(UdpTest, ClosingWakesWhoWaits) {
  EXPECT_EQ(RunNetworkProgram(R"(
a := udp_bind("127.0.0.1", 0)
task := spawn_task(async func() {
    try { return udp_receive_from(a, 1) } except e { return e.message }
})
sleep(10)
udp_close(a)
print(await await_task(task)))"),
            "udp_receive_from failed: socket is closed\n");
}

TEST(UdpTest, WhereItMayNotSend) {
  EXPECT_EQ(
      RunNetworkProgram(R"(
a := udp_bind("127.0.0.1", $A)
func attempt(f) { try { print(f()) } except e { print(e.message) } }
attempt(func() { return udp_send_to(a, "x", "::1", 9) })
attempt(func() { return udp_receive_from(a, 268435457) })
env_set("RUFF_NET_DESTINATION_POLICY", "deny_private")
attempt(func() { return udp_send_to(a, "x", "127.0.0.1", 9) })
env_set("RUFF_NET_DESTINATION_POLICY", ""))"),
      "Failed to send UDP datagram to '::1:9': Address family not supported by protocol (os "
      "error 97)\n"
      "udp_receive_from size exceeds maximum network body size (268435457 bytes > 268435456 "
      "bytes)\n"
      "udp_send_to blocked by outbound destination policy 'deny_private' (resolved to blocked "
      "addresses: 127.0.0.1). Set RUFF_ALLOW_PRIVATE_NETWORK_DESTINATIONS=1 to allow trusted "
      "local/private destinations.\n");
}

}  // namespace
}  // namespace ruff
