#include "ruff/network/socket/waiting_reads.h"

#include <errno.h>

#include <iterator>
#include <utility>

#include "ruff/async/core/scheduler.h"
#include "ruff/network/socket/socket_text.h"

namespace ruff {

Value WaitingReads::Add(uint64_t size, absl::AnyInvocable<void()> left) {
  reads_.push_back({size, scheduler_.DeadlineAfter(kSocketTimeoutMs), PendingCall(scheduler_)});
  const auto read = std::prev(reads_.end());
  read->call.WhenCancelled([this, read, left = std::move(left)]() mutable {
    reads_.erase(read);
    left();
  });
  return read->call.Awaited();
}

void WaitingReads::Serve(Take take) {
  for (; !reads_.empty(); reads_.pop_front()) {
    Read& read = reads_.front();
    Value value;
    const int error = take(read.size, &value);
    if (error == EAGAIN) return;
    if (error == 0) {
      read.call.Return(value);
    } else {
      read.call.Throw(SocketFailure(operation_, error));
    }
  }
}

void WaitingReads::Expire() {
  const int64_t now = scheduler_.clock().NowNs();
  for (; deadline_ns() <= now; reads_.pop_front()) {
    reads_.front().call.Throw(SocketFailure(operation_, EAGAIN));
  }
}

void WaitingReads::FailAll(std::string_view message) {
  for (Read& read : reads_) read.call.Throw(message);
  reads_.clear();
}

}  // namespace ruff
