// What handlers use besides the value library.

#ifndef RUFF_RUNTIME_VM_HANDLER_SUPPORT_H_
#define RUFF_RUNTIME_VM_HANDLER_SUPPORT_H_

#include <cstdint>

#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/equality.h"
#include "ruff/runtime/value/structure.h"
#include "ruff/runtime/value/truthiness.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/link.h"
#include "ruff/runtime/vm/steps.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {

// Releases a value known to be on the heap.
[[gnu::always_inline]] inline void Drop(Value v) { Release(v); }

[[gnu::always_inline]] inline void Put(Value& slot, Value owned) {
  const Value old = slot;
  slot = owned;
  if (old.IsHeap()) [[unlikely]] Drop(old);
}
[[gnu::always_inline]] inline void PutInt(Value& slot, int64_t i) {
  if (slot.IsHeap()) [[unlikely]] {
    Put(slot, Value::Int(i));
  } else {
    slot.tag = static_cast<uint64_t>(Kind::kInt);
    slot.i = i;
  }
}
[[gnu::always_inline]] inline void PutFloat(Value& slot, double d) {
  if (slot.IsHeap()) [[unlikely]] {
    Put(slot, Value::Float(d));
  } else {
    slot.tag = static_cast<uint64_t>(Kind::kFloat);
    slot.d = d;
  }
}

// Quotient and remainder; the divisor is neither 0 nor -1. 32-bit division is several times faster on many
// processors.
[[gnu::always_inline]] inline int64_t DivideInts(int64_t a, int64_t b) {
  if (((static_cast<uint64_t>(a) | static_cast<uint64_t>(b)) >> 32) == 0) {
    return static_cast<uint32_t>(a) / static_cast<uint32_t>(b);
  }
  return a / b;
}
[[gnu::always_inline]] inline int64_t RemainderInts(int64_t a, int64_t b) {
  if (((static_cast<uint64_t>(a) | static_cast<uint64_t>(b)) >> 32) == 0) {
    return static_cast<uint32_t>(a) % static_cast<uint32_t>(b);
  }
  return a % b;
}

// Storing into something with identity may close a cycle.
[[gnu::always_inline]] inline void StoreInCell(Cell* cell, Value owned) {
  Put(cell->value, owned);
  if (owned.IsHeap() && cell->header.aux == 0) NotePossibleCycle(&cell->header);
}

}  // namespace ruff

#endif  // RUFF_RUNTIME_VM_HANDLER_SUPPORT_H_
