#include "ruff/network/http_server/connection.h"

#include <errno.h>

#include <algorithm>
#include <utility>

#include "ruff/network/http/status.h"

namespace ruff {
namespace {

constexpr int64_t kNsPerMs = 1'000'000;
constexpr uint64_t kBlockBytes = uint64_t{1} << 16;
constexpr int kRequestTimeout = 408;
constexpr char kContinue[] = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

HttpConnection::HttpConnection(Clock& clock, Poller& poller, Socket socket,
                               const ServerLimits& limits, ConnectionOwner& owner)
    : clock_(clock),
      limits_(limits),
      owner_(&owner),
      socket_(std::move(socket)),
      watch_(poller.NewWatch(socket_.descriptor(), *this)),
      parser_(limits.body_bytes) {}

HttpConnection::~HttpConnection() {
  if (owner_ != nullptr) owner_->OnClosed(*this);
}

int64_t HttpConnection::After(int64_t ms) const { return clock_.NowNs() + ms * kNsPerMs; }

void HttpConnection::Start() {
  deadline_ns_ = After(limits_.idle_ms);
  WaitForMore();
}

void HttpConnection::Ready(bool timed_out) {
  if (!is_open()) return;
  if (timed_out) {
    TimeOut();
  } else if (lingers_) {
    Drop();
  } else if (Flush() && Read()) {
    Process();
  }
  WaitForMore();
}

// Reads what has come, unless there is too much of it. False: the connection is closed.
bool HttpConnection::Read() {
  if (has_input_ended_ || ends_ || unread() >= kMostUnread) return true;
  const size_t before = input_.size();
  const int error = Receive(socket_, kBlockBytes, &input_);
  if (error == EAGAIN) return true;
  if (error != 0) {
    Close();
    return false;
  }
  has_input_ended_ = input_.size() == before;
  if (!answer_is_due_ && parser_.state() == RequestParser::State::kBody) {
    deadline_ns_ = After(limits_.silence_ms);
  }
  return true;
}

// Goes on with what has been read, as far as the client takes the answers.
void HttpConnection::Process() {
  if (processing_) return;  // an answer within OnRequest
  processing_ = true;
  while (is_open() && !answer_is_due_ && !ends_ && output_.empty() && unread() > 0) ReadRequest();
  processing_ = false;
  DropTaken();
  if (!is_open() || answer_is_due_ || ends_ || !has_input_ended_ || unread() > 0) return;
  // What has begun will never be complete.
  ends_ = true;
  Flush();
}

void HttpConnection::DropTaken() {
  if (unread() > 0 && taken_ < kMostUnread) return;
  input_.erase(0, taken_);
  taken_ = 0;
  if (input_.empty() && input_.capacity() > kMostUnread) input_.shrink_to_fit();
}

void HttpConnection::ReadRequest() {
  const bool had_begun = parser_.has_begun();
  const RequestParser::State before = parser_.state();
  taken_ += parser_.Feed(std::string_view(input_).substr(taken_));
  switch (parser_.state()) {
    case RequestParser::State::kComplete: {
      ServerRequest request = parser_.Take();
      framing_ = {.is_head = request.method == "HEAD",
                  .is_http_1_0 = request.is_http_1_0,
                  .closes = !request.keeps_alive};
      answer_is_due_ = true;
      owner_->OnRequest(*this, std::move(request));
      break;
    }
    case RequestParser::State::kRefused:
      Refuse(parser_.refusal());
      break;
    case RequestParser::State::kBody:
      if (parser_.TakeExpectation()) {
        output_.append(kContinue);
        Flush();
      }
      if (before != RequestParser::State::kBody) deadline_ns_ = After(limits_.silence_ms);
      break;
    case RequestParser::State::kHead:
      if (!had_begun && parser_.has_begun()) deadline_ns_ = After(limits_.head_ms);
      break;
  }
}

void HttpConnection::Answer(const ServerResponse& response) {
  if (!is_open() || !std::exchange(answer_is_due_, false)) return;
  Framing framing = framing_;
  framing.closes |= ClosesConnection(response) || owner_ == nullptr;
  Respond(response, framing);
  if (!is_open()) return;
  Process();
  WaitForMore();
}

void HttpConnection::Refuse(int status) {
  Respond(ServerResponse(status, std::string(StatusReason(status))), {.closes = true});
}

void HttpConnection::Respond(const ServerResponse& response, const Framing& framing) {
  AppendResponse(response, framing, &output_);
  ends_ = framing.closes;
  Flush();
}

// Sends what there is to send, as far as the client takes it. False: the connection is closed.
bool HttpConnection::Flush() {
  size_t sent = 0;
  const int error = Send(socket_, std::string_view(output_).substr(sent_), &sent);
  sent_ += sent;
  if (error == EAGAIN) {
    if (sent != 0 || send_deadline_ns_ == Watch::kNever) {
      send_deadline_ns_ = After(limits_.silence_ms);
    }
    return true;
  }
  if (error != 0) {
    Close();
    return false;
  }
  if (!output_.empty() && !answer_is_due_) {
    deadline_ns_ = After(parser_.has_begun() ? limits_.silence_ms : limits_.idle_ms);
  }
  send_deadline_ns_ = Watch::kNever;
  sent_ = 0;
  output_.clear();
  if (output_.capacity() > kMostUnread) output_.shrink_to_fit();
  if (!ends_) return true;
  if (has_input_ended_) {
    Close();
    return false;
  }
  lingers_ = true;
  FinishSending(socket_);
  deadline_ns_ = After(limits_.linger_ms);
  return true;
}

void HttpConnection::TimeOut() {
  const int64_t now = clock_.NowNs();
  if (output_.empty() && !lingers_ && !answer_is_due_ && parser_.has_begun() &&
      deadline_ns_ <= now) {
    Refuse(kRequestTimeout);
  } else if (output_.empty() ? deadline_ns_ <= now && !answer_is_due_ : send_deadline_ns_ <= now) {
    Close();
  }
}

// Reads without an end of interest.
void HttpConnection::Drop() {
  std::string dropped;
  const int error = Receive(socket_, kBlockBytes, &dropped);
  if (error == 0 ? dropped.empty() : error != EAGAIN) Close();
}

void HttpConnection::Orphan() {
  owner_ = nullptr;
  if (answer_is_due_ || !is_open()) return;
  if (output_.empty()) return Close();
  ends_ = true;
  WaitForMore();
}

void HttpConnection::WaitForMore() {
  if (!is_open()) return;
  int wishes = Watch::kNothing;
  int64_t deadline_ns = Watch::kNever;
  const bool reads =
      lingers_ || (output_.empty() && !has_input_ended_ && !ends_ && unread() < kMostUnread);
  if (reads) wishes |= Watch::kRead;
  if (reads && !answer_is_due_) deadline_ns = deadline_ns_;
  if (!output_.empty()) {
    wishes |= Watch::kWrite | Watch::kFinish;
    deadline_ns = std::min(deadline_ns, send_deadline_ns_);
  }
  watch_->Want(static_cast<uint8_t>(wishes), deadline_ns);
}

void HttpConnection::Close() {
  if (!is_open()) return;
  ConnectionOwner* const owner = std::exchange(owner_, nullptr);
  const std::shared_ptr<Watcher> self = shared_from_this();
  watch_->Want(Watch::kNothing);
  watch_.reset();
  socket_.Close();
  if (owner != nullptr) owner->OnClosed(*this);
}

}  // namespace ruff
