// A fiber: one Ruff call stack, a growable array of registers and one of frames.
//
// Frames are windows on the registers. A callee's first register is the caller's first argument, so
// arguments are passed without copying:
//
//    caller   R0 R1 R2 … [callee] arg0 arg1
//    callee               result  R0   R1   R2 …
//
// Frames hold distances, never addresses of registers: both arrays may move when they grow, and the
// frames from a task boundary upwards can move to another fiber (an async call that suspends for
// the first time).
//
// Every register always holds a valid, owned value; registers that no frame uses hold no heap
// references except what an interrupted call window left there.

#ifndef RUFF_RUNTIME_VM_FIBER_H_
#define RUFF_RUNTIME_VM_FIBER_H_

#include <cstdint>

#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/function.h"

namespace ruff {

struct Frame {
  enum Flag : uint32_t {
    kRoot = 1,          // first frame of a fiber: returning ends the fiber
    kTask = 2,          // first frame of a task: an async call running on its caller's stack
    kGenerator = 4,     // body of a generator; owner = Generator
    kModule = 8,        // file level of an imported module
    kKeepSelf = 16,     // called as a method on a place: self goes back to the caller
    kSelfChanged = 32,  // self has been assigned
    kOperator = 64,     // an operator method; the result goes to the instruction that called it
    kNegate = 128,      // with kOperator: `!=` answered by op_eq
    kFar = 256,  // the caller has far locals: the upper half names the window that gets the result
    kWindowShift = 16,
  };
  const Instruction* pc;  // where to go on when a callee returns
  CodeBlock* code;
  Function*
      function;  // borrowed: kept alive by the callee register, its module or its struct definition
  uint32_t delta;  // bytes from the caller's R0 to this frame's R0
  uint32_t flags;
  Object* owner;  // of a generator's body: the Generator, owned; else undefined
};

// A fiber and its first registers and frames are one block, so that a task that waits costs little
// more than its frame; arrays that have to grow move to buffers of their own.
struct Fiber {
  // What its owner knows about it. The machine only runs fibers.
  enum State : uint8_t { kRunning, kWaiting, kReady, kDead };
  enum Role : uint8_t { kMain, kTask, kSpawn, kCallback };

  Value* stack;
  Frame* frames;
  // State while the fiber is not running.
  const Instruction* pc = nullptr;
  Promise* promise = nullptr;  // of the task it runs (owned); null when there is none
  uint32_t stack_size;         // registers
  uint32_t frames_size;
  uint32_t frame = 0;        // number of the current frame
  uint32_t r = 0;            // number of the register that is its R0
  uint32_t inner_tasks = 0;  // frames flagged kTask that are not the root
  uint32_t await_back =
      0;  // instructions from pc back to the one that awaits: where a rejection is thrown
  int32_t await_slot =
      -1;  // scaled register of the current frame that holds the awaited promise, or -1
  uint32_t number = 0;  // for the owner
  uint32_t block_size;  // bytes
  State state = kReady;
  Role role = kTask;
  bool cancelled = false;

  Value& AwaitedValue() {
    return *reinterpret_cast<Value*>(reinterpret_cast<char*>(stack + r) + await_slot);
  }
};

// An empty fiber. The root frame is for the caller to fill in; it owns its function.
Fiber* NewFiber(uint32_t registers, uint32_t frames);
void GrowStack(Fiber* fiber, uint32_t registers);
void GrowFrames(Fiber* fiber, uint32_t frames);
// Releases every register, every frame and the buffers; what is left is a block for FreeFiber.
void ClearFiber(Fiber* fiber);
void FreeFiber(Fiber* fiber);
inline void DeleteFiber(Fiber* fiber) {
  ClearFiber(fiber);
  FreeFiber(fiber);
}

}  // namespace ruff

#endif  // RUFF_RUNTIME_VM_FIBER_H_
