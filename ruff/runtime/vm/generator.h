// Generators: a suspended frame kept as an object. Lazy iterators (map, filter, take … on a
// generator) are generators of prelude functions that only call themselves iterators.

#ifndef RUFF_RUNTIME_VM_GENERATOR_H_
#define RUFF_RUNTIME_VM_GENERATOR_H_

#include <cstdint>

#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/function.h"

namespace ruff {

struct Generator {
  enum State : uint8_t { kSuspended, kRunning, kFinished };  // kept in header.flags
  Object header;                                             // kind kGenerator or kIterator
  Function* function;                                        // owned
  const Instruction* pc;                                     // where the body goes on
  Value*
      registers;  // owned buffer, register_count of the function; owned values only while suspended

  State state() const { return static_cast<State>(header.flags); }
  void set_state(State s) { header.flags = s; }
};

// A generator about to run `function` with the given arguments (consumed: moved out of the
// registers).
Generator* NewGenerator(Function* borrowed_function, Value* arguments, uint32_t count);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VM_GENERATOR_H_
