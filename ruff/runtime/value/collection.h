// Byte strings, sets, queues and stacks. All are values: copy-on-write like arrays.

#ifndef RUFF_RUNTIME_VALUE_COLLECTION_H_
#define RUFF_RUNTIME_VALUE_COLLECTION_H_

#include <cstdint>
#include <string_view>

#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/hash_index.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// Immutable bytes.
struct Bytes {
  Object header;
  uint64_t size;
  uint8_t data[];

  std::string_view view() const { return {reinterpret_cast<const char*>(data), size}; }
};
Bytes* NewBytes(std::string_view content);
// Contents undefined; the caller fills them before anyone else sees the object.
Bytes* NewBytesBuffer(uint64_t size);

// Members in insertion order, distinct by `==`. Removed members leave holes (Unset) until
// compaction.
struct SetEntry {
  Value member;
  uint32_t hash;
  bool decided;    // see ValueHash
  bool reflexive;  // see ValueHash

  bool live() const { return !member.Is(Kind::kUnset); }
};
struct Set {
  Object header;
  uint32_t size;      // members
  uint32_t used;      // entries including holes
  uint32_t capacity;  // entries
  SetEntry* entries;
  HashIndex index;
};
Set* NewSet(uint32_t capacity = 0);
Set* SetOf(const Array* members);  // duplicates dropped, the first one kept
bool SetContains(const Set* s, Value member);
// The following change `s`, which must be unique. True if the set changed.
bool SetAdd(Set* s, Value owned);
bool SetRemove(Set* s, Value member);
Set* UniqueSet(Set* owned);
void RehashSet(Set* s);  // after the identity of members has changed
Array* SetToArray(const Set* s);

// kQueue or kStack: a window on an array. A queue takes from `head`, a stack from the end. `items`
// may be shared until the first change.
struct Sequence {
  Object header;
  Array* items;  // owned; elements before `head` are gone
  uint64_t head;

  uint64_t size() const { return items->size - head; }
};
Sequence* NewSequence(Kind kind, Array* owned_items);
// Element `i` < size (queue: from the front; stack: from the bottom), borrowed.
inline Value SequenceGet(const Sequence* s, uint64_t i) { return ArrayGet(s->items, s->head + i); }
// The following change `s`, which must be unique. Amortised O(1).
void SequencePush(Sequence* s, Value owned);
Value SequencePopFront(Sequence* s);  // size > 0; handed over
Value SequencePopBack(Sequence* s);   // size > 0; handed over
Sequence* UniqueSequence(Sequence* owned);
Array* SequenceToArray(const Sequence* s);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_COLLECTION_H_
