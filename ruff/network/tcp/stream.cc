#include "ruff/network/tcp/stream.h"

#include <errno.h>

#include <algorithm>
#include <utility>

#include "ruff/network/socket/socket_text.h"

namespace ruff {
namespace {

constexpr char kReceiving[] = "Failed to receive data from TCP";
constexpr char kSending[] = "Failed to send data over TCP";
constexpr char kReceiveClosed[] = "tcp_receive failed: stream is closed";
constexpr char kSendClosed[] = "tcp_send failed: stream is closed";

Value ByteCount(size_t bytes) { return Value::Int(static_cast<int64_t>(bytes)); }

}  // namespace

TcpStream::TcpStream(Scheduler& scheduler, Socket socket)
    : scheduler_(scheduler), socket_(std::move(socket)), reads_(scheduler, kReceiving) {}

Value TcpStream::Receive(NativeContext& context, uint64_t size) {
  if (!is_open()) return context.Fail(kReceiveClosed);
  if (reads_.empty()) {
    Value value;
    const int error = Take(size, &value);
    if (error == 0) return value;
    if (error != EAGAIN) return context.Fail(SocketFailure(kReceiving, error));
  }
  if (is_nonblocking_) return context.Fail(SocketFailure(kReceiving, EAGAIN));
  const Value awaited = reads_.Add(size, [this] {
    const std::shared_ptr<Watcher> self = shared_from_this();
    WaitForMore();
  });
  WaitForMore();
  return awaited;
}

Value TcpStream::Send(NativeContext& context, std::string_view data) {
  if (!is_open()) return context.Fail(kSendClosed);
  size_t sent = 0;
  if (writes_.empty()) {
    const int error = ruff::Send(socket_, data, &sent);
    if (error == 0) return ByteCount(data.size());
    if (error != EAGAIN) return context.Fail(SocketFailure(kSending, error));
  }
  if (is_nonblocking_ && sent == 0) return context.Fail(SocketFailure(kSending, EAGAIN));
  if (writes_.empty()) write_deadline_ns_ = scheduler_.DeadlineAfter(kSocketTimeoutMs);
  writes_.push_back({std::string(data.substr(sent)), 0, data.size(), PendingCall(scheduler_)});
  const Value awaited = writes_.back().call.Awaited();
  WaitForMore();
  return awaited;
}

void TcpStream::Close() {
  if (!is_open()) return;
  reads_.FailAll(kReceiveClosed);
  for (Write& write : writes_) write.call.Throw(kSendClosed);
  writes_.clear();
  WaitForMore();
  watch_.reset();
  socket_.Close();
}

void TcpStream::Ready(bool timed_out) {
  if (!is_open()) return;
  if (timed_out) Expire();
  reads_.Serve([this](uint64_t size, Value* out) { return Take(size, out); });
  WriteMore();
  WaitForMore();
}

int TcpStream::Take(uint64_t size, Value* out) {
  std::string data;
  const int error = ruff::Receive(socket_, size, &data);
  if (error == 0) *out = ReceivedValue(data);
  return error;
}

void TcpStream::Expire() {
  reads_.Expire();
  const int64_t now = scheduler_.clock().NowNs();
  if (!writes_.empty() && write_deadline_ns_ <= now) FailWrite(EAGAIN);
}

// The first write. What follows makes no sense without the rest of what has begun.
void TcpStream::FailWrite(int error) {
  const bool has_begun = writes_.front().left() != writes_.front().whole;
  do {
    writes_.front().call.Throw(SocketFailure(kSending, error));
    writes_.pop_front();
  } while (has_begun && !writes_.empty());
  write_deadline_ns_ = scheduler_.DeadlineAfter(kSocketTimeoutMs);
}

void TcpStream::WriteMore() {
  while (!writes_.empty()) {
    Write& write = writes_.front();
    size_t sent = 0;
    const int error = ruff::Send(socket_, std::string_view(write.data).substr(write.sent), &sent);
    write.sent += sent;
    if (sent != 0) write_deadline_ns_ = scheduler_.DeadlineAfter(kSocketTimeoutMs);
    if (error == EAGAIN) return;
    if (error == 0) {
      write.call.Return(ByteCount(write.whole));
      writes_.pop_front();
    } else {
      FailWrite(error);
    }
  }
}

void TcpStream::WaitForMore() {
  int wishes = Watch::kNothing;
  int64_t deadline_ns = Watch::kNever;
  if (!reads_.empty()) {
    wishes |= Watch::kRead;
    deadline_ns = reads_.deadline_ns();
  }
  if (!writes_.empty()) {
    wishes |= Watch::kWrite | Watch::kFinish;
    deadline_ns = std::min(deadline_ns, write_deadline_ns_);
  }
  if (watch_ == nullptr) {
    if (wishes == Watch::kNothing) return;
    watch_ = scheduler_.poller().NewWatch(socket_.descriptor(), *this);
  }
  watch_->Want(static_cast<uint8_t>(wishes), deadline_ns);
}

}  // namespace ruff
