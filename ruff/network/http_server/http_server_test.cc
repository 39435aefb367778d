// What the examples and the conformance cases do not show.

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "ruff/network/run_network_program.h"

namespace ruff {
namespace {

// What a program prints, without the lines of `listen`.
std::string Output(std::string_view program) {
  std::string output;
  for (const std::string_view line : absl::StrSplit(RunNetworkProgram(program), '\n')) {
    const bool is_of_listen = absl::StartsWith(line, "Starting HTTP server on ") ||
                              absl::StartsWith(line, "Server listening on http://") ||
                              line == "Press Ctrl+C to stop";
    if (!is_of_listen && !line.empty()) absl::StrAppend(&output, line, "\n");
  }
  return output;
}

// That of a program that serves `routes` in a spawn block. In `main`, U is the URL of the server.
std::string Serve(std::string_view routes, std::string_view main) {
  const std::string program =
      absl::StrCat("spawn {\n    s := http_listen(\"127.0.0.1\", $A)\n", routes,
                   "\n    s.listen()\n}\nsleep(1)\n", "U := \"http://127.0.0.1:$A\"\n", main);
  return Output(program);
}

TEST(HttpServerTest, ValuesAreComparedByContent) {
  EXPECT_EQ(RunNetworkProgram(R"(
h := func(req) { return http_response(200, "x") }
a := http_listen("127.0.0.1", 1)
b := a.route("get", "/", h)
print(a == http_listen(" 127.0.0.1 ", 1), a == b, b == a.route("GET", "/", h))
print(b == a.route("GET", "/", func(req) { return 1 }), b == b.route("GET", "/", h))
r := http_response(200, "x")
print(r == http_response(200, "x"), r == http_response(201, "x"))
print(r == set_header(r, "bad name", "x"), r == set_header(r, "x", "a\nb"), r)
print(len(Set([r, http_response(200, "x"), a, b, a])))
try { r.status } except e { print(e.message) })"),
            "true false true\nfalse false\ntrue false\ntrue true <httpresponse>\n3\n"
            "Cannot access field or method 'status' on non-struct value\n");
}

// A server may be part of a cycle.
TEST(HttpServerTest, AHandlerMayHoldItsServer) {
  EXPECT_EQ(RunNetworkProgram(R"(
func make() {
    s := http_server(0)
    s := s.route("GET", "/", func(req) { return json_response(200, type(s)) })
    return s
}
for i in range(0, 100) { make() }
print(make()))"),
            "<httpserver>\n");
}

TEST(HttpServerTest, AddressInUse) {
  EXPECT_EQ(Output(R"(
taken := tcp_listen("127.0.0.1", $A)
try { http_listen("127.0.0.1", $A).listen() } except e { print(e.message) }
try { http_listen("203.0.113.7", $A).start() } except e { print(e.message) })"),
            "Failed to start server: Address already in use (os error 98)\n"
            "Failed to start server: Cannot assign requested address (os error 99)\n");
}

TEST(HttpServerTest, HandlersRunAtTheSameTime) {
  EXPECT_EQ(Serve(R"(
    s := s.route("GET", "/slow", func(req) { sleep(200); return http_response(200, "slow") })
    s := s.route("GET", "/fast", async func(req) {
        await async_sleep(1)
        return http_response(200, "fast")
    })
    s := s.route("GET", "/inner", func() {
        return http_response(200, "inner " + http_get("http://127.0.0.1:$A/fast").body)
    })
    s := s.route("GET", "/promise", func() {
        f := async func() { await async_sleep(1); return http_response(200, "promised") }
        return f()
    }))",
                  R"(
slow := async_http_get(U + "/slow")
print(http_get(U + "/fast").body, http_get(U + "/inner").body, http_get(U + "/promise").body)
print((await slow).body)
bodies := parallel_http([U + "/slow", U + "/slow", U + "/slow"])
print(len(bodies)))"),
            "fast inner fast promised\nslow\n3\n");
}

TEST(HttpServerTest, WhatBecomesOfHandlers) {
  EXPECT_EQ(Serve(R"(
    s := s.route("GET", "/rejected", func(req) {
        f := async func() { throw("later") }
        return f()
    })
    s := s.route("GET", "/builtin", type)
    s := s.route("GET", "/204", func() { return http_response(204, "dropped") })
    s := s.route("FOO", "/", func(req) { return http_response(200, req.method) }))",
                  R"(
func ask(url, options) {
    match http_request(url, options) {
        case Ok(answer): { return answer }
        case Err(why): { return why }
    }
}
for path in ["/rejected", "/builtin", "/204"] {
    r := ask(U + path, {})
    print(r.status, r.body, has_key(r.headers, "content-length"))
}
print(ask(U, {"method": "FOO"}).body))"),
            "500 Internal Server Error 1\n"
            "500 Internal Server Error: route handler must return an HTTP response 1\n"
            "204  0\nFOO\n");
}

