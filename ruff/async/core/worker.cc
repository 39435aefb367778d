// Worker isolates (A66): there is one task, nothing turns the loop, and the thread may block.

#include "ruff/async/core/scheduler.h"
#include "ruff/lang/bytecode/instruction.h"

namespace ruff {

Outcome Scheduler::CallInWorker(Function* function, Value* owned_arguments, uint32_t count) {
  Fiber* fiber = vm_.NewCall(function, owned_arguments, count);
  fiber->state = Fiber::kRunning;
  awaits_.resize(1);
  const Outcome outcome = vm_.Resume(fiber);
  DeleteFiber(fiber);
  return outcome;
}

bool Scheduler::CanWait(NativeContext& context) {
  if (!Of(context).in_worker()) return true;
  context.Fail(kCannotAwaitInWorker);
  return false;
}

// A builtin that waits blocks; an await of what is pending throws, and so does a wait for another
// task.
AsyncHooks::Awaited Scheduler::AwaitInWorker(Vm& vm, Promise* promise, Value* out) {
  const bool by_builtin = OpcodeOf(*vm.pc) != Opcode::kAwait;
  if (promise->of_channel()) {
    Abandon(promise);
  } else if (by_builtin && BlockOn(promise)) {
    return Await(vm, Value::Heap(promise), out);
  }
  *out = vm.MakeError(kCannotAwaitInWorker);
  return Awaited::kThrow;
}

// Waits for the outcome of a builtin; false when it does not come.
bool Scheduler::BlockOn(const Promise* promise) {
  while (promise->pending()) {
    FireTimers();
    if (!promise->pending()) break;
    if (poller_.in_flight() + poller_.watching() + timers_.size() == 0) return false;
    if (vm_.interrupt != nullptr && vm_.interrupt->load(std::memory_order_relaxed)) return false;
    poller_.Poll(timers_.first_deadline());
  }
  return true;
}

}  // namespace ruff
