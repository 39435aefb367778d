#include "ruff/network/destination/ip_address.h"

#include <netinet/in.h>

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(IpAddressTest, TextAndBack) {
  for (const char* text : {"127.0.0.1", "8.8.8.8", "::1", "fe80::1", "2001:db8::5"}) {
    const auto address = IpAddress::Parse(text);
    ASSERT_TRUE(address.has_value()) << text;
    EXPECT_EQ(address->Text(), text);
  }
  for (const char* text : {"", "1.2.3", "1.2.3.4.5", "[::1]", "localhost", "1.2.3.256", "::g"}) {
    EXPECT_FALSE(IpAddress::Parse(text).has_value()) << text;
  }
}

TEST(IpAddressTest, OfSocketAddress) {
  sockaddr_in v4 = {};
  v4.sin_family = AF_INET;
  v4.sin_addr.s_addr = htonl(0x0a000001);
  EXPECT_EQ(IpAddress::Of(reinterpret_cast<sockaddr*>(&v4))->Text(), "10.0.0.1");
  sockaddr_in6 v6 = {};
  v6.sin6_family = AF_INET6;
  v6.sin6_addr = in6addr_loopback;
  EXPECT_EQ(IpAddress::Of(reinterpret_cast<sockaddr*>(&v6))->Text(), "::1");
  v6.sin6_family = AF_UNIX;
  EXPECT_FALSE(IpAddress::Of(reinterpret_cast<sockaddr*>(&v6)).has_value());
}

TEST(IpAddressTest, Private) {
  for (const char* text :
       {"10.0.0.1",    "10.255.255.255", "172.16.0.0",      "172.31.255.255",
        "192.168.1.1", "127.0.0.1",      "127.255.0.1",     "169.254.1.1",
        "224.0.0.1",   "239.1.2.3",      "0.0.0.0",         "::",
        "::1",         "ff02::1",        "fc00::1",         "fdff::1",
        "fe80::1",     "febf::1",        "::ffff:10.0.0.1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(IpAddress::Parse(text)->IsPrivate()) << text;
  }
  for (const char* text :
       {"8.8.8.8", "11.0.0.1", "172.15.0.1", "172.32.0.1", "192.169.0.1", "169.253.1.1",
        "240.0.0.1", "0.0.0.1", "::2", "2001:db8::1", "fec0::1", "fe00::1", "::ffff:8.8.8.8"}) {
    EXPECT_FALSE(IpAddress::Parse(text)->IsPrivate()) << text;
  }
}

}  // namespace
}  // namespace ruff
