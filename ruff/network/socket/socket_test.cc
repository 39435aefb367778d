#include "ruff/network/socket/socket.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <string>

#include "gtest/gtest.h"

namespace ruff {
namespace {

Endpoint Loopback(uint16_t port = 0) { return {*IpAddress::Parse("127.0.0.1"), port}; }

void WaitFor(const Socket& socket, short events) {
  pollfd descriptor = {.fd = socket.descriptor(), .events = events, .revents = 0};
  ASSERT_EQ(poll(&descriptor, 1, 5'000), 1);
}

struct Connection {
  Connection() {
    EXPECT_EQ(Listen(Loopback(), &listener), 0);
    const int error = StartConnect(LocalEndpoint(listener), &client);
    EXPECT_TRUE(error == 0 || error == EINPROGRESS);
    WaitFor(listener, POLLIN);
    EXPECT_EQ(Accept(listener, &server), 0);
    WaitFor(client, POLLOUT);
    EXPECT_EQ(ConnectError(client), 0);
  }
  Socket listener, client, server;
};

TEST(SocketTest, SendsAndReceives) {
  Connection connection;
  std::string data;
  EXPECT_EQ(Receive(connection.server, 10, &data), EAGAIN);
  size_t sent;
  EXPECT_EQ(Send(connection.client, "hello", &sent), 0);
  EXPECT_EQ(sent, 5u);
  WaitFor(connection.server, POLLIN);
  EXPECT_EQ(Receive(connection.server, 2, &data), 0);
  EXPECT_EQ(data, "he");
  EXPECT_EQ(Receive(connection.server, 100, &data), 0);
  EXPECT_EQ(data, "hello");
  FinishSending(connection.client);
  WaitFor(connection.server, POLLIN);
  data.clear();
  EXPECT_EQ(Receive(connection.server, 100, &data), 0);
  EXPECT_EQ(data, "");
}

TEST(SocketTest, AnErrorComesAfterTheDataAndOnce) {
  Connection connection;
  const std::string text(65'536, 'x');
  size_t sent;
  ASSERT_EQ(Send(connection.client, text, &sent), 0);
  const linger at_once = {.l_onoff = 1, .l_linger = 0};
  setsockopt(connection.client.descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  connection.client.Close();
  WaitFor(connection.server, POLLHUP);
  std::string data;
  EXPECT_EQ(Receive(connection.server, 1'000'000, &data), 0);
  EXPECT_EQ(data, text);
  EXPECT_EQ(Receive(connection.server, 1'000'000, &data), ECONNRESET);
}

TEST(SocketTest, ReceivesMuchAtOnce) {
  Connection connection;
  const std::string text(200'000, 'x');
  std::string data;
  size_t sent = 0;
  for (size_t from = 0; from < text.size(); from += sent) {
    const int error = Send(connection.client, std::string_view(text).substr(from), &sent);
    EXPECT_TRUE(error == 0 || error == EAGAIN);
    WaitFor(connection.server, POLLIN);
    ASSERT_EQ(Receive(connection.server, text.size(), &data), 0);
  }
  while (data.size() < text.size()) {
    WaitFor(connection.server, POLLIN);
    ASSERT_EQ(Receive(connection.server, text.size() - data.size(), &data), 0);
  }
  EXPECT_EQ(data, text);
}

TEST(SocketTest, NeverBlocksNorIsInherited) {
  Connection connection;
  for (const Socket* socket : {&connection.listener, &connection.client, &connection.server}) {
    EXPECT_NE(fcntl(socket->descriptor(), F_GETFL) & O_NONBLOCK, 0);
    EXPECT_NE(fcntl(socket->descriptor(), F_GETFD) & FD_CLOEXEC, 0);
  }
  Socket none;
  EXPECT_EQ(Accept(connection.listener, &none), EAGAIN);
  EXPECT_FALSE(none.is_open());
}

TEST(SocketTest, AClosedConnectionIsAnErrorNotASignal) {
  Connection connection;
  connection.server.Close();
  size_t sent;
  int error = 0;
  for (int i = 0; i < 100 && error == 0; ++i) {
    WaitFor(connection.client, POLLOUT);
    error = Send(connection.client, "x", &sent);
  }
  EXPECT_TRUE(error == EPIPE || error == ECONNRESET) << error;
}

TEST(SocketTest, AnAddressIsTakenOnce) {
  Socket first;
  ASSERT_EQ(Listen(Loopback(), &first), 0);
  const Endpoint at = LocalEndpoint(first);
  EXPECT_NE(at.port, 0);
  Socket second;
  EXPECT_EQ(Listen(at, &second), EADDRINUSE);
  EXPECT_FALSE(second.is_open());
  first.Close();
  EXPECT_EQ(Listen(at, &second), 0);
  EXPECT_EQ(Listen({*IpAddress::Parse("203.0.113.7"), 0}, &first), EADDRNOTAVAIL);
}

TEST(SocketTest, Datagrams) {
  Socket a;
  Socket b;
  ASSERT_EQ(BindDatagrams(Loopback(), &a), 0);
  ASSERT_EQ(BindDatagrams(Loopback(), &b), 0);
  std::string data;
  Endpoint from;
  EXPECT_EQ(ReceiveDatagram(b, 10, &data, &from), EAGAIN);
  EXPECT_EQ(SendDatagram(a, "hello", LocalEndpoint(b)), 0);
  EXPECT_EQ(SendDatagram(a, "", LocalEndpoint(b)), 0);
  WaitFor(b, POLLIN);
  EXPECT_EQ(ReceiveDatagram(b, 4, &data, &from), 0);
  EXPECT_EQ(data, "hell");
  EXPECT_EQ(from.Text(), LocalEndpoint(a).Text());
  EXPECT_EQ(ReceiveDatagram(b, 4, &data, &from), 0);
  EXPECT_EQ(data, "");
  EXPECT_EQ(SendDatagram(a, std::string(70'000, 'x'), LocalEndpoint(b)), EMSGSIZE);
}

TEST(SocketTest, EndpointsAsText) {
  EXPECT_EQ(Loopback(80).Text(), "127.0.0.1:80");
  EXPECT_EQ((Endpoint{*IpAddress::Parse("::1"), 80}).Text(), "[::1]:80");
}

}  // namespace
}  // namespace ruff
