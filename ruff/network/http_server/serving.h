// A server at work, as the loop in the prelude (http.ruff) sees it.
//
//    serving := __http_open(server)     binds, says so
//    call := __http_next(serving)       waits: [exchange, handler] or [exchange, handler, request]
//    __http_answer(exchange, result)    what the handler has returned
//    __http_fail(exchange, error)       what it has thrown

#ifndef RUFF_NETWORK_HTTP_SERVER_SERVING_H_
#define RUFF_NETWORK_HTTP_SERVER_SERVING_H_

#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "ruff/network/http_server/listener.h"
#include "ruff/network/http_server/router.h"
#include "ruff/network/http_server/server_value.h"
#include "ruff/network/socket/pending_call.h"
#include "ruff/runtime/value/handle.h"

namespace ruff {

// A request that waits for its answer; without one its connection is closed.
class HttpExchange final : public HandleState {
 public:
  static constexpr std::string_view kType = "httpexchange";

  explicit HttpExchange(std::shared_ptr<HttpConnection> connection)
      : connection_(std::move(connection)) {}
  ~HttpExchange() override {
    if (connection_ != nullptr) connection_->Abandon();
  }
  std::string_view type() const override { return kType; }
  std::string_view title() const override { return "HttpExchange"; }

  void Answer(const ServerResponse& response) {
    if (connection_ != nullptr) std::exchange(connection_, nullptr)->Answer(response);
  }

 private:
  std::shared_ptr<HttpConnection> connection_;  // null: answered
};

class HttpServing final : public HandleState, public RequestSink {
 public:
  static constexpr std::string_view kType = "httpserving";

  HttpServing(Scheduler& scheduler, Value owned_server, Socket socket);
  ~HttpServing() override;
  std::string_view type() const override { return kType; }
  std::string_view title() const override { return "HttpServing"; }
  void Visit(ChildVisitor& visitor) override;

  // The next call of a handler, or the promise of it.
  Value Next();

  void OnRequest(std::shared_ptr<HttpConnection> connection, ServerRequest request) override;

 private:
  struct Waiting {
    std::shared_ptr<HttpConnection> connection;
    ServerRequest request;
  };

  Value NewCall(Waiting waiting);

  Scheduler& scheduler_;
  Value server_;
  const std::vector<const HttpServer*> routes_;  // of server_
  Router router_;
  std::deque<Waiting> waiting_;
  std::optional<PendingCall> next_;
  const std::shared_ptr<HttpListener> listener_;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_SERVER_SERVING_H_
