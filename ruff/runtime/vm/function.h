// Functions as values, and the code they run.

#ifndef RUFF_RUNTIME_VM_FUNCTION_H_
#define RUFF_RUNTIME_VM_FUNCTION_H_

#include <cstdint>
#include <vector>

#include "ruff/lang/bytecode/module.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

class LinkedModule;
struct LinkedStep;

// A FunctionProto made ready to run in one VM: constants are values, inline caches are its own.
struct CodeBlock {
  const FunctionProto* proto;
  Instruction* code;  // owned by the linked module; rewritten by quickening and inline caches
  Value* constants;
  Value* globals;  // slots of the module
  LinkedModule* module;
  String* name;  // interned display name, "<lambda>" for function expressions; null at file level
  const NativeFunction* native;  // the table row when this is a prelude function, else null
  uint32_t register_count;
  std::vector<LinkedStep>* paths;  // owned by the linked module
  bool changes_self;               // copies of facts in proto, for handlers
  uint32_t parameter_count;
  // parameter_count for a function that a call can simply enter; kNotPlain for async functions,
  // generators and methods with implicit fields, which take the slow path.
  uint32_t plain_arity;

  static constexpr uint32_t kNotPlain = 0xffffffff;
};

struct Function {
  Object header;
  CodeBlock* code;
  // Copies of facts in `code`, one load nearer for whoever calls the function.
  const Instruction* entry;
  uint32_t plain_arity;
  uint32_t capture_count;
  Cell* captures[];
};

Function* NewFunction(CodeBlock* code);  // captures are filled in by the caller

}  // namespace ruff

#endif  // RUFF_RUNTIME_VM_FUNCTION_H_
