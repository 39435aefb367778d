#include "ruff/network/http_server/listener.h"

#include <errno.h>
#include <fcntl.h>

#include <utility>
#include <vector>

namespace ruff {
namespace {

constexpr int kMostAtOnce = 256;           // accepted before others get their turn
constexpr int64_t kRetryNs = 100'000'000;  // when the system has no room for a connection

Socket NewSpare() { return Socket(open("/dev/null", O_RDONLY | O_CLOEXEC)); }

}  // namespace

HttpListener::HttpListener(Clock& clock, Poller& poller, Socket socket, const ServerLimits& limits,
                           RequestSink& sink)
    : clock_(clock),
      poller_(poller),
      limits_(limits),
      sink_(&sink),
      socket_(std::move(socket)),
      spare_(NewSpare()),
      watch_(poller.NewWatch(socket_.descriptor(), *this)) {}

void HttpListener::Close() {
  if (sink_ == nullptr) return;
  sink_ = nullptr;
  watch_.reset();
  socket_.Close();
  const std::vector<HttpConnection*> connections(connections_.begin(), connections_.end());
  connections_.clear();
  for (HttpConnection* connection : connections) connection->Orphan();
}

void HttpListener::Ready(bool timed_out) {
  if (timed_out) watch_->Want(Watch::kRead);
  for (int i = 0; i < kMostAtOnce && sink_ != nullptr; ++i) {
    Socket accepted;
    const int error = Accept(socket_, &accepted);
    const bool lacks_descriptors = error == EMFILE || error == ENFILE;
    if (lacks_descriptors ? !TurnAway() : error == ENOBUFS || error == ENOMEM) {
      // A socket that listens can never be written to: only the time counts.
      watch_->Want(Watch::kWrite, clock_.NowNs() + kRetryNs);
    }
    if (error != 0) return;
    const auto connection =
        std::make_shared<HttpConnection>(clock_, poller_, std::move(accepted), limits_, *this);
    connections_.insert(connection.get());
    connection->Start();
  }
}

// Without descriptors the client would wait, and we would be told of it again and again.
bool HttpListener::TurnAway() {
  spare_.Close();
  Socket refused;
  const int error = Accept(socket_, &refused);
  refused.Close();
  spare_ = NewSpare();
  return error == 0 || error == EAGAIN;
}

void HttpListener::OnRequest(HttpConnection& connection, ServerRequest request) {
  sink_->OnRequest(std::static_pointer_cast<HttpConnection>(connection.shared_from_this()),
                   std::move(request));
}

}  // namespace ruff
