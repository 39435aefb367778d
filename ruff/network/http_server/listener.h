// A server's socket and the connections that come in there.

#ifndef RUFF_NETWORK_HTTP_SERVER_LISTENER_H_
#define RUFF_NETWORK_HTTP_SERVER_LISTENER_H_

#include <memory>

#include "absl/container/flat_hash_set.h"
#include "ruff/async/core/poller.h"
#include "ruff/async/core/watch.h"
#include "ruff/network/http_server/connection.h"
#include "ruff/network/socket/socket.h"

namespace ruff {

// Who answers. Of each request: later exactly one Answer or Abandon of its connection.
class RequestSink {
 public:
  virtual ~RequestSink() = default;
  virtual void OnRequest(std::shared_ptr<HttpConnection> connection, ServerRequest request) = 0;
};

class HttpListener final : public Watcher, public ConnectionOwner {
 public:
  // `sink` is borrowed until Close.
  HttpListener(Clock& clock, Poller& poller, Socket socket, const ServerLimits& limits,
               RequestSink& sink);
  ~HttpListener() override { Close(); }

  void Start() { watch_->Want(Watch::kRead); }
  // No more requests; those that the sink has may still be answered.
  void Close();
  size_t connections() const { return connections_.size(); }

  void Ready(bool timed_out) override;
  void OnRequest(HttpConnection& connection, ServerRequest request) override;
  void OnClosed(HttpConnection& connection) override { connections_.erase(&connection); }

 private:
  // False: not even that is possible.
  bool TurnAway();

  Clock& clock_;
  Poller& poller_;
  const ServerLimits limits_;
  RequestSink* sink_;
  Socket socket_;
  Socket spare_;  // to be given up for a descriptor when there are no others
  std::unique_ptr<Watch> watch_;
  absl::flat_hash_set<HttpConnection*> connections_;  // owned by the poller, or a request's owner
};

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_SERVER_LISTENER_H_
