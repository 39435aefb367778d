// Await and spawn: where a task leaves the machine.
//
// An async call starts on its caller's stack. When it has to wait for the first time, its frames
// (from its task boundary up) move to a fiber of its own and the caller goes on with the promise:
//
//    before    | caller … | async body | callee |        one fiber
//    after     | caller … | promise                      the fiber that goes on
//              | async body | callee |                   the new fiber, waiting

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "ruff/base/check.h"
#include "ruff/runtime/vm/handler_support.h"
#include "ruff/runtime/vm/hooks.h"
#include "ruff/runtime/vm/steps.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {
namespace {

// Moves the frames of the running task to a new fiber; the machine then stands in the caller of the
// task, which has a slot for the result; `*left` is the frame it left.
Fiber* SplitTask(Vm& vm, Frame* left, Value** slot) {
  Frame* boundary = vm.frame;
  Value* base = vm.r;
  while ((boundary->flags & Frame::kTask) == 0) {
    base = reinterpret_cast<Value*>(reinterpret_cast<char*>(base) - boundary->delta);
    --boundary;
  }
  RUFF_DCHECK((boundary->flags & Frame::kRoot) == 0);
  const auto registers = static_cast<uint32_t>(vm.r + vm.frame->code->register_count - base);
  const auto frames = static_cast<uint32_t>(vm.frame - boundary) + 1;
  Fiber* split = NewFiber(registers + 1, frames);
  std::memcpy(static_cast<void*>(split->stack), base, registers * sizeof(Value));
  std::fill_n(base, registers, Value::Null());
  std::memcpy(split->frames, boundary, frames * sizeof(Frame));
  split->frame = frames - 1;
  split->r = static_cast<uint32_t>(vm.r - base);
  split->frames[0].delta = 0;
  split->frames[0].flags = Frame::kRoot | Frame::kTask;
  RetainObject(boundary->function);
  --vm.fiber->inner_tasks;
  *left = *boundary;
  vm.r = reinterpret_cast<Value*>(reinterpret_cast<char*>(base) - boundary->delta);
  vm.frame = boundary - 1;
  // Frames behind the caller's registers have a slot of their own for what keeps the function
  // alive.
  if ((left->flags & (Frame::kOperator | Frame::kFar)) != 0) {
    Release(std::exchange(base[-1], Value::Null()));
  }
  *slot = vm.ResultSlot(*left, base);
  return split;
}

}  // namespace

bool Vm::AwaitSlot(uint16_t slot, const Instruction* resume) {
  if (async_ == nullptr) {
    pc = resume;
    return true;
  }
  Value& place = Reg(slot);
  Value out;
  switch (async_->Await(*this, place, &out)) {
    case AsyncHooks::Awaited::kValue:
      Put(place, ruff::Load(out));
      pc = resume;
      return true;
    case AsyncHooks::Awaited::kThrow:
      return ThrowValue(out);
    case AsyncHooks::Awaited::kSuspend:
      break;
  }
  const Value promise = place;
  const Instruction* await_at = pc;
  if (fiber->inner_tasks == 0) {
    pc = resume;
    Save();
    fiber->await_slot = slot;
    fiber->await_back = static_cast<uint32_t>(resume - await_at);
    async_->Wait(fiber, promise);
    outcome = Outcome::kSuspended;
    return false;
  }
  Frame left;
  Value* result_slot;
  Fiber* split = SplitTask(*this, &left, &result_slot);
  split->pc = resume;
  split->await_slot = slot;
  split->await_back = static_cast<uint32_t>(resume - await_at);
  const Value pending = async_->Pending(split);
  async_->Wait(split, promise);
  if ((left.flags & Frame::kOperator) != 0) {
    pc = frame->pc - 1;
    return FinishOperator(*this, pending, false);
  }
  Release(std::exchange(*result_slot, pending));
  pc = frame->pc;
  return true;
}

bool AwaitStep(Vm& vm) {
  const Instruction i = *vm.pc;
  if (OperandA(i) != OperandB(i)) {
    vm.SetReg(OperandA(i), std::exchange(vm.Reg(OperandB(i)), Value::Null()));
  }
  return vm.AwaitSlot(OperandA(i), vm.pc + 1);
}

bool SpawnStep(Vm& vm) {
  if (vm.async() == nullptr) return vm.Throw("spawn needs an event loop");
  std::string error;
  if (!vm.async()->Spawn(std::exchange(vm.Reg(OperandA(*vm.pc)), Value::Null()), &error)) {
    return vm.Throw(error);
  }
  ++vm.pc;
  return true;
}

}  // namespace ruff
