#include "ruff/network/tcp/stream.h"

#include <errno.h>

#include <algorithm>
#include <iterator>
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
    : scheduler_(scheduler), socket_(std::move(socket)) {}

Value TcpStream::Receive(NativeContext& context, uint64_t size) {
  if (!is_open()) return context.Fail(kReceiveClosed);
  if (reads_.empty()) {
    std::string data;
    const int error = ruff::Receive(socket_, size, &data);
    if (error == 0) return ReceivedValue(data);
    if (error != EAGAIN) return context.Fail(SocketFailure(kReceiving, error));
  }
  if (is_nonblocking_) return context.Fail(SocketFailure(kReceiving, EAGAIN));
  reads_.push_back({size, scheduler_.DeadlineAfter(kSocketTimeoutMs), PendingCall(scheduler_)});
  const auto read = std::prev(reads_.end());
  read->call.WhenCancelled([this, read] {
    const std::shared_ptr<Watcher> self = shared_from_this();
    reads_.erase(read);
    WaitForMore();
  });
  WaitForMore();
  return read->call.Awaited();
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
  for (Read& read : reads_) read.call.Throw(kReceiveClosed);
  for (Write& write : writes_) write.call.Throw(kSendClosed);
  reads_.clear();
  writes_.clear();
  WaitForMore();
  watch_.reset();
  socket_.Close();
}

void TcpStream::Ready(bool timed_out) {
  if (!is_open()) return;
  if (timed_out) Expire();
  ReadMore();
  WriteMore();
  WaitForMore();
}

void TcpStream::Expire() {
  const int64_t now = scheduler_.clock().NowNs();
  for (; !reads_.empty() && reads_.front().deadline_ns <= now; reads_.pop_front()) {
    reads_.front().call.Throw(SocketFailure(kReceiving, EAGAIN));
  }
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

void TcpStream::ReadMore() {
  for (; !reads_.empty(); reads_.pop_front()) {
    Read& read = reads_.front();
    std::string data;
    const int error = ruff::Receive(socket_, read.size, &data);
    if (error == EAGAIN) return;
    if (error == 0) {
      read.call.Return(ReceivedValue(data));
    } else {
      read.call.Throw(SocketFailure(kReceiving, error));
    }
  }
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
    deadline_ns = reads_.front().deadline_ns;
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
