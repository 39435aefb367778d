#include "ruff/network/destination/outbound_policy.h"

#include <stdlib.h>

#include <vector>

#include "gtest/gtest.h"
#include "ruff/network/destination/resolve.h"

namespace ruff {
namespace {

OutboundPolicy PolicyOf(const char* policy, const char* allow = "") {
  setenv("RUFF_NET_DESTINATION_POLICY", policy, 1);
  setenv("RUFF_ALLOW_PRIVATE_NETWORK_DESTINATIONS", allow, 1);
  const OutboundPolicy read = ReadOutboundPolicy();
  unsetenv("RUFF_NET_DESTINATION_POLICY");
  unsetenv("RUFF_ALLOW_PRIVATE_NETWORK_DESTINATIONS");
  return read;
}

TEST(OutboundPolicyTest, Words) {
  EXPECT_FALSE(ReadOutboundPolicy().deny_private);
  for (const char* word : {"", "  ", "allow_all", "allow-all", " Permissive "}) {
    EXPECT_FALSE(PolicyOf(word).deny_private) << word;
    EXPECT_EQ(PolicyOf(word).error, "") << word;
  }
  for (const char* word : {"deny_private", "deny-private", " STRICT ", "Deny_Private"}) {
    EXPECT_TRUE(PolicyOf(word).deny_private) << word;
    EXPECT_TRUE(PolicyOf(word, "0").deny_private) << word;
    EXPECT_FALSE(PolicyOf(word, " Yes ").deny_private) << word;
  }
  EXPECT_EQ(PolicyOf("Nonsense ").error,
            "Invalid RUFF_NET_DESTINATION_POLICY value 'Nonsense '; expected one of: allow_all, "
            "deny_private");
}

TEST(OutboundPolicyTest, Check) {
  const std::vector<IpAddress> addresses = {
      *IpAddress::Parse("192.168.0.9"), *IpAddress::Parse("8.8.8.8"),
      *IpAddress::Parse("127.0.0.1"), *IpAddress::Parse("127.0.0.1")};
  EXPECT_EQ(CheckDestination(PolicyOf("strict"), "HTTP GET", addresses),
            "HTTP GET blocked by outbound destination policy 'deny_private' (resolved to blocked "
            "addresses: 127.0.0.1, 192.168.0.9). Set RUFF_ALLOW_PRIVATE_NETWORK_DESTINATIONS=1 to "
            "allow trusted local/private destinations.");
  EXPECT_EQ(CheckDestination(PolicyOf("strict"), "HTTP GET", {addresses[1]}), "");
  EXPECT_EQ(CheckDestination(PolicyOf(""), "HTTP GET", addresses), "");
  EXPECT_EQ(CheckDestination(PolicyOf("x"), "HTTP GET", {}), PolicyOf("x").error);
}

TEST(ResolveTest, Names) {
  const AddressLookup local = Resolve("localhost");
  ASSERT_FALSE(local.addresses.empty());
  EXPECT_TRUE(local.addresses[0].IsPrivate());
  EXPECT_EQ(local.error, "");
  const AddressLookup literal = Resolve("127.0.0.1");
  ASSERT_EQ(literal.addresses.size(), 1u);
  EXPECT_EQ(literal.addresses[0].Text(), "127.0.0.1");
  const AddressLookup none = Resolve("nothing.invalid");
  EXPECT_TRUE(none.addresses.empty());
  EXPECT_TRUE(none.error.starts_with("failed to lookup address information: ")) << none.error;
}

}  // namespace
}  // namespace ruff
