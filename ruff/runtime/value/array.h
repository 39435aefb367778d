// Arrays: copy-on-write vectors with typed storage.
//
// An array of a million ints is eight megabytes of int64, not sixteen of values, and one of bools
// is one megabyte: an array starts in the storage of its first element and moves to Value storage
// when an element of another kind arrives. Value semantics come from the reference count: a writer
// first makes the array unique (UniqueArray copies only when the count is above one).

#ifndef RUFF_RUNTIME_VALUE_ARRAY_H_
#define RUFF_RUNTIME_VALUE_ARRAY_H_

#include <cstdint>

#include "ruff/runtime/value/value.h"

namespace ruff {

struct Array {
  enum Storage : uint8_t { kValues, kInts, kFloats, kBools };  // kept in header.flags
  Object header;
  uint64_t size;      // elements
  uint64_t capacity;  // elements
  union {
    Value* values;
    int64_t* ints;
    double* floats;
    uint8_t* bools;
  };

  Storage storage() const { return static_cast<Storage>(header.flags); }
};

// Empty array; `capacity` elements of `storage` are reserved.
Array* NewArray(uint64_t capacity = 0, Array::Storage storage = Array::kInts);

// Element `i` < size, borrowed (not retained).
inline Value ArrayGet(const Array* a, uint64_t i) {
  switch (a->storage()) {
    case Array::kInts:
      return Value::Int(a->ints[i]);
    case Array::kFloats:
      return Value::Float(a->floats[i]);
    case Array::kBools:
      return Value::Bool(a->bools[i] != 0);
    default:
      return a->values[i];
  }
}

// Bytes of one element.
inline uint64_t ArrayElementSize(Array::Storage storage) {
  return storage == Array::kValues ? sizeof(Value) : storage == Array::kBools ? 1 : sizeof(int64_t);
}

// The following change `a`, which must be unique.
void ArrayPush(Array* a, Value owned);             // amortised O(1)
void ArraySet(Array* a, uint64_t i, Value owned);  // i < size; releases the old element
void ArrayReserve(Array* a, uint64_t capacity);
void ArrayTruncate(Array* a, uint64_t size);  // releases the elements from `size` on
void ArrayAppend(Array* a, const Array* b, uint64_t begin,
                 uint64_t end);         // elements [begin, end) of b; a == b allowed
void ArrayMakeGeneric(Array* a);        // storage kValues
Value ArrayTake(Array* a, uint64_t i);  // moves element i out, leaving null (a typed number stays)

// Consumes `owned`; returns an array with the same elements and one owner (itself, or a copy).
Array* UniqueArray(Array* owned);
// New array of elements [begin, end) of a, in the same storage.
Array* ArraySlice(const Array* a, uint64_t begin, uint64_t end);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_ARRAY_H_
