#include "ruff/network/http_server/connection.h"

#include <errno.h>
#include <sys/resource.h>

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/async/core/blocking_poller.h"
#include "ruff/network/http_server/listener.h"

namespace ruff {
namespace {

// Answers with what it is asked, at once or when told.
class Echo final : public RequestSink {
 public:
  void OnRequest(std::shared_ptr<HttpConnection> connection, ServerRequest request) override {
    requests.push_back(request);
    waiting.emplace_back(std::move(connection), std::move(request));
    if (at_once) AnswerFirst();
  }
  void AnswerFirst() {
    auto [connection, request] = std::move(waiting.front());
    waiting.pop_front();
    connection->Answer(
        ServerResponse(200, absl::StrCat(request.method, " ", request.target, " ", request.body)));
  }

  bool at_once = true;
  std::vector<ServerRequest> requests;
  std::deque<std::pair<std::shared_ptr<HttpConnection>, ServerRequest>> waiting;
};

class ConnectionTest : public testing::Test {
 protected:
  void Start(const ServerLimits& limits = {.body_bytes = 1'000'000}) {
    Socket socket;
    ASSERT_EQ(Listen({*IpAddress::Parse("127.0.0.1"), 0}, &socket), 0);
    at_ = LocalEndpoint(socket);
    listener_ = std::make_shared<HttpListener>(clock_, poller_, std::move(socket), limits, echo_);
    listener_->Start();
  }

  Socket Connect() {
    Socket socket;
    const int error = StartConnect(at_, &socket);
    EXPECT_TRUE(error == 0 || error == EINPROGRESS);
    Turn();
    return socket;
  }

  void Turn(int ms = 2) { poller_.Poll(clock_.NowNs() + ms * int64_t{1'000'000}); }

  void Write(const Socket& client, std::string_view text) {
    for (size_t from = 0, sent = 0; from < text.size(); from += sent) {
      const int error = Send(client, text.substr(from), &sent);
      if (error != 0 && error != EAGAIN) return;
      Turn();
    }
  }

  // What the server sends until `end` has come, it ends the connection or it is silent for long.
  std::string Read(const Socket& client, std::string_view end = "no end", bool* ended = nullptr) {
    std::string text;
    for (int turns = 0; turns < 300 && !absl::EndsWith(text, end); ++turns) {
      const size_t before = text.size();
      const int error = Receive(client, 1'000'000, &text);
      if (error == EAGAIN) {
        Turn();
      } else if (error != 0 || text.size() == before) {
        if (ended != nullptr) *ended = true;
        break;
      }
    }
    return text;
  }

