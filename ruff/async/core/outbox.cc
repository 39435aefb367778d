#include "ruff/async/core/outbox.h"

#include <utility>

#include "absl/time/time.h"

namespace ruff {

void Outbox::Return(Work* sent) {
  absl::MutexLock lock(&mutex_);
  returned_.push_back(sent);
}

bool Outbox::Collect() {
  if (out_.empty()) return false;
  std::vector<Work*> returned;
  {
    absl::MutexLock lock(&mutex_);
    returned.swap(returned_);
  }
  for (Work* work : returned) {
    out_.erase(work);
    work->Done();
    delete work;
  }
  return !returned.empty();
}

void Outbox::Wait(int64_t ns) {
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(this, &Outbox::HasReturned), absl::Nanoseconds(ns));
}

void Outbox::Clear() {
  for (Work* work : std::exchange(out_, {})) delete work;
}

}  // namespace ruff
