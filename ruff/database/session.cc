#include "ruff/database/session.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "ruff/database/values.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

// For rows, in bytes: half of what the program may still hold, since their values come beside them.
uint64_t RoomForRows() {
  const Heap* heap = Heap::Current();
  static const uint64_t machine =
      static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  const uint64_t limit = std::min(heap->limit(), machine);
  return (limit - std::min(limit, heap->bytes_in_use())) / 2;
}

}  // namespace

Reply::Reply(Type t) : type(t), rows(RoomForRows()) {}

Value Reply::Result() {
  if (!error.empty()) return Value::Unset();
  switch (type) {
    case kTrue:
      return Value::Bool(true);
    case kNumber:
      return Value::Int(number);
    default: {
      const Value value = RowsAsValue(rows);
      if (value.Is(Kind::kUnset)) error = "db_query() result exceeds maximum size";
      return value;
    }
  }
}

class Session::Job final : public Work {
 public:
  Job(Scheduler& scheduler, Promise* owned_promise, Reply::Type type, Operation operation,
      Then then)
      : scheduler_(scheduler),
        promise_(owned_promise),
        operation_(std::move(operation)),
        then_(std::move(then)),
        reply_(type) {}
  ~Job() override { ReleaseObject(promise_); }

  // Once it is its turn it keeps the session alive; before, the session keeps it.
  void set_session(std::shared_ptr<Session> session) { session_ = std::move(session); }

  std::string_view name() const override { return "database"; }
  void Run() override { operation_(*session_->connection_, &reply_); }
  void Stop() override { session_->connection_->Stop(); }
  void Done() override {
    session_->StartNext(scheduler_);
    if (then_ != nullptr) then_(session_);
    const Value value = reply_.Result();
    if (value.Is(Kind::kUnset)) {
      scheduler_.Settle(promise_, Promise::kRejected, NewText(reply_.error));
    } else {
      scheduler_.Fulfil(promise_, value);
    }
  }

 private:
  Scheduler& scheduler_;
  Promise* const promise_;
  Operation operation_;
  Then then_;
  Reply reply_;
  std::shared_ptr<Session> session_;
};

Session::Session(std::unique_ptr<Connection> connection, PoolPlace place)
    : place_(std::move(place)), connection_(std::move(connection)) {}

Session::~Session() = default;

Value Session::Run(NativeContext& context, Reply::Type type, Operation operation, Then then) {
  Scheduler& scheduler = Scheduler::Of(context);
  if (!busy_) connection_->set_interrupt(scheduler.poller().interrupt());
  if (!busy_ && scheduler.IsAlone()) {
    Reply reply(type);
    operation(*connection_, &reply);
    if (then != nullptr) then(shared_from_this());
    const std::atomic<bool>* interrupt = scheduler.poller().interrupt();
    if (interrupt != nullptr && interrupt->load(std::memory_order_relaxed)) {
      return context.Exit(Vm::kExitInterrupted);
    }
    const Value value = reply.Result();
    return value.Is(Kind::kUnset) ? context.Fail(std::move(reply.error)) : value;
  }
  Promise* promise = NewPromise();
  Observe(promise);
  auto job = std::make_unique<Job>(scheduler, RetainObject(promise), type, std::move(operation),
                                   std::move(then));
  if (busy_) {
    waiting_.push_back(std::move(job));
  } else {
    Start(scheduler, std::move(job));
  }
  return Value::Heap(promise);
}

void Session::Start(Scheduler& scheduler, std::unique_ptr<Job> job) {
  busy_ = true;
  job->set_session(shared_from_this());
  scheduler.poller().StartThread(job.release());
}

void Session::StartNext(Scheduler& scheduler) {
  busy_ = false;
  if (waiting_.empty()) return;
  std::unique_ptr<Job> next = std::move(waiting_.front());
  waiting_.pop_front();
  Start(scheduler, std::move(next));
}

}  // namespace ruff
