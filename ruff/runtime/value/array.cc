#include "ruff/runtime/value/array.h"

#include <algorithm>
#include <cstring>

#include "ruff/base/check.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"

namespace ruff {
namespace {

constexpr uint64_t kMinCapacity = 4;

Array::Storage StorageFor(Value v) {
  switch (v.kind()) {
    case Kind::kInt:
      return Array::kInts;
    case Kind::kFloat:
      return Array::kFloats;
    case Kind::kBool:
      return Array::kBools;
    default:
      return Array::kValues;
  }
}

void VisitArray(Object* object, ChildVisitor& visitor) {
  auto* a = reinterpret_cast<Array*>(object);
  if (a->storage() == Array::kValues) visitor.VisitValues(a->values, a->size);
}

size_t DisposeArray(Object* object) {
  auto* a = reinterpret_cast<Array*>(object);
  Heap::Current()->FreeBuffer(a->values, a->capacity * ArrayElementSize(a->storage()));
  return sizeof(Array);
}

const KindRegistration kArray(Kind::kArray, {.visit = VisitArray, .dispose = DisposeArray});

void Resize(Array* a, uint64_t capacity) {
  const size_t element = ArrayElementSize(a->storage());
  a->values = static_cast<Value*>(
      Heap::Current()->ReallocateBuffer(a->values, a->capacity * element, capacity * element));
  a->capacity = capacity;
}

void Grow(Array* a, uint64_t size) {
  if (size > a->capacity) Resize(a, std::max({kMinCapacity, size, a->capacity * 2}));
}

// Switches an empty array to another storage; the buffer is kept.
void Restart(Array* a, Array::Storage storage) {
  const size_t element = ArrayElementSize(storage);
  if (a->capacity * ArrayElementSize(a->storage()) % element != 0) Resize(a, 0);
  a->capacity = a->capacity * ArrayElementSize(a->storage()) / element;
  a->header.flags = storage;
}

// Writes a value that fits the storage over an element that needs no release.
void StoreElement(Array* a, uint64_t i, Value owned) {
  switch (a->storage()) {
    case Array::kValues:
      a->values[i] = owned;
      break;
    case Array::kBools:
      a->bools[i] = owned.b;
      break;
    default:
      a->ints[i] = owned.i;  // the bits of an int or a float
      break;
  }
}

// Copies elements [begin, end) of `from` behind those of `to`, which has room for them.
void CopyElements(Array* to, const Array* from, uint64_t begin, uint64_t end) {
  const uint64_t count = end - begin;
  if (count == 0) return;
  if (to->storage() == from->storage()) {
    const size_t element = ArrayElementSize(to->storage());
    std::memcpy(reinterpret_cast<char*>(to->values) + to->size * element,
                reinterpret_cast<const char*>(from->values) + begin * element, count * element);
    if (to->storage() == Array::kValues) {
      for (uint64_t i = 0; i < count; ++i) Retain(to->values[to->size + i]);
    }
  } else {
    RUFF_DCHECK(to->storage() == Array::kValues);
    for (uint64_t i = 0; i < count; ++i) {
      to->values[to->size + i] = Retain(ArrayGet(from, begin + i));
    }
  }
  to->size += count;
}

}  // namespace

Array* NewArray(uint64_t capacity, Array::Storage storage) {
  auto* a = NewObject<Array>(Kind::kArray);
  a->header.flags = storage;
  a->size = 0;
  a->capacity = capacity;
  a->values =
      static_cast<Value*>(Heap::Current()->AllocateBuffer(capacity * ArrayElementSize(storage)));
  return a;
}

void ArrayMakeGeneric(Array* a) {
  if (a->storage() == Array::kValues) return;
  if (a->size == 0) return Restart(a, Array::kValues);
  auto* values = static_cast<Value*>(Heap::Current()->AllocateBuffer(a->capacity * sizeof(Value)));
  for (uint64_t i = 0; i < a->size; ++i) values[i] = ArrayGet(a, i);
  Heap::Current()->FreeBuffer(a->values, a->capacity * ArrayElementSize(a->storage()));
  a->values = values;
  a->header.flags = Array::kValues;
}

void ArrayPush(Array* a, Value owned) {
  const Array::Storage storage = StorageFor(owned);
  if (a->storage() != storage) {
    if (a->size == 0) {
      Restart(a, storage);
    } else {
      ArrayMakeGeneric(a);
    }
  }
  if (a->size == a->capacity) Grow(a, a->size + 1);
  StoreElement(a, a->size++, owned);
}

void ArraySet(Array* a, uint64_t i, Value owned) {
  RUFF_DCHECK(i < a->size);
  if (a->storage() != Array::kValues) {
    if (a->storage() == StorageFor(owned)) return StoreElement(a, i, owned);
    ArrayMakeGeneric(a);
  }
  const Value old = a->values[i];
  a->values[i] = owned;
  Release(old);
}

void ArrayReserve(Array* a, uint64_t capacity) {
  if (capacity > a->capacity) Resize(a, capacity);
}

void ArrayTruncate(Array* a, uint64_t size) {
  if (a->storage() != Array::kValues) {
    a->size = std::min(a->size, size);
    return;
  }
  while (a->size > size) Release(a->values[--a->size]);
}

void ArrayAppend(Array* a, const Array* b, uint64_t begin, uint64_t end) {
  RUFF_DCHECK(begin <= end && end <= b->size);
  if (begin == end) return;
  if (a->storage() != b->storage()) {
    if (a->size == 0) {
      Restart(a, b->storage());
    } else {
      ArrayMakeGeneric(a);
    }
  }
  Grow(a, a->size + (end - begin));
  CopyElements(a, b, begin, end);
}

Value ArrayTake(Array* a, uint64_t i) {
  const Value v = ArrayGet(a, i);
  if (a->storage() == Array::kValues) a->values[i] = Value::Null();
  return v;
}

Array* UniqueArray(Array* owned) {
  if (IsUnique(&owned->header)) return owned;
  Array* copy = ArraySlice(owned, 0, owned->size);
  ReleaseObject(owned);
  return copy;
}

Array* ArraySlice(const Array* a, uint64_t begin, uint64_t end) {
  Array* slice = NewArray(end - begin, a->storage());
  CopyElements(slice, a, begin, end);
  return slice;
}

}  // namespace ruff
