#include "ruff/async/core/scheduler.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/async/core/reason.h"
#include "ruff/async/core/rejection_log.h"
#include "ruff/base/check.h"

namespace ruff {
namespace {

constexpr int64_t kNsPerMs = 1'000'000;
constexpr int kExitRuntimeError = 4;
// An iteration counts as several when there is much to do in it.
constexpr uint32_t kEntriesPerTurn = 64;

}  // namespace

Scheduler::Scheduler(Vm& vm, Clock& clock, Poller& poller, ErrorReporter& reporter,
                     const SchedulerOptions& options)
    : vm_(vm),
      clock_(clock),
      poller_(poller),
      reporter_(reporter),
      options_(options),
      awaits_(1, 0) {
  vm_.set_async(this);
  vm_.interrupt = poller_.interrupt();
}

Scheduler::~Scheduler() {
  Clear();
  vm_.set_async(nullptr);
  vm_.interrupt = nullptr;
}

// --- The loop. ---

Outcome Scheduler::Call(Function* function) {
  RUFF_CHECK(main_ == nullptr);
  stopped_ = false;
  outcome_ = Outcome::kFinished;
  give_up_ns_ = Timers::kNever;
  main_ = vm_.NewCall(function, nullptr, 0);
  main_->role = Fiber::kMain;
  AddFiber(main_);
  RunFiber(main_);
  while (main_ != nullptr && !stopped_) Turn();
  if (outcome_ != Outcome::kFinished) Clear();
  return outcome_;
}

Outcome Scheduler::Finish() {
  while (!stopped_) Turn();
  if (outcome_ == Outcome::kFinished) ReportUnhandled();
  Clear();
  return outcome_;
}

// One iteration (A21).
void Scheduler::Turn() {
  ++rounds_;
  uint32_t entries = ready_.size();
  patience_ -= std::min(patience_, 1 + entries / kEntriesPerTurn);
  for (; entries > 0 && !stopped_; --entries) {
    __builtin_prefetch(ready_.Ahead());
    RunEntry(ready_.Pop());
  }
  if (stopped_ || (!ready_.empty() && patience_ > 0)) return;
  patience_ = poller_.Patience();
  if (vm_.interrupt != nullptr && vm_.interrupt->load(std::memory_order_relaxed)) {
    EndWith(Vm::kExitInterrupted);
    return;
  }
  if (clock_.NowNs() >= give_up_ns_) {
    Report(absl::StrCat("Scheduler timed out after ", options_.timeout_ms, "ms (", rounds_,
                        " rounds, ", fibers_.size(), " pending)"),
           Value::Null(), ErrorSite());
    EndWith(kExitRuntimeError);
    return;
  }
  FireTimers();
  if (!ready_.empty()) {
    if (poller_.in_flight() + poller_.watching() != 0) poller_.Poll(0);
  } else {
    Block();
  }
}

// Nothing is ready: waits for something to happen, or finds that nothing can (A43, A44).
void Scheduler::Block() {
  const size_t watching = poller_.watching();
  if (poller_.in_flight() != 0 || HasAwaitedTimer() || (main_ != nullptr && watching != 0)) {
    poller_.Poll(std::min(timers_.first_deadline(), give_up_ns_));
    FireTimers();
  } else if (main_ != nullptr) {
    ThrowDeadlock();
  } else {
    if (watching != 0) poller_.Poll(0);  // what has arrived already is still received
    stopped_ = ready_.empty();
  }
}

void Scheduler::FireTimers() {
  if (timers_.size() == 0) return;
  const int64_t now = clock_.NowNs();
  while (Promise* promise = timers_.PopDue(now)) {
    OnTimer(promise);
    ReleaseObject(promise);
  }
}

void Scheduler::RunEntry(ReadyQueue::Entry entry) {
  switch (entry.job()) {
    case ReadyQueue::kResume: {
      auto* fiber = entry.As<Fiber>();
      if (fiber->state == Fiber::kDead) {
        FreeFiber(fiber);
      } else {
        RunFiber(fiber);
      }
      break;
    }
    case ReadyQueue::kSettle: {
      auto* promise = entry.As<Promise>();
      OnTimer(promise);
      ReleaseObject(promise);
      break;
    }
    case ReadyQueue::kSpawn:
      StartSpawnBlock(entry.As<Function>());
      break;
    case ReadyQueue::kStart:
      StartSpawnedTask(entry.As<Task>());
      break;
    case ReadyQueue::kMembers:
      StartMember(entry.As<Aggregate>());
      break;
    default:
      ReportProgress(entry.As<Aggregate>());
      break;
  }
}

void Scheduler::RunFiber(Fiber* fiber) {
  fiber->state = Fiber::kRunning;
  awaits_.resize(1);
  awaits_[0] = fiber->await_slot >= 0 ? UINT32_MAX : 0;  // what it waited for does not count again
  if (options_.trace != nullptr) [[unlikely]]
    options_.trace->Runs(fiber);
  const Outcome outcome = vm_.Resume(fiber);
  if (options_.trace != nullptr) [[unlikely]]
    options_.trace->Rests(fiber);
  switch (outcome) {
    case Outcome::kSuspended:
      if (fiber->cancelled) Kill(fiber);
      break;
    case Outcome::kFinished:
      Ended(fiber, false);
      break;
    case Outcome::kFailed:
      Ended(fiber, true);
      break;
    case Outcome::kExit:
      outcome_ = Outcome::kExit;
      stopped_ = true;
      break;
  }
}

// The fiber's root frame is left, with vm_.result or vm_.error.
void Scheduler::Ended(Fiber* fiber, bool failed) {
  const Fiber::Role role = fiber->role;
  Promise* promise = std::exchange(fiber->promise, nullptr);
  ForgetFiber(fiber);
  DeleteFiber(fiber);
  if (fiber == main_ || (failed && vm_.fatal)) {
    main_ = nullptr;
    if (failed) outcome_ = Outcome::kFailed;
    stopped_ = failed;
    if (promise != nullptr) ReleaseObject(promise);
    return;
  }
  const Value outcome = std::exchange(failed ? vm_.error : vm_.result, Value::Null());
  if (role == Fiber::kSpawn && failed) {
    Report(absl::StrCat("Uncaught error in spawn block: ", ErrorMessage(outcome)), outcome,
           vm_.error_site);
  }
  if (role == Fiber::kCallback) ProgressReported(failed ? outcome : Value::Unset());
  if (promise != nullptr) {
    // A cancelled task's promise is settled already: its result no longer counts.
    if (promise->pending() && failed) {
      Settle(promise, Promise::kRejected, Retain(outcome));
    } else if (promise->pending()) {
      Resolve(promise, Retain(outcome));
    }
    ReleaseObject(promise);
  }
  Release(outcome);
}

void Scheduler::StartSpawnBlock(Function* owned) {
  Fiber* fiber = vm_.NewCall(owned, nullptr, 0);
  ReleaseObject(owned);
  fiber->role = Fiber::kSpawn;
  AddFiber(fiber);
  RunFiber(fiber);
}

void Scheduler::StartSpawnedTask(Task* task) {
  if (task->function != nullptr) {
    Fiber* fiber = vm_.NewCall(task->function, nullptr, 0);
    ReleaseObject(std::exchange(task->function, nullptr));
    fiber->promise = RetainObject(task->promise);
    task->promise->SetOrigin(Promise::kFiber, fiber);
    AddFiber(fiber);
    ReleaseObject(task);
    RunFiber(fiber);
  } else {
    ReleaseObject(task);
  }
}

// Drops everything that is still under way.
void Scheduler::Clear() {
  main_ = nullptr;
  if (reporting_ != nullptr) ReleaseObject(std::exchange(reporting_, nullptr));
  while (!ready_.empty()) {
    const ReadyQueue::Entry entry = ready_.Pop();
    if (entry.job() != ReadyQueue::kResume) {
      ReleaseObject(entry.As<Object>());
    } else if (entry.As<Fiber>()->state == Fiber::kDead) {
      FreeFiber(entry.As<Fiber>());
    } else {
      entry.As<Fiber>()->state = Fiber::kRunning;  // no longer in the queue
    }
  }
  timers_.Clear();
  if (awaited_timer_ != nullptr) ReleaseObject(std::exchange(awaited_timer_, nullptr));
  while (!fibers_.empty()) {
    Fiber* fiber = fibers_.back();
    if (fiber->state == Fiber::kWaiting) {
      Kill(fiber);
      continue;
    }
    if (fiber->promise != nullptr) {
      if (fiber->promise->pending()) fiber->promise->origin = Promise::kUnknown;
      ReleaseObject(fiber->promise);
    }
    ForgetFiber(fiber);
    DeleteFiber(fiber);
  }
  RejectionLog::Current().Take();
  vm_.heap()->CollectCycles();
}

void Scheduler::Report(std::string_view message, Value error, const ErrorSite& site) {
  reported_ = true;
  reporter_.Uncaught(message, error, site);
}

void Scheduler::ReportUnhandled() {
  const RejectionLog::Report report = RejectionLog::Current().Take();
  for (const std::string& text : report.texts) {
    Report(absl::StrCat("Unhandled promise rejection: ", text), Value::Null(), ErrorSite());
  }
  if (report.count > report.texts.size()) {
    reporter_.MoreUnhandled(report.count - report.texts.size());
  }
}

void Scheduler::EndFatally(std::string_view message) {
  Report(message, Value::Null(), ErrorSite());
  EndWith(kExitRuntimeError);
}

void Scheduler::EndWith(int exit_code) {
  vm_.Exit(exit_code);
  outcome_ = Outcome::kExit;
  stopped_ = true;
}

void Scheduler::AddFiber(Fiber* fiber) {
  fiber->number = static_cast<uint32_t>(fibers_.size());
  fibers_.push_back(fiber);
}

void Scheduler::ForgetFiber(Fiber* fiber) {
  if (options_.trace != nullptr) [[unlikely]]
    options_.trace->Gone(fiber);
  fibers_.back()->number = fiber->number;
  fibers_[fiber->number] = fibers_.back();
  fibers_.pop_back();
}

void Scheduler::MakeReady(Fiber* fiber) {
  fiber->state = Fiber::kReady;
  ready_.Push(ReadyQueue::kResume, fiber);
}

// --- The machine's hooks. ---

// The machine has left a task on the running fiber: what that one awaited does not count for
// others.
void Scheduler::LeftTask() {
  const size_t tasks = size_t{vm_.fiber->inner_tasks} + 1;
  if (awaits_.size() > tasks) awaits_.resize(tasks);
}

Value Scheduler::Fulfilled(Value owned_result) {
  LeftTask();
  if (!owned_result.Is(Kind::kPromise)) {
    Promise* promise = NewFulfilled(owned_result);
    promise->Set(Promise::kTask);
    return Value::Heap(promise);
  }
  Promise* promise = NewPromise();
  promise->Set(Promise::kTask);
  Resolve(promise, owned_result);
  return Value::Heap(promise);
}

Value Scheduler::Rejected(Value owned_error) {
  LeftTask();
  return Value::Heap(NewRejected(Promise::kRejected | Promise::kTask, owned_error));
}

Value Scheduler::Pending(Fiber* fiber) {
  LeftTask();
  Promise* promise = NewPromise();
  promise->Set(Promise::kTask);
  promise->SetOrigin(Promise::kFiber, fiber);
  fiber->promise = RetainObject(promise);
  AddFiber(fiber);
  return Value::Heap(promise);
}

// Has the running task spent its budget (A26)? To be asked once for each await that does not
// suspend.
bool Scheduler::Exhausted(const Fiber* fiber) {
  const size_t task = fiber->inner_tasks;
  if (awaits_.size() <= task) awaits_.resize(task + 1, 0);
  if (++awaits_[task] < kBudget || options_.in_worker) return false;
  if (fiber->role == Fiber::kCallback && task == 0) return false;
  awaits_[task] = 0;
  return true;
}

AsyncHooks::Awaited Scheduler::Await(Vm& vm, Value value, Value* out) {
  if (!value.Is(Kind::kPromise)) {
    if (Exhausted(vm.fiber)) return Awaited::kSuspend;
    *out = Retain(value);
    return Awaited::kValue;
  }
  auto* promise = value.As<Promise>();
  if (promise->pending()) {
    if (options_.in_worker) return AwaitInWorker(vm, promise, out);
    if (vm.fiber->role == Fiber::kCallback && vm.fiber->inner_tasks == 0) {
      *out = vm.MakeError("Cannot await inside on_progress callback");
      return Awaited::kThrow;
    }
    return Awaited::kSuspend;
  }
  if (Exhausted(vm.fiber)) return Awaited::kSuspend;
  if (promise->fulfilled()) {
    *out = Retain(promise->value);
    return Awaited::kValue;
  }
  Observe(promise);
  *out = RejectionError(vm, promise);
  return Awaited::kThrow;
}

void Scheduler::Wait(Fiber* waiter, Value value) {
  if (options_.trace != nullptr) [[unlikely]]
    options_.trace->Waits(waiter);
  if (waiter == main_ && options_.timeout_ms != 0 && give_up_ns_ == Timers::kNever) {
    give_up_ns_ = DeadlineAfter(static_cast<int64_t>(options_.timeout_ms));
  }
  if (!value.Is(Kind::kPromise) || !value.As<Promise>()->pending()) {
    MakeReady(waiter);
    return;
  }
  waiter->state = Fiber::kWaiting;
  value.As<Promise>()->Set(Promise::kObserved);
  AddWaiter(value.As<Promise>(), Waiter::Of(waiter));
}

bool Scheduler::Spawn(Value owned_function, std::string* error) {
  if (options_.in_worker) {
    Release(owned_function);
    *error = kCannotAwaitInWorker;
    return false;
  }
  ready_.Push(ReadyQueue::kSpawn, owned_function.object);
  return true;
}

// --- For builtins. ---

bool Scheduler::IsAlone() {
  return fibers_.size() <= 1 && vm_.fiber->inner_tasks == 0 && ready_.empty() &&
         timers_.first_deadline() == Timers::kNever && poller_.in_flight() == 0 &&
         poller_.watching() == 0 && options_.timeout_ms == 0 && vm_.options().timeout_ms == 0;
}

int64_t Scheduler::DeadlineAfter(int64_t ms) {
  const int64_t now = clock_.NowNs();
  if (ms > (Timers::kNever - 1 - now) / kNsPerMs) return Timers::kNever - 1;
  return now + ms * kNsPerMs;
}

Promise* Scheduler::Sleep(int64_t ms, Promise::Origin origin) {
  Promise* promise = NewPromise();
  promise->SetOrigin(origin);
  if (ms == 0 && !options_.in_worker) {
    ready_.Push(ReadyQueue::kSettle, RetainObject(promise));
  } else {
    timers_.Add(DeadlineAfter(ms), RetainObject(promise));
  }
  return promise;
}

Task* Scheduler::StartTask(Function* owned_function) {
  Task* task = NewTask(owned_function);
  ready_.Push(ReadyQueue::kStart, RetainObject(task));
  return task;
}

}  // namespace ruff
