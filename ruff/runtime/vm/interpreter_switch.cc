#include "ruff/lang/bytecode/instruction.h"
#include "ruff/runtime/vm/handler_support.h"
#include "ruff/runtime/vm/interpreter.h"

namespace ruff {
namespace {

// Handlers return whether to go on; the state is passed by reference.
#define RUFF_STATE                                                                           \
  [[maybe_unused]] const Instruction *&pc, [[maybe_unused]] Value *&r,                       \
      [[maybe_unused]] const Value *&k, [[maybe_unused]] Vm *vm, [[maybe_unused]] Value *&g, \
      [[maybe_unused]] Frame *&frame

[[gnu::noinline]] bool RunStep(Step step, RUFF_STATE) {
  vm->pc = pc;
  vm->r = r;
  vm->frame = frame;
  if (!step(*vm)) return false;
  pc = vm->pc;
  r = vm->r;
  frame = vm->frame;
  k = frame->code->constants;
  g = frame->code->globals;
  return true;
}

#define HANDLER(Name) [[gnu::always_inline]] inline bool Op##Name(RUFF_STATE)
#define SUBHANDLER(Name) [[gnu::noinline]] bool Op##Name(RUFF_STATE)
#define SUBHANDLE(Name) return Op##Name(pc, r, k, vm, g, frame)
#define NEXT() return true
#define STEP(Step) return RunStep(&Step, pc, r, k, vm, g, frame)
#include "ruff/runtime/vm/handlers.inc"
#undef HANDLER
#undef SUBHANDLER
#undef SUBHANDLE
#undef NEXT
#undef STEP

}  // namespace

void RunSwitch(Vm& vm_ref) {
  Vm* vm = &vm_ref;
  const Instruction* pc = vm->pc;
  Value* r = vm->r;
  const Value* k = vm->frame->code->constants;
  Value* g = vm->frame->code->globals;
  Frame* frame = vm->frame;
  bool go_on = true;
  while (go_on) {
    switch (OpcodeOf(*pc)) {
#define RUFF_OPCODE(name, format, x, a, b, c, effects, doc) \
  case Opcode::k##name:                                     \
    go_on = Op##name(pc, r, k, vm, g, frame);               \
    break;
#include "ruff/lang/bytecode/opcode.def"
    }
  }
}

}  // namespace ruff
