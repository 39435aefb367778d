// One connection of a server: requests one after the other, each answered before the next is read.
//
//    reading ──► a request ──► answering ──► reading …
//       │                          │
//       └───────► refused ─────────┴──► sending the rest ──► lingering ──► closed
//
// A connection that ends lingers: what the client still sends is dropped for a while, since closing
// at once would destroy the answer that is under way to it.

#ifndef RUFF_NETWORK_HTTP_SERVER_CONNECTION_H_
#define RUFF_NETWORK_HTTP_SERVER_CONNECTION_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "ruff/async/core/poller.h"
#include "ruff/async/core/watch.h"
#include "ruff/network/http_server/request_parser.h"
#include "ruff/network/http_server/server_message.h"
#include "ruff/network/socket/socket.h"

namespace ruff {

// Times in ms.
struct ServerLimits {
  uint64_t body_bytes;
  int64_t idle_ms = 60'000;     // between requests
  int64_t head_ms = 30'000;     // from the first byte of a request to its body
  int64_t silence_ms = 30'000;  // of a client that is to send or to take a body
  int64_t linger_ms = 2'000;
};

class HttpConnection;

class ConnectionOwner {
 public:
  virtual ~ConnectionOwner() = default;
  // Exactly one Answer or Abandon is due, now or later.
  virtual void OnRequest(HttpConnection& connection, ServerRequest request) = 0;
  virtual void OnClosed(HttpConnection& connection) = 0;
};

class HttpConnection final : public Watcher {
 public:
  // `owner` is borrowed until Orphan or OnClosed.
  HttpConnection(Clock& clock, Poller& poller, Socket socket, const ServerLimits& limits,
                 ConnectionOwner& owner);
  ~HttpConnection() override;

  void Start();
  void Answer(const ServerResponse& response);
  // No answer will come.
  void Abandon() { Close(); }
  // The owner goes: no more requests; the last one may still be answered.
  void Orphan();

  void Ready(bool timed_out) override;

 private:
  static constexpr size_t kMostUnread = size_t{1} << 16;

  bool is_open() const { return socket_.is_open(); }
  size_t unread() const { return input_.size() - taken_; }
  int64_t After(int64_t ms) const;
  bool Read();
  void Process();
  void DropTaken();
  void ReadRequest();
  void Refuse(int status);
  void Respond(const ServerResponse& response, const Framing& framing);
  bool Flush();
  void TimeOut();
  void Drop();
  void WaitForMore();
  void Close();

  Clock& clock_;
  const ServerLimits limits_;
  ConnectionOwner* owner_;  // null: an orphan
  Socket socket_;
  std::unique_ptr<Watch> watch_;
  RequestParser parser_;

  std::string input_;  // read, not parsed, from taken_ on
  size_t taken_ = 0;
  std::string output_;  // to be sent, from sent_ on
  size_t sent_ = 0;
  Framing framing_;  // of the answer that is due

  bool answer_is_due_ = false;
  bool processing_ = false;
  bool ends_ = false;     // after output_
  bool lingers_ = false;  // output_ has been sent
  bool has_input_ended_ = false;
  int64_t deadline_ns_ = Watch::kNever;  // of reading or lingering, while output_ is empty
  int64_t send_deadline_ns_ = Watch::kNever;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_SERVER_CONNECTION_H_
