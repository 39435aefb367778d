// The steps (vm.h): whole operations in C++, called by handlers off their fast path.

#ifndef RUFF_RUNTIME_VM_STEPS_H_
#define RUFF_RUNTIME_VM_STEPS_H_

#include "ruff/runtime/vm/vm.h"

namespace ruff {

using Step = bool (*)(Vm&);

// arithmetic.cc
bool ArithmeticStep(Vm& vm);                                   // Add … SubI, Neg, Not
bool CompareStep(Vm& vm);                                      // Eq … Le and every compare-and-jump
bool FinishOperator(Vm& vm, Value owned_result, bool negate);  // an operator method returned

// call.cc
bool CallStep(Vm& vm);          // Call, CallPacked, CallGlobal, RangePrep
bool NativeFailedStep(Vm& vm);  // a builtin returned Unset
bool CallMethodStep(Vm& vm);
bool ReturnStep(Vm& vm);  // Return, ReturnNull, ReturnSelf with a flagged frame
bool TryUnwrapStep(Vm& vm);
bool StoreSelfStep(Vm& vm);  // StoreSelf, JumpIfSelfSame, MarkSelf

// task.cc
bool AwaitStep(Vm& vm);
bool SpawnStep(Vm& vm);

// iterate.cc
bool ForPrepStep(Vm& vm);
bool ForNextStep(Vm& vm);
bool FinishGenerator(
    Vm& vm);  // the body returned: frame already left, vm.pc at the consumer's ForNext

// access.cc
bool GetIndexStep(Vm& vm);
bool SetIndexStep(Vm& vm);
bool GetFieldStep(Vm& vm);
bool SetFieldStep(Vm& vm);
bool FieldTestStep(Vm& vm);  // GetFieldOptional, TryField
bool SetPathStep(Vm& vm);
bool TakePathStep(Vm& vm);
void RestoreTakenPath(Vm& vm);  // before unwinding: undoes a TakePath right before vm.pc

// construct.cc
bool ConstructStep(Vm& vm);  // NewArray … Concat, Closure, NewCell, BoxCell

// pattern.cc
bool PatternStep(Vm& vm);  // TestKind … DictRest

// unwind.cc
bool ThrowStep(Vm& vm);      // Throw, Raise
bool UndefinedStep(Vm& vm);  // GetGlobal, GetCell, GetUp found Unset

// import.cc
bool ImportStep(Vm& vm);  // Import, ImportName, ImportAll

// vm.cc
bool RefuelAndGoOn(Vm& vm);  // out of fuel: checks budgets, then goes on at vm.pc

}  // namespace ruff

#endif  // RUFF_RUNTIME_VM_STEPS_H_
