// What handlers use besides the value library.

#ifndef RUFF_RUNTIME_VM_HANDLER_SUPPORT_H_
#define RUFF_RUNTIME_VM_HANDLER_SUPPORT_H_

#include <bit>
#include <cstdint>
#include <cstring>

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

// The operand of the instruction at `pc` that begins at byte `offset`. Reading the bytes themselves
// is one instruction; shifting them out of the whole word takes up to three.
template <typename T>
[[gnu::always_inline]] inline T ReadOperand(const Instruction* pc, size_t offset) {
  if constexpr (std::endian::native == std::endian::big)
    offset = sizeof(Instruction) - offset - sizeof(T);
  T operand;
  std::memcpy(&operand, reinterpret_cast<const char*>(pc) + offset, sizeof(T));
  return operand;
}

// Copies a value as two words. The compiler would use one 16-byte load, which stalls when the value
// was just written as tag and payload: no processor forwards two stores to one load.
[[gnu::always_inline]] inline Value Load(const Value& place) {
  uint64_t tag = place.tag;
  asm("" : "+r"(tag));
  Value v;
  v.tag = tag;
  v.i = place.i;
  return v;
}

// Moves a value out, leaving null.
[[gnu::always_inline]] inline Value Move(Value& place) {
  const Value v = Load(place);
  place = Value::Null();
  return v;
}

// The rare ends of a release. preserve_most: the handler that calls it spills nothing.
__attribute__((preserve_most, noinline)) void DestroyObject(Object* object);
__attribute__((preserve_most, noinline)) void NoteCandidate(Object* object);

// Releases a value known to be on the heap.
[[gnu::always_inline]] inline void Drop(uint64_t tag, Object* object) {
  if (--object->refcount == 0) [[unlikely]] {
    DestroyObject(object);
  } else if (tag >= static_cast<uint64_t>(Kind::kFirstCyclic) && object->aux == 0) [[unlikely]] {
    NoteCandidate(object);
  }
}

// Takes a reference away from `object`. True: call FinishDrop.
[[gnu::always_inline]] inline bool DropNeedsWork(uint64_t tag, Object* object) {
  return --object->refcount == 0 ||
         (tag >= static_cast<uint64_t>(Kind::kFirstCyclic) && object->aux == 0);
}
inline void FinishDrop(Object* object) {
  if (object->refcount == 0) {
    Destroy(object);
  } else {
    NotePossibleCycle(object);
  }
}

[[gnu::always_inline]] inline void Put(Value& slot, Value owned) {
  const uint64_t old_tag = slot.tag;
  Object* const old_object = slot.object;
  slot.tag = owned.tag;
  slot.i = owned.i;
  if (old_tag >= static_cast<uint64_t>(Kind::kFirstHeap)) [[unlikely]]
    Drop(old_tag, old_object);
}
[[gnu::always_inline]] inline void PutInt(Value& slot, int64_t i) {
  if (slot.IsHeap()) [[unlikely]] {
    Put(slot, Value::Int(i));
  } else {
    slot.tag = static_cast<uint64_t>(Kind::kInt);
    slot.i = i;
  }
}
// Quotient and remainder; the divisor is neither 0 nor -1. 32-bit division is several times faster
// on many processors.
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
