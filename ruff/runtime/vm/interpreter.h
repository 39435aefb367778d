// The dispatch loop, built twice from the same handlers (handlers.inc):
//
//   tail   every handler is a function that ends in a guaranteed tail call to the next one; the
//   machine
//          state lives in argument registers (preserve_none), so each handler gets its own register
//          allocation and one indirect jump
//   switch a portable loop over a switch, kept as the differential twin
//
// Both run from vm.pc / vm.r / vm.frame until a step says to leave.

#ifndef RUFF_RUNTIME_VM_INTERPRETER_H_
#define RUFF_RUNTIME_VM_INTERPRETER_H_

#include "ruff/runtime/vm/vm.h"

namespace ruff {

void RunTail(Vm& vm);
void RunSwitch(Vm& vm);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VM_INTERPRETER_H_
