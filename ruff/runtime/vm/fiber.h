// A fiber: one Ruff call stack, a growable array of registers and one of frames.
//
// Frames are windows on the registers. A callee's first register is the caller's first argument, so
// arguments are passed without copying:
//
//    caller   R0 R1 R2 … [callee] arg0 arg1
//    callee               result  R0   R1   R2 …
//
// Frames hold distances, never addresses of registers: both arrays may move when they grow, and the frames
// from a task boundary upwards can move to another fiber (an async call that suspends for the first time).
//
// Every register always holds a valid, owned value; registers that no frame uses hold no heap references
// except what an interrupted call window left there.

#ifndef RUFF_RUNTIME_VM_FIBER_H_
#define RUFF_RUNTIME_VM_FIBER_H_

#include <cstdint>

#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/function.h"

namespace ruff {

struct Frame {
  enum Flag : uint32_t {
    kRoot = 1,         // first frame of a fiber: returning ends the fiber
    kTask = 2,         // first frame of a task: an async call running on its caller's stack
    kGenerator = 4,    // body of a generator; owner = Generator
    kModule = 8,       // file level of an imported module; owner = null
    kKeepSelf = 16,    // called as a method on a place: self goes back to the caller
    kSelfChanged = 32, // self has been assigned
    kOperator = 64,    // an operator method; the result goes to the instruction that called it
    kNegate = 128,     // with kOperator: `!=` answered by op_eq
    kFar = 256,        // the caller has far locals: the upper half names the window that gets the result
    kWindowShift = 16,
  };
  const Instruction* pc;  // where to go on when a callee returns
  CodeBlock* code;
  Function* function;     // borrowed: kept alive by the callee register, its module or its struct definition
  uint32_t delta;         // bytes from the caller's R0 to this frame's R0
  uint32_t flags;
  Object* owner;          // owned; see flags
};

struct Fiber {
  Value* stack = nullptr;
  Value* stack_end = nullptr;   // one past the last register
  Frame* frames = nullptr;
  Frame* frames_end = nullptr;
  // State while the fiber is not running.
  Frame* frame = nullptr;       // current frame
  Value* r = nullptr;           // its R0
  const Instruction* pc = nullptr;
  Promise* promise = nullptr;   // of the task it runs (owned), null for the main program and spawn blocks
  Function* root = nullptr;     // what the root frame runs (owned)
  uint32_t inner_tasks = 0;     // frames flagged kTask that are not the root
  int32_t await_slot = -1;      // scaled register of the current frame that holds the awaited promise, or -1
  const Instruction* await_at = nullptr;  // the instruction that awaits: where a rejection is thrown
  Fiber* next_free = nullptr;
};

inline constexpr uint32_t kInitialRegisters = 64;
inline constexpr uint32_t kInitialFrames = 8;

Fiber* NewFiber(uint32_t registers = kInitialRegisters, uint32_t frames = kInitialFrames);
// Releases every register and frame.
void DeleteFiber(Fiber* fiber);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VM_FIBER_H_
