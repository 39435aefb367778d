// The event loop of one VM: which fiber runs next, and what the settling of a promise leads to.
//
// The rules it follows (A1 … A84) are those of the language reference, chapter "Asynchrony";
// comments and tests cite them. In short: one FIFO of ready work; an iteration runs what was in it
// at the beginning, then due timers, then input and output; it ends when main has ended and nothing
// can go on, and it never blocks when nothing could wake it.
//
//   scheduler.cc    the loop and the machine's hooks
//   settle.cc       settling promises and telling their waiters
//   combinator.cc   promise_all and its relatives
//   cancel.cc       cancellation, timeouts, deadlock
//   channel_ops.cc  sending and receiving
//   liveness.cc     whether anybody waits for a timer
//   worker.cc       what is different in a worker isolate

#ifndef RUFF_ASYNC_CORE_SCHEDULER_H_
#define RUFF_ASYNC_CORE_SCHEDULER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ruff/async/core/aggregate.h"
#include "ruff/async/core/channel.h"
#include "ruff/async/core/poller.h"
#include "ruff/async/core/progress_counts.h"
#include "ruff/async/core/promise.h"
#include "ruff/async/core/ready_queue.h"
#include "ruff/async/core/reason.h"
#include "ruff/async/core/task.h"
#include "ruff/async/core/task_trace.h"
#include "ruff/async/core/timers.h"
#include "ruff/runtime/vm/hooks.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {

// Receives what a program leaves on standard error when errors are not caught, in order.
class ErrorReporter {
 public:
  virtual ~ErrorReporter() = default;
  // `error` is the error value, null when there is none (an unhandled rejection, a spent budget).
  virtual void Uncaught(std::string_view message, Value error, const ErrorSite& site) = 0;
  // Rejections beyond those reported one by one.
  virtual void MoreUnhandled(uint64_t count) = 0;
};

struct SchedulerOptions {
  uint64_t timeout_ms = 0;             // from main's first suspension; 0: no limit (A51)
  TaskTrace* trace = nullptr;          // borrowed; null: nobody is told
  ProgressCounts* progress = nullptr;  // borrowed; null: nobody counts
  bool in_worker =
      false;  // nothing turns the loop: what would suspend throws, builtins that wait block (A66)
};

class Scheduler final : public AsyncHooks {
 public:
  static constexpr uint32_t kBudget = 10'000;       // awaits without suspending (A26)
  static constexpr uint32_t kCallsInARow = 10'000;  // members that finish at once (A35)
  static constexpr uint32_t kDefaultPoolSize = 256;
  static constexpr char kCannotAwaitInWorker[] = "Cannot await inside parallel_map callback";

  // Borrows everything. Becomes the hooks of `vm`.
  Scheduler(Vm& vm, Clock& clock, Poller& poller, ErrorReporter& reporter,
            const SchedulerOptions& options);
  ~Scheduler() override;
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  // Calls `function` (borrowed), which takes no arguments, as the main task and turns the loop
  // until that has ended: kFinished with vm.result, kFailed with vm.error, or kExit.
  Outcome Call(Function* function);
  // Goes on until nothing can (A43) and reports the rejections nobody observed. kFinished unless a
  // budget is spent or exit() is called.
  Outcome Finish();
  // In a worker: calls `function` (borrowed) with `arguments` (consumed) and runs it to its end.
  Outcome CallInWorker(Function* function, Value* owned_arguments, uint32_t count);
  // Drops everything that is still under way; nothing is reported.
  void Clear();
  // Reports vm.error, with which Call or Finish has failed.
  void ReportUncaught() { Report(ErrorMessage(vm_.error), vm_.error, vm_.error_site); }
  // Something uncaught has been reported: the exit code is 4.
  bool reported() const { return reported_; }

  // AsyncHooks.
  Value Fulfilled(Value owned_result) override;
  Value Rejected(Value owned_error) override;
  Value Pending(Fiber* fiber) override;
  Awaited Await(Vm& vm, Value value, Value* out) override;
  void Wait(Fiber* waiter, Value value) override;
  bool Spawn(Value owned_function, std::string* error) override;
  Awaited ReceiveNext(Vm& vm, Value channel, Value* out) override;

  // --- For builtins. Promises are handed over unless they are parameters. ---

  static Scheduler& Of(NativeContext& context) {
    return *static_cast<Scheduler*>(static_cast<Vm&>(context).async());
  }
  // Can what is settled later be of use? Not in a worker: then the call fails.
  static bool CanWait(NativeContext& context);
  bool in_worker() const { return options_.in_worker; }
  // Is the running task all there is? Then nobody notices when it blocks, and no time limit runs.
  bool IsAlone();
  ProgressCounts* progress() { return options_.progress; }
  Vm& vm() { return vm_; }
  Clock& clock() { return clock_; }
  Poller& poller() { return poller_; }
  // Now plus `ms` >= 0, saturating.
  int64_t DeadlineAfter(int64_t ms);

  // Settles a pending promise, tells everybody (A20). `flags`: kFulfilled, or kRejected and what
  // goes with it.
  void Settle(Promise* promise, uint8_t flags, Value owned);
  void Fulfil(Promise* promise, Value owned) { Settle(promise, Promise::kFulfilled, owned); }
  void RejectWithReason(Promise* promise, Value owned_reason) {
    Settle(promise, Promise::kRejected | Promise::kNative, owned_reason);
  }
  // Settles `promise` with a task's result, which may be a promise (A7).
  void Resolve(Promise* promise, Value owned);

