#include "ruff/network/http_server/request_parser.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace ruff {
namespace {

using State = RequestParser::State;

constexpr uint64_t kLimit = 1'000;

// The state after `text`, read whole or byte by byte: it must be the same.
State StateAfter(const std::string& text, int* refusal = nullptr) {
  RequestParser whole(kLimit);
  whole.Feed(text);
  RequestParser bytes(kLimit);
  for (const char c : text) {
    if (bytes.state() == State::kComplete || bytes.state() == State::kRefused) break;
    bytes.Feed({&c, 1});
  }
  EXPECT_EQ(whole.state(), bytes.state()) << text;
  if (whole.state() == State::kRefused) EXPECT_EQ(whole.refusal(), bytes.refusal()) << text;
  if (refusal != nullptr) *refusal = whole.state() == State::kRefused ? whole.refusal() : 0;
  return whole.state();
}

int RefusalOf(const std::string& text) {
  int refusal;
  StateAfter(text, &refusal);
  return refusal;
}

ServerRequest RequestOf(const std::string& text) {
  RequestParser parser(kLimit);
  EXPECT_EQ(parser.Feed(text), text.size());
  EXPECT_EQ(parser.state(), State::kComplete) << text;
  return parser.Take();
}

TEST(RequestParserTest, ReadsARequest) {
  const ServerRequest request = RequestOf(
      "\r\nPOST /a%20b?q=1 HTTP/1.1\r\nHost: x\r\nX-Two:  two words \r\nEmpty:\r\n"
      "Content-Length: 5\r\n\r\nhello");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/a%20b?q=1");
  ASSERT_EQ(request.headers.size(), 4u);
  EXPECT_EQ(request.headers[1].name, "X-Two");
  EXPECT_EQ(request.headers[1].value, "two words");
  EXPECT_EQ(request.headers[2].value, "");
  EXPECT_EQ(request.body, "hello");
  EXPECT_TRUE(request.keeps_alive);
}

TEST(RequestParserTest, AnyTokenIsAMethod) {
  EXPECT_EQ(RequestOf("FOO-bar / HTTP/1.1\r\n\r\n").method, "FOO-bar");
  EXPECT_EQ(RequestOf("get / HTTP/1.1\r\n\r\n").method, "get");
  EXPECT_EQ(RefusalOf("G@T / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(RefusalOf(" / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(RefusalOf(std::string(100, 'A')), 400);
  EXPECT_EQ(RefusalOf("CONNECT example.com:80 HTTP/1.1\r\n\r\n"), 400);
}

TEST(RequestParserTest, Chunks) {
  const ServerRequest request = RequestOf(
      "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nWiki\r\n6\r\npedia.\r\n0\r\n"
      "Trailer: dropped\r\n\r\n");
  EXPECT_EQ(request.body, "Wikipedia.");
  EXPECT_EQ(request.headers.size(), 1u);
}

TEST(RequestParserTest, OneRequestAfterTheOther) {
  const std::string first = "POST /1 HTTP/1.1\r\nContent-Length: 2\r\n\r\nab";
  const std::string second = "GET /2 HTTP/1.1\r\n\r\n";
  RequestParser parser(kLimit);
  EXPECT_FALSE(parser.has_begun());
  EXPECT_EQ(parser.Feed(first + second), first.size());
  EXPECT_EQ(parser.Take().body, "ab");
  EXPECT_FALSE(parser.has_begun());
  EXPECT_EQ(parser.Feed(second), second.size());
  EXPECT_EQ(parser.Take().target, "/2");
}

TEST(RequestParserTest, KeepsAliveAsAsked) {
  EXPECT_FALSE(RequestOf("GET / HTTP/1.0\r\n\r\n").keeps_alive);
  EXPECT_TRUE(RequestOf("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keeps_alive);
  EXPECT_FALSE(RequestOf("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").keeps_alive);
  EXPECT_TRUE(
      RequestOf("GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n").keeps_alive);
}

TEST(RequestParserTest, WhatCouldBeReadInTwoWaysIsRefused) {
  const auto refusal = [](const std::string& headers) {
    return RefusalOf(absl::StrCat("POST / HTTP/1.1\r\n", headers, "\r\n\r\n0\r\n\r\n"));
  };
  EXPECT_EQ(refusal("Content-Length: 5\r\nTransfer-Encoding: chunked"), 400);
  EXPECT_EQ(refusal("Transfer-Encoding: chunked\r\nContent-Length: 5"), 400);
  EXPECT_EQ(refusal("Content-Length: 5\r\nContent-Length: 6"), 400);
  EXPECT_EQ(refusal("Content-Length: 5\r\nContent-Length: 5"), 400);
  EXPECT_EQ(refusal("Content-Length: +5"), 400);
  EXPECT_EQ(refusal("Content-Length: 5 6"), 400);
  EXPECT_EQ(refusal("Content-Length: 99999999999999999999"), 400);
  EXPECT_EQ(refusal("Content-Length:"), 400);
  EXPECT_EQ(refusal("Transfer-Encoding: identity"), 400);
  EXPECT_EQ(refusal("Transfer-Encoding: chunked, gzip"), 400);
  EXPECT_EQ(refusal("Transfer-Encoding: gzip, chunked"), 400);
  EXPECT_EQ(refusal("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), 400);
  EXPECT_EQ(refusal("Transfer-Encoding: gzip\r\ntransfer-encoding: chunked"), 400);
  EXPECT_EQ(refusal("Transfer-Encoding : chunked"), 400);
  EXPECT_EQ(RefusalOf("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(refusal("A b: c"), 400);
  EXPECT_EQ(refusal("A: b\rc"), 400);
  EXPECT_EQ(refusal("A: b\nC: d"), 400);
  EXPECT_EQ(refusal("A: b\n"), 400);
  EXPECT_EQ(refusal("\n"), 400);
  EXPECT_EQ(RefusalOf("GET / HTTP/1.1\n\r\n"), 400);
  EXPECT_EQ(RefusalOf("GET / HTTP/1.1\r\n\n"), 400);
  EXPECT_EQ(refusal(std::string("A: b\0c", 6)), 400);
  EXPECT_EQ(RefusalOf("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), 400);
  EXPECT_EQ(RefusalOf("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n"),
            400);
  const auto chunked = [](const char* chunks) {
    return RefusalOf(absl::StrCat("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", chunks));
  };
  EXPECT_EQ(chunked("1;a\nb\r\nx\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(chunked("1\nx\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(chunked("1\r\nx\n0\r\n\r\n"), 400);
  EXPECT_EQ(chunked("1\r\nx\r\n\n0\r\n\r\n"), 400);
  EXPECT_EQ(chunked("0\r\nA: b\n\r\n"), 400);
  EXPECT_EQ(chunked("5;a=b\r\na\nb\r\n\r\n0\r\n\r\n"), 0);
}

TEST(RequestParserTest, Garbage) {
  EXPECT_EQ(RefusalOf("hello world\r\n\r\n"), 400);
  EXPECT_EQ(RefusalOf("GET / HTTP/2.0\r\n\r\n"), 505);
  EXPECT_EQ(RefusalOf("GET / HTTP/1.7\r\n\r\n"), 505);
  EXPECT_EQ(RefusalOf("GET /\r\n\r\n"), 505);
  EXPECT_EQ(RefusalOf("GET / FTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(RefusalOf("GET /\xc3\xbc HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(RefusalOf("\x16\x03\x01"), 400);  // TLS
}

TEST(RequestParserTest, Limits) {
  EXPECT_EQ(RefusalOf("POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n"), 413);
  EXPECT_EQ(RefusalOf(absl::StrCat("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n",
                                   std::string(1'001, 'x'))),
            413);
  EXPECT_EQ(RequestOf(absl::StrCat("POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n",
                                   std::string(1'000, 'x')))
                .body.size(),
            1'000u);
  EXPECT_EQ(RefusalOf(absl::StrCat("GET / HTTP/1.1\r\nA: ", std::string(100'000, 'x'))), 431);
  EXPECT_EQ(RefusalOf(absl::StrCat("GET /", std::string(100'000, 'x'))), 431);
}

TEST(RequestParserTest, Expectations) {
  const std::string head = "POST / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n";
  RequestParser parser(kLimit);
  parser.Feed(head);
  EXPECT_TRUE(parser.TakeExpectation());
  EXPECT_FALSE(parser.TakeExpectation());
  RequestParser impatient(kLimit);
  impatient.Feed(head + "x");
  EXPECT_FALSE(impatient.TakeExpectation());
  EXPECT_EQ(RefusalOf("POST / HTTP/1.1\r\nExpect: magic\r\nContent-Length: 1\r\n\r\n"), 417);
}

}  // namespace
}  // namespace ruff