TEST(HttpServerTest, RawRequests) {
  EXPECT_EQ(Serve(R"(
    s := s.route("POST", "/echo", func(req) {
        return http_response(200, req.body + "|" + req.headers["x-a"] + "|" + req.raw_path)
    }))",
                  R"(
c := tcp_connect("127.0.0.1", $A)
tcp_send(c, "POST /echo?q=%41 HTTP/1.1\r\nX-A: caf")
tcp_send(c, bytes([255]))
tcp_send(c, "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
tcp_send(c, "3\r\nabc\r\n")
tcp_send(c, "0\r\n\r\n")
answer := ""
part := tcp_receive(c, 1000)
while part != "" {
    answer := answer + part
    part := tcp_receive(c, 1000)
}
print(split(answer, "\r\n\r\n")[1]))"),
            "abc|caf\xEF\xBF\xBD|/echo?q=%41\n");
}

TEST(HttpServerTest, BodiesAreLimited) {
  EXPECT_EQ(Output(R"(
env_set("RUFF_MAX_NETWORK_BODY_BYTES", "1000")
spawn {
    s := http_listen("127.0.0.1", $A)
    s := s.route("POST", "/", func(req) { return http_response(200, to_string(len(req.body))) })
    s.listen()
}
sleep(1)
print(http_post("http://127.0.0.1:$A/", repeat("x", 1000)).body)
print(http_post("http://127.0.0.1:$A/", repeat("x", 1001)))
env_set("RUFF_MAX_NETWORK_BODY_BYTES", ""))"),
            "1000\n{\"body\": Payload Too Large, \"status\": 413}\n");
}

TEST(HttpServerTest, EndsWithTheProgram) {
  EXPECT_EQ(Serve("    s := s.route(\"GET\", \"/\", func() { return http_response(200, \"x\") })",
                  "print(http_get(U).status)"),
            "200\n");
}

// Nobody is kept waiting for an answer that cannot come. Here one request is on its way to the
// server's task and one waits for it when the task is cancelled.
TEST(HttpServerTest, ACancelledServerEndsItsConnections) {
  EXPECT_EQ(Output(R"(
task := spawn_task(async func() {
    s := http_listen("127.0.0.1", $A).route("GET", "/", func() { return http_response(200, "x") })
    s.listen()
})
sleep(5)
a := tcp_connect("127.0.0.1", $A)
b := tcp_connect("127.0.0.1", $A)
sleep(5)
alarm := tcp_listen("127.0.0.1", $B)
x := tcp_connect("127.0.0.1", $B)
y := tcp_accept(alarm)
spawn { tcp_receive(y, 1); print(cancel_task(task)) }
sleep(5)
tcp_send(x, "!")
tcp_send(a, "GET / HTTP/1.1\r\n\r\n")
tcp_send(b, "GET / HTTP/1.1\r\n\r\n")
print(to_json(tcp_receive(a, 10)), to_json(tcp_receive(b, 10)))
print(tcp_listen("127.0.0.1", $A)))"),
            "true\n\"\" \"\"\n<tcplistener>\n");
}

TEST(HttpServerTest, WorkersDoNotServe) {
  EXPECT_EQ(RunNetworkProgram(R"(
func serve(i) {
    try { http_server(0).listen() } except e { return e.message }
}
print(await parallel_map([1], serve)))"),
            "[Cannot await inside parallel_map callback]\n");
}

TEST(HttpServerTest, ListeningNeedsACapability) {
  CapabilityPolicy nothing;
  nothing.DenyAll();
  EXPECT_EQ(RunNetworkProgram(R"(
s := http_server(0).route("GET", "/", func() { return http_response(200, "x") })
try { s.listen() } except e { print(e.message) }
try { s.start(1) } except e { print(e.message) })",
                              nothing),
            "Capability denied: network-server required for http_server.listen; rerun with "
            "--allow-net-server\n"
            "Capability denied: network-server required for http_server.listen; rerun with "
            "--allow-net-server\n");
}

}  // namespace
}  // namespace ruff
