#include "ruff/network/udp/udp_socket.h"

#include <errno.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "ruff/network/socket/socket_text.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/dict_member.h"

namespace ruff {
namespace {

constexpr char kReceiving[] = "Failed to receive UDP datagram";
constexpr char kReceiveClosed[] = "udp_receive_from failed: socket is closed";
constexpr char kSendClosed[] = "udp_send_to failed: socket is closed";

Value Datagram(std::string_view data, const Endpoint& from) {
  Dict* dict = NewDict(3);
  PutMember(dict, "data", ReceivedValue(data));
  PutMember(dict, "from", NewText(from.Text()));
  PutMember(dict, "size", Value::Int(static_cast<int64_t>(data.size())));
  return Value::Heap(dict);
}

}  // namespace

UdpSocket::UdpSocket(Scheduler& scheduler, Socket socket)
    : scheduler_(scheduler), socket_(std::move(socket)) {}

Value UdpSocket::Receive(NativeContext& context, uint64_t size) {
  if (!is_open()) return context.Fail(kReceiveClosed);
  if (reads_.empty()) {
    std::string data;
    Endpoint from;
    const int error = ReceiveDatagram(socket_, size, &data, &from);
    if (error == 0) return Datagram(data, from);
    if (error != EAGAIN) return context.Fail(SocketFailure(kReceiving, error));
  }
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

void UdpSocket::Send(PendingCall call, std::string data, const Endpoint& to, std::string failure) {
  if (!is_open()) return call.Throw(kSendClosed);
  writes_.push_back({std::move(data), to, std::move(failure),
                     scheduler_.DeadlineAfter(kSocketTimeoutMs), std::move(call)});
  WriteMore();
  WaitForMore();
}

void UdpSocket::Close() {
  if (!is_open()) return;
  for (Read& read : reads_) read.call.Throw(kReceiveClosed);
  for (Write& write : writes_) write.call.Throw(kSendClosed);
  reads_.clear();
  writes_.clear();
  WaitForMore();
  watch_.reset();
  socket_.Close();
}

void UdpSocket::Ready(bool timed_out) {
  if (!is_open()) return;
  if (timed_out) Expire();
  ReadMore();
  WriteMore();
  WaitForMore();
}

void UdpSocket::Expire() {
  const int64_t now = scheduler_.clock().NowNs();
  for (; !reads_.empty() && reads_.front().deadline_ns <= now; reads_.pop_front()) {
    reads_.front().call.Throw(SocketFailure(kReceiving, EAGAIN));
  }
  for (; !writes_.empty() && writes_.front().deadline_ns <= now; writes_.pop_front()) {
    writes_.front().call.Throw(SocketFailure(writes_.front().failure, EAGAIN));
  }
}

void UdpSocket::ReadMore() {
  for (; !reads_.empty(); reads_.pop_front()) {
    Read& read = reads_.front();
    std::string data;
    Endpoint from;
    const int error = ReceiveDatagram(socket_, read.size, &data, &from);
    if (error == EAGAIN) return;
    if (error == 0) {
      read.call.Return(Datagram(data, from));
    } else {
      read.call.Throw(SocketFailure(kReceiving, error));
    }
  }
}

void UdpSocket::WriteMore() {
  for (; !writes_.empty(); writes_.pop_front()) {
    Write& write = writes_.front();
    const int error = SendDatagram(socket_, write.data, write.to);
    if (error == EAGAIN) return;
    if (error == 0) {
      write.call.Return(Value::Int(static_cast<int64_t>(write.data.size())));
    } else {
      write.call.Throw(SocketFailure(write.failure, error));
    }
  }
}

void UdpSocket::WaitForMore() {
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
