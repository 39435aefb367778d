#include "ruff/lang/bytecode/instruction.h"
#include "ruff/runtime/vm/handler_support.h"
#include "ruff/runtime/vm/interpreter.h"

#define RUFF_PRESERVE_NONE __attribute__((preserve_none))
#define RUFF_STATE                                                                 \
  const Instruction *pc, Value *r, const Value *k, Vm *vm, Value *g, Frame *frame, \
      void *const *table
#define RUFF_STATE_ARGUMENTS pc, r, k, vm, g, frame, table

namespace ruff {
namespace {

using OpHandler = RUFF_PRESERVE_NONE void (*)(RUFF_STATE);

#define NEXT() \
  [[clang::musttail]] return reinterpret_cast<OpHandler>(table[*pc & 0xff])(RUFF_STATE_ARGUMENTS)

// Runs a step and goes on where it says.
template <Step kStep>
[[gnu::noinline]] RUFF_PRESERVE_NONE void StepHandler(RUFF_STATE) {
  vm->pc = pc;
  vm->r = r;
  vm->frame = frame;
  if (!kStep(*vm)) return;
  pc = vm->pc;
  r = vm->r;
  frame = vm->frame;
  k = frame->code->constants;
  g = frame->code->globals;
  NEXT();
}

#define HANDLER(Name) RUFF_PRESERVE_NONE void Op##Name(RUFF_STATE)
#define SUBHANDLER(Name) [[gnu::noinline]] HANDLER(Name)
#define SUBHANDLE(Name) [[clang::musttail]] return Op##Name(RUFF_STATE_ARGUMENTS)
#define STEP(Step) [[clang::musttail]] return StepHandler<&Step>(RUFF_STATE_ARGUMENTS)
#include "ruff/runtime/vm/handlers.inc"
#undef HANDLER
#undef SUBHANDLER
#undef SUBHANDLE
#undef STEP

void* const kTable[256] = {
#define RUFF_OPCODE(name, format, x, a, b, c, effects, doc) reinterpret_cast<void*>(&Op##name),
#include "ruff/lang/bytecode/opcode.def"
};

}  // namespace

void RunTail(Vm& vm) {
  const Instruction* pc = vm.pc;
  reinterpret_cast<OpHandler>(kTable[*pc & 0xff])(pc, vm.r, vm.frame->code->constants, &vm,
                                                  vm.frame->code->globals, vm.frame, kTable);
}

}  // namespace ruff
