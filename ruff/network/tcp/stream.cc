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
  const Value awaited = reads_.back().call.Awaited();
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
  if (is_nonblocking_) return context.Fail(SocketFailure(kSending, EAGAIN));
  writes_.push_back({std::string(data.substr(sent)), 0, data.size(),
                     scheduler_.DeadlineAfter(kSocketTimeoutMs), PendingCall(scheduler_)});
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
  for (; !writes_.empty() && writes_.front().deadline_ns <= now; writes_.pop_front()) {
    writes_.front().call.Throw(SocketFailure(kSending, EAGAIN));
  }
}

void TcpStream::ReadMore() {
  for (; !reads_.empty(); reads_.pop_front()) {
    Read& read = reads_.front();
    if (!read.call.is_wanted()) continue;
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
  for (; !writes_.empty(); writes_.pop_front()) {
    Write& write = writes_.front();
    size_t sent = 0;
    const int error = ruff::Send(socket_, std::string_view(write.data).substr(write.sent), &sent);
    write.sent += sent;
    if (error == EAGAIN) {
      if (sent != 0) write.deadline_ns = scheduler_.DeadlineAfter(kSocketTimeoutMs);
      return;
    }
    if (error == 0) {
      write.call.Return(ByteCount(write.whole));
    } else {
      write.call.Throw(SocketFailure(kSending, error));
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
    deadline_ns = std::min(deadline_ns, writes_.front().deadline_ns);
  }
  if (watch_ == nullptr) {
    if (wishes == Watch::kNothing) return;
    watch_ = scheduler_.poller().NewWatch(socket_.descriptor(), *this);
  }
  watch_->Want(static_cast<uint8_t>(wishes), deadline_ns);
}

}  // namespace ruff
