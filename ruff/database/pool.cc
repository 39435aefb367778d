#include "ruff/database/pool.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/database/database_handle.h"
#include "ruff/runtime/builtins/arguments.h"

namespace ruff {
namespace {

constexpr char kTimeout[] = "Connection pool timeout: all connections are in use";
constexpr char kClosed[] = "connection pool is closed";

Value NewDatabase(std::shared_ptr<Session> session, PoolPlace place) {
  session->place() = std::move(place);
  return NewHandle(std::make_unique<DatabaseHandle>(std::move(session)));
}

}  // namespace

std::string PoolFailure(std::string_view reason) {
  return absl::StrCat("Failed to acquire connection: ", reason);
}

PoolPlace::PoolPlace(std::shared_ptr<Pool> pool) : pool_(std::move(pool)) { ++pool_->in_use_; }

PoolPlace::~PoolPlace() {
  if (pool_ == nullptr) return;
  --pool_->in_use_;
  pool_->WakeNext();
}

// A task that waits: in the pool's list until it is woken or its time is up.
class Pool::Wait final : public Work, public Operation {
 public:
  Wait(Scheduler& scheduler, std::shared_ptr<Pool> pool, Promise* owned_promise)
      : scheduler_(scheduler), pool_(std::move(pool)), promise_(owned_promise) {
    promise_->SetOrigin(Promise::kOperation, static_cast<Operation*>(this));
    timer_ = scheduler.LimitTime(promise_, pool_->options_.timeout_ms);
    at_ = pool_->waits_.insert(pool_->waits_.end(), this);
  }
  ~Wait() override {
    Leave();
    if (promise_ != nullptr) ReleaseObject(promise_);
  }

  bool is_awaited() const { return HasWaiters(promise_); }
  // There is a place, with or without an idle connection, or the pool is closed.
  void Wake(PoolPlace place, std::shared_ptr<Session> session) {
    place_ = std::move(place);
    session_ = std::move(session);
    Leave();
    scheduler_.poller().Return(this);
  }

  std::string_view name() const override { return "database"; }
  void Run() override {}
  void Done() override {
    if (!promise_->pending()) return;
    if (!is_awaited()) {  // the task was cancelled after it was woken
      if (session_ != nullptr) pool_->TakeBack(std::move(session_));
    } else if (session_ != nullptr) {
      scheduler_.Fulfil(promise_, NewDatabase(std::move(session_), std::move(place_)));
    } else if (place_.pool() == nullptr || pool_->closed_) {
      scheduler_.Settle(promise_, Promise::kRejected, NewText(PoolFailure(kClosed)));
    } else {
      pool_->Open(scheduler_, std::exchange(promise_, nullptr), std::move(place_));
    }
  }

  void Abort() override {}  // nobody but the waiting task knows the promise
  void Unawaited() override {
    Leave();
    scheduler_.poller().Return(this);
  }
  void TimeUp() override {
    Leave();
    scheduler_.Settle(promise_, Promise::kRejected, NewText(PoolFailure(kTimeout)));
    scheduler_.poller().Return(this);
  }

 private:
  // Leaves the line and calls the timer off.
  void Leave() {
    if (timer_ == nullptr) return;
    promise_->origin = Promise::kUnknown;
    Timers::CallOff(std::exchange(timer_, nullptr));
    pool_->waits_.erase(at_);
  }

  Scheduler& scheduler_;
  const std::shared_ptr<Pool> pool_;
  Promise* promise_;  // null once somebody else settles it
  TimerCell* timer_;  // null once it has left
  std::list<Wait*>::iterator at_;
  PoolPlace place_;
  std::shared_ptr<Session> session_;
};

Promise* Pool::Acquire(Scheduler& scheduler) {
  if (!closed_ && !idle_.empty()) {
    std::shared_ptr<Session> session = std::move(idle_.front());
    idle_.pop_front();
    return NewFulfilled(NewDatabase(std::move(session), PoolPlace(shared_from_this())));
  }
  if (closed_) {
    return NewRejected(Promise::kRejected | Promise::kObserved, NewText(PoolFailure(kClosed)));
  }
  Promise* promise = NewPromise();
  Observe(promise);
  if (open() < options_.max_connections) {
    Open(scheduler, RetainObject(promise), PoolPlace(shared_from_this()));
  } else {
    scheduler.poller().SendOut(new Wait(scheduler, shared_from_this(), RetainObject(promise)));
  }
  return promise;
}

void Pool::Open(Scheduler& scheduler, Promise* owned_promise, PoolPlace place) {
  OpenHandle(scheduler, owned_promise, kind_, connection_string_, std::move(place));
}

void Pool::TakeBack(std::shared_ptr<Session> session) {
  if (!closed_) idle_.push_back(std::move(session));
}

// Somebody has given a place up, perhaps after the connection has come back.
void Pool::WakeNext() {
  if (closed_ || in_use_ >= options_.max_connections) return;
  // When the program ends no task waits any more.
  const auto next = std::find_if(waits_.begin(), waits_.end(),
                                 [](const Wait* wait) { return wait->is_awaited(); });
  if (next == waits_.end()) return;
  std::shared_ptr<Session> session;
  if (!idle_.empty()) {
    session = std::move(idle_.front());
    idle_.pop_front();
  }
  (*next)->Wake(PoolPlace(shared_from_this()), std::move(session));
}

std::deque<std::shared_ptr<Session>> Pool::Close() {
  closed_ = true;
  while (!waits_.empty()) waits_.front()->Wake(PoolPlace(), nullptr);
  return std::exchange(idle_, {});
}

Pool::Stats Pool::stats() const {
  if (closed_) return {.available = 0, .in_use = 0, .total = 0, .max = options_.max_connections};
  return {.available = static_cast<int64_t>(idle_.size()),
          .in_use = in_use_,
          .total = open(),
          .max = options_.max_connections};
}

}  // namespace ruff