  static int Count(const std::string& text, std::string_view part) {
    int count = 0;
    for (size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
    return count;
  }

  SystemClock clock_;
  BlockingPoller poller_{clock_};
  Echo echo_;
  Endpoint at_;
  std::shared_ptr<HttpListener> listener_;
};

TEST_F(ConnectionTest, AnswersAndStaysOpen) {
  Start();
  const Socket client = Connect();
  for (int i = 0; i < 3; ++i) {
    Write(client, absl::StrCat("GET /", i, " HTTP/1.1\r\nHost: x\r\n\r\n"));
    const std::string answer = Read(client, absl::StrCat("GET /", i, " "));
    EXPECT_TRUE(absl::StartsWith(answer, "HTTP/1.1 200 OK\r\n")) << answer;
    EXPECT_TRUE(absl::StrContains(answer, "\r\nContent-Length: 7\r\n")) << answer;
    EXPECT_TRUE(absl::StrContains(answer, "\r\nDate: ")) << answer;
    EXPECT_FALSE(absl::StrContains(answer, "Connection:")) << answer;
  }
  EXPECT_EQ(listener_->connections(), 1u);
}

TEST_F(ConnectionTest, AnswersAPipelineInOrder) {
  Start();
  const Socket client = Connect();
  std::string all;
  for (int i = 0; i < 100; ++i) {
    absl::StrAppend(&all, "POST /", i, " HTTP/1.1\r\nContent-Length: 2\r\n\r\n", 10 + i % 90);
  }
  Write(client, all);
  const std::string answers = Read(client, "POST /99 19");
  EXPECT_EQ(Count(answers, "200 OK"), 100);
  size_t last = 0;
  for (int i = 0; i < 100; ++i) {
    const size_t at = answers.find(absl::StrCat("POST /", i, " ", 10 + i % 90));
    EXPECT_GT(at, last);
    last = at;
  }
}

TEST_F(ConnectionTest, APipelineWaitsForTheAnswer) {
  Start();
  echo_.at_once = false;
  const Socket client = Connect();
  Write(client, "GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
  Turn();
  ASSERT_EQ(echo_.waiting.size(), 1u);
  echo_.AnswerFirst();
  Turn();
  ASSERT_EQ(echo_.waiting.size(), 1u);
  EXPECT_EQ(echo_.waiting.front().second.target, "/2");
  echo_.AnswerFirst();
  EXPECT_EQ(Count(Read(client, "GET /2 "), "200 OK"), 2);
}

TEST_F(ConnectionTest, ClosesWhenAsked) {
  Start();
  for (const char* request :
       {"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"}) {
    const Socket client = Connect();
    Write(client, request);
    bool ended = false;
    const std::string answer = Read(client, "no end", &ended);
    EXPECT_TRUE(absl::StrContains(answer, "\r\nConnection: close\r\n")) << answer;
    EXPECT_TRUE(ended);
  }
  Turn();
  Turn();
  EXPECT_EQ(listener_->connections(), 0u);
}

TEST_F(ConnectionTest, TellsOldClientsThatItStaysOpen) {
  Start();
  const Socket client = Connect();
  Write(client, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(absl::StrContains(Read(client, "GET / "), "\r\nConnection: keep-alive\r\n"));
}

TEST_F(ConnectionTest, AClientMayFinishSendingFirst) {
  Start();
  echo_.at_once = false;
  const Socket client = Connect();
  Write(client, "GET / HTTP/1.1\r\n\r\n");
  FinishSending(client);
  Turn();
  Turn();
  ASSERT_EQ(echo_.waiting.size(), 1u);
  echo_.AnswerFirst();
  bool ended = false;
  EXPECT_TRUE(absl::EndsWith(Read(client, "no end", &ended), "GET / "));
  EXPECT_TRUE(ended);
}

TEST_F(ConnectionTest, HeadHasNoBody) {
  Start();
  const Socket client = Connect();
  Write(client, "HEAD /x HTTP/1.1\r\n\r\nGET /y HTTP/1.1\r\n\r\n");
  const std::string answers = Read(client, "GET /y ");
  EXPECT_FALSE(absl::StrContains(answers, "HEAD /x "));
  EXPECT_EQ(Count(answers, "Content-Length: "), 2);
}

TEST_F(ConnectionTest, SaysContinue) {
  Start();
  const Socket client = Connect();
  Write(client, "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(Read(client, "\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  Write(client, "ok");
  EXPECT_TRUE(absl::StartsWith(Read(client, "POST / ok"), "HTTP/1.1 200 OK"));
}

TEST_F(ConnectionTest, RefusesAndEnds) {
  Start();
  const std::pair<std::string, std::string> cases[] = {
      {"garbage\r\n\r\n", "400 Bad Request"},
      {"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
       "400 Bad Request"},
      {"POST / HTTP/1.1\r\nContent-Length: 1000001\r\n\r\n", "413 Payload Too Large"},
      {absl::StrCat("GET / HTTP/1.1\r\nA: ", std::string(200'000, 'x')),
       "431 Request Header Fields Too Large"},
      {"GET / HTTP/3.0\r\n\r\n", "505 HTTP Version Not Supported"},
  };
  for (const auto& [request, status] : cases) {
    const Socket client = Connect();
    Write(client, request);
    bool ended = false;
    const std::string answer = Read(client, "no end", &ended);
    EXPECT_TRUE(absl::StartsWith(answer, absl::StrCat("HTTP/1.1 ", status, "\r\n"))) << answer;
    EXPECT_TRUE(absl::EndsWith(answer, status.substr(4))) << answer;
    EXPECT_TRUE(ended) << status;
  }
  EXPECT_TRUE(echo_.requests.empty());
}

// What the client still sends does not destroy the answer.
TEST_F(ConnectionTest, ARefusalReachesWhoIsStillSending) {
  Start({.body_bytes = 1'000});
  const Socket client = Connect();
  Write(client, absl::StrCat("POST / HTTP/1.1\r\nContent-Length: 3000000\r\n\r\n",
                             std::string(3'000'000, 'x')));
  EXPECT_TRUE(absl::StartsWith(Read(client, "Large"), "HTTP/1.1 413 "));
}

TEST_F(ConnectionTest, SlowClients) {
  Start({.body_bytes = 1'000, .idle_ms = 60, .head_ms = 40, .silence_ms = 40, .linger_ms = 10});
  const Socket idle = Connect();
  const Socket in_head = Connect();
  Write(in_head, "GET / HTTP");
  const Socket in_body = Connect();
  Write(in_body, "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab");
  EXPECT_EQ(listener_->connections(), 3u);
  EXPECT_TRUE(absl::StartsWith(Read(in_head, "Timeout"), "HTTP/1.1 408 Request Timeout\r\n"));
  EXPECT_TRUE(absl::StartsWith(Read(in_body, "Timeout"), "HTTP/1.1 408 Request Timeout\r\n"));
  bool ended = false;
  EXPECT_EQ(Read(idle, "no end", &ended), "");
  EXPECT_TRUE(ended);
  for (int i = 0; i < 50; ++i) Turn();
  EXPECT_EQ(listener_->connections(), 0u);
}

TEST_F(ConnectionTest, AClientThatDoesNotReadIsGivenUp) {
  Start({.body_bytes = 20'000'000, .silence_ms = 30});
  const Socket client = Connect();
  const std::string body(10'000'000, 'x');
  Write(client, absl::StrCat("POST / HTTP/1.1\r\nContent-Length: ", body.size(), "\r\n\r\n", body));
  for (int i = 0; i < 1'000 && echo_.requests.empty(); ++i) Turn();
  ASSERT_EQ(echo_.requests.size(), 1u);
  EXPECT_EQ(poller_.in_flight(), 1u);  // the answer keeps the program
  for (int i = 0; i < 100 && listener_->connections() != 0; ++i) Turn();
  EXPECT_EQ(listener_->connections(), 0u);
  EXPECT_EQ(poller_.in_flight(), 0u);
}

// As long as a client does not take the answers, no more of its requests are read.
TEST_F(ConnectionTest, APipelineWaitsForItsReader) {
  Start();
  const Socket client = Connect();
  const std::string request =
      absl::StrCat("POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n", std::string(100'000, 'x'));
  std::string all;
  for (int i = 0; i < 600; ++i) all += request;
  size_t from = 0;
  for (int stalled = 0; from < all.size() && stalled < 50; ++stalled) {
    size_t sent;
    Send(client, std::string_view(all).substr(from), &sent);
    from += sent;
    if (sent != 0) stalled = 0;
    Turn(1);
  }
  EXPECT_LT(from, all.size());
  const size_t before = echo_.requests.size();
  Read(client);
  EXPECT_GT(echo_.requests.size(), before);
}

TEST_F(ConnectionTest, AnAnswerMayTakeItsTime) {
  Start({.body_bytes = 20'000'000, .idle_ms = 20});
  const Socket client = Connect();
  const std::string body(10'000'000, 'x');
  Write(client, absl::StrCat("POST / HTTP/1.1\r\nContent-Length: ", body.size(), "\r\n\r\n", body));
  for (int i = 0; i < 1'000 && echo_.requests.empty(); ++i) Turn();
  for (int i = 0; i < 30; ++i) Turn();
  bool ended = false;
  EXPECT_GT(Read(client, "no end", &ended).size(), body.size());
  EXPECT_TRUE(ended);  // idle at last
}

TEST_F(ConnectionTest, LingersForAWhile) {
  Start({.body_bytes = 1'000, .linger_ms = 10});
  const Socket client = Connect();
  Write(client, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
  bool ended = false;
  Read(client, "no end", &ended);
  EXPECT_TRUE(ended);
  for (int i = 0; i < 50 && listener_->connections() != 0; ++i) Turn();
  EXPECT_EQ(listener_->connections(), 0u);
}

TEST_F(ConnectionTest, WithoutDescriptorsTheListenerWaits) {
  Start();
  Socket client;
  StartConnect(at_, &client);
  rlimit limit;
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  const rlimit low = {.rlim_cur = 3, .rlim_max = limit.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
  Turn();
  const int64_t before = clock_.NowNs();
  Turn(20);
  EXPECT_GE(clock_.NowNs() - before, int64_t{15'000'000});
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  for (int i = 0; i < 200 && listener_->connections() == 0; ++i) Turn();
  EXPECT_EQ(listener_->connections(), 1u);
}

TEST_F(ConnectionTest, ManyAtOnce) {
  Start();
  std::vector<Socket> clients;
  for (int i = 0; i < 300; ++i) clients.push_back(Connect());
  for (int i = 0; i < 300; ++i) {
    Write(clients[static_cast<size_t>(i)], absl::StrCat("GET /", i, " HTTP/1.1\r\n\r\n"));
  }
  for (int i = 299; i >= 0; --i) {
    const std::string end = absl::StrCat("GET /", i, " ");
    EXPECT_TRUE(absl::EndsWith(Read(clients[static_cast<size_t>(i)], end), end));
  }
  EXPECT_EQ(listener_->connections(), 300u);
  clients.clear();
  for (int i = 0; i < 20 && listener_->connections() != 0; ++i) Turn();
  EXPECT_EQ(listener_->connections(), 0u);
}

TEST_F(ConnectionTest, AnAbandonedRequestEndsItsConnection) {
  Start();
  echo_.at_once = false;
  const Socket client = Connect();
  Write(client, "GET / HTTP/1.1\r\n\r\n");
  ASSERT_EQ(echo_.waiting.size(), 1u);
  echo_.waiting.front().first->Abandon();
  echo_.waiting.clear();
  bool ended = false;
  EXPECT_EQ(Read(client, "no end", &ended), "");
  EXPECT_TRUE(ended);
}

TEST_F(ConnectionTest, TheListenerMayGoFirst) {
  Start();
  echo_.at_once = false;
  const Socket busy = Connect();
  Write(busy, "GET / HTTP/1.1\r\n\r\n");
  const Socket idle = Connect();
  ASSERT_EQ(listener_->connections(), 2u);
  listener_->Close();
  listener_.reset();
  bool ended = false;
  EXPECT_EQ(Read(idle, "no end", &ended), "");
  EXPECT_TRUE(ended);
  echo_.AnswerFirst();
  EXPECT_TRUE(absl::EndsWith(Read(busy), "GET / "));
}

}  // namespace
}  // namespace ruff
