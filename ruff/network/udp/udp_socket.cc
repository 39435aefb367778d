#include "ruff/network/udp/udp_socket.h"

#include <errno.h>

#include <algorithm>
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
    : scheduler_(scheduler), socket_(std::move(socket)), reads_(scheduler, kReceiving) {}

Value UdpSocket::Receive(NativeContext& context, uint64_t size) {
  if (!is_open()) return context.Fail(kReceiveClosed);
  if (reads_.empty()) {
    Value value;
    const int error = Take(size, &value);
    if (error == 0) return value;
    if (error != EAGAIN) return context.Fail(SocketFailure(kReceiving, error));
  }
  const Value awaited = reads_.Add(size, [this] {
    const std::shared_ptr<Watcher> self = shared_from_this();
    WaitForMore();
  });
  WaitForMore();
  return awaited;
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
  reads_.FailAll(kReceiveClosed);
  for (Write& write : writes_) write.call.Throw(kSendClosed);
  writes_.clear();
  WaitForMore();
  watch_.reset();
  socket_.Close();
}

void UdpSocket::Ready(bool timed_out) {
  if (!is_open()) return;
  if (timed_out) Expire();
  reads_.Serve([this](uint64_t size, Value* out) { return Take(size, out); });
  WriteMore();
  WaitForMore();
}

int UdpSocket::Take(uint64_t size, Value* out) {
  std::string data;
  Endpoint from;
  const int error = ReceiveDatagram(socket_, size, &data, &from);
  if (error == 0) *out = Datagram(data, from);
  return error;
}

void UdpSocket::Expire() {
  reads_.Expire();
  const int64_t now = scheduler_.clock().NowNs();
  for (; !writes_.empty() && writes_.front().deadline_ns <= now; writes_.pop_front()) {
    writes_.front().call.Throw(SocketFailure(writes_.front().failure, EAGAIN));
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
    deadline_ns = reads_.deadline_ns();
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