  // Fulfilled after `ms` (A22, A23), with null, or with 0 for the origin kSleep.
  Promise* Sleep(int64_t ms, Promise::Origin origin = Promise::kUnknown);
  Promise* Timeout(Promise* promise, int64_t ms);  // A50
  // Gives the operation of a pending promise `ms`; to be called off (Timers::CallOff).
  TimerCell* LimitTime(Promise* promise, int64_t ms) {
    return timers_.AddCancelable(DeadlineAfter(ms), RetainObject(promise));
  }

  Task* StartTask(Function* owned_function);  // A24, A68
  bool Cancel(Promise* promise);              // A45; the promise is that of a task
  static bool IsTask(const Promise* promise) { return promise->Has(Promise::kTask); }

  // Combinators. The array's members are promises (and functions without parameters, for kThunks).
  struct CombinatorOptions {
    uint32_t limit = Aggregate::kUnlimited;
    bool limits_promises = false;
    bool discards = false;
    Aggregate::Calls calls = Aggregate::kNone;
    Value function = Value::Null();     // borrowed: for kItems
    Value on_progress = Value::Null();  // borrowed
  };
  Promise* Combine(Aggregate::Type type, Array* members, const CombinatorOptions& options);
  Promise* Race(Array* members);
  Promise* Any(Array* members);
  // The calls of `aggregate`, made by the prelude: the index of the next member to call now, or -1.
  int64_t NextCall(Aggregate* aggregate);
  // Member `index` has been called and is settled or pending as `promise`. As NextCall.
  int64_t CallStarted(Aggregate* aggregate, uint32_t index, Promise* promise);

  // Ends the program: with an exit code, or because a budget is spent.
  void EndWith(int exit_code);
  void EndFatally(std::string_view message);

  // Channels (A70 …), as builtins that are awaited. Send: true, or the promise of it; the channel
  // is open. Receive: the value, null, or the promise of it.
  Value Send(Channel* channel, Value owned);
  Value Receive(Channel* channel);
  Value ReceiveWithin(Channel* channel, int64_t ms);
  bool Close(Channel* channel);
  // The oldest value, if there is one.
  bool TakeValue(Channel* channel, Value* out);

  size_t tasks() const { return fibers_.size(); }  // begun and not ended, main included
  uint32_t pool_size() const { return pool_size_; }
  void set_pool_size(uint32_t size) { pool_size_ = size; }

 private:
  struct Settlement {
    Promise* promise;  // owned
    Waiter waiters;    // taken from it
  };

  // The loop.
  void Turn();
  void RunEntry(ReadyQueue::Entry entry);
  void RunFiber(Fiber* fiber);
  void Ended(Fiber* fiber, bool failed);
  void StartSpawnBlock(Function* owned);
  void StartSpawnedTask(Task* owned);
  void StartMember(Aggregate* owned);
  void FireTimers();
  void Block();
  void Report(std::string_view message, Value error, const ErrorSite& site);
  void ReportUnhandled();

  void AddFiber(Fiber* fiber);
  void ForgetFiber(Fiber* fiber);
  void MakeReady(Fiber* fiber);
  bool Exhausted(const Fiber* fiber);
  void LeftTask();
  Awaited AwaitInWorker(Vm& vm, Promise* promise, Value* out);
  bool BlockOn(const Promise* promise);

  // Settling.
  void Tell(Promise* promise, const Waiter& waiter);
  void OnTimer(Promise* promise);

  // Combinators.
  void Watch(Aggregate* aggregate, uint32_t index, Promise* promise, bool in_window);
  void MemberSettled(Aggregate* aggregate, uint32_t index, Promise* promise);
  void Account(Aggregate* aggregate, uint32_t index, Promise* promise);
  bool CallIsDue(Aggregate* aggregate);
  bool InWindow(const Aggregate* aggregate, uint32_t index) const;
  void Decide(Aggregate* aggregate, uint8_t flags, Value owned);
  void DecideWithResults(Aggregate* aggregate);
  void ReportProgress(Aggregate* owned);
  void ProgressReported(Value error);
  void CancelCombinator(Aggregate* aggregate);
  void TimeOut(Aggregate* aggregate);

  // Cancellation.
  void Kill(Fiber* fiber);
  Promise* AwaitValue(Channel* channel, Promise::Origin origin);
  void Abandon(Promise* of_channel);
  void GiveBack(Channel* channel, Value owned);
  void ThrowDeadlock();

  // Liveness.
  bool IsAwaited(Promise* promise);
  bool HasAwaitedTimer();

  Vm& vm_;
  Clock& clock_;
  Poller& poller_;
  ErrorReporter& reporter_;
  const SchedulerOptions options_;

  ReadyQueue ready_;
  Timers timers_;
  std::vector<Fiber*> fibers_;        // all that have a task to finish; Fiber::number is the place
  std::vector<Settlement> settling_;  // work list of Settle, from settled_ on
  size_t settled_ = 0;
  bool telling_ = false;
  std::vector<uint32_t> awaits_;      // per task on the running fiber, outermost first (A26)
  std::vector<Promise*> marked_;      // by IsAwaited
  Promise* awaited_timer_ = nullptr;  // owned; what HasAwaitedTimer found last time
  uint32_t pool_size_ = kDefaultPoolSize;
  uint32_t patience_ = Poller::kMostPatience;  // iterations until the next poll
  uint64_t rounds_ = 0;

  Fiber* main_ = nullptr;           // until it has ended
  Aggregate* reporting_ = nullptr;  // whose on_progress is running
  bool stopped_ = false;            // by outcome_
  Outcome outcome_ = Outcome::kFinished;
  bool reported_ = false;
  int64_t give_up_ns_ = Timers::kNever;
};

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_SCHEDULER_H_
