// The engine against a server on this machine that answers with given bytes.

#include "ruff/network/http_client/engine.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"
#include "ruff/network/http_client/canned_server.h"

namespace ruff {
namespace {

HttpResponse Fetch(HttpRequest request) {
  HttpResponse result;
  absl::Notification done;
  HttpEngine::Shared().Start(std::move(request), [&](HttpResponse response) {
    result = std::move(response);
    done.Notify();
  });
  done.WaitForNotification();
  return result;
}

HttpRequest Get(std::string url) { return {.surface = {"HTTP GET"}, .url = std::move(url)}; }

TEST(EngineTest, WaysToEndABody) {
  CannedServer server(
      {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\n\r\nhello",
       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n3\r\npe.\r\n0\r\n\r\n",
       "HTTP/1.1 299 Odd\r\nConnection: close\r\n\r\nuntil close", "HTTP/1.0 404 Gone\r\n\r\nold"});
  const HttpResponse first = Fetch(Get(server.Url("/a b#f")));
  EXPECT_EQ(first.error, "");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.body, "hello");
  EXPECT_EQ(*FindHeader(first.headers, "x-a"), "1");
  EXPECT_EQ(Fetch(Get(server.Url("/"))).body, "Wikipe.");
  EXPECT_EQ(Fetch(Get(server.Url("/"))).body, "until close");
  const HttpResponse last = Fetch(Get(server.Url("/")));
  EXPECT_EQ(last.status, 404);
  EXPECT_EQ(last.body, "old");
  EXPECT_EQ(server.requests()[0],
            absl::StrCat("GET /a%20b HTTP/1.1\r\nhost: ", server.Url("").substr(7),
                         "\r\naccept: */*\r\n\r\n"));
}

TEST(EngineTest, BodyIsSentAndRepeated) {
  CannedServer server({"HTTP/1.1 307 Go\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n",
                       "HTTP/1.1 303 Go\r\nLocation: /last\r\nContent-Length: 0\r\n\r\n",
                       "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"});
  HttpRequest request = Get(server.Url("/first"));
  request.method = "POST";
  request.headers = {{"content-type", "text/x"}};
  request.body = "body";
  EXPECT_EQ(Fetch(std::move(request)).body, "ok");
  const std::string& second = server.requests()[1];
  EXPECT_TRUE(second.starts_with("POST /next ")) << second;
  EXPECT_NE(second.find("referer: " + server.Url("/first")), second.npos) << second;
  EXPECT_TRUE(second.ends_with("\r\n\r\nbody")) << second;
  const std::string& third = server.requests()[2];
  EXPECT_TRUE(third.starts_with("GET /last ")) << third;
  EXPECT_EQ(third.find("content-"), third.npos) << third;
}

TEST(EngineTest, TooManyRedirects) {
  CannedServer server(
      std::vector<std::string>(10, "HTTP/1.1 302 Go\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_EQ(Fetch(Get(server.Url("/x"))).error,
            absl::StrCat("HTTP GET failed: error following redirect for url (", server.Url("/x"),
                         "): too many redirects"));
}

TEST(EngineTest, TooLarge) {
  CannedServer server({"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world",
                       "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello world"});
  for (const char* size : {"11", "6"}) {
    HttpRequest request = Get(server.Url("/"));
    request.body_limit = 5;
    EXPECT_EQ(Fetch(std::move(request)).error,
              absl::StrCat("HTTP GET failed: response body exceeds maximum network body size (",
                           size, " bytes > 5 bytes)"));
  }
}

TEST(EngineTest, Failures) {
  EXPECT_EQ(Fetch(Get("http://127.0.0.1:1/")).error,
            "HTTP GET failed: error sending request for url (http://127.0.0.1:1/): error trying to "
            "connect: tcp connect error: Connection refused (os error 111)");
  EXPECT_EQ(Fetch(Get("zz")).error,
            "HTTP GET failed: invalid URL 'zz': relative URL without a base");
  HttpRequest header = Get("http://127.0.0.1:1/");
  header.headers = {{"bad name", "1"}};
  EXPECT_EQ(Fetch(header).error, "HTTP GET failed: builder error: invalid HTTP header name");
  HttpRequest denied = Get("http://127.0.0.1:1/");
  denied.policy.deny_private = true;
  EXPECT_TRUE(Fetch(denied).error.starts_with("HTTP GET blocked by outbound destination policy"));
}

TEST(EngineTest, Timeout) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  bind(listener, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  listen(listener, 1);
  const std::string url = absl::StrCat("http://127.0.0.1:", ntohs(address.sin_port), "/");
  HttpRequest request = Get(url);
  request.timeout_ms = 50;
  EXPECT_EQ(Fetch(std::move(request)).error,
            absl::StrCat("HTTP GET failed: error sending request for url (", url,
                         "): operation timed out"));
  close(listener);
}

}  // namespace
}  // namespace ruff
