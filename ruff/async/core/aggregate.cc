#include "ruff/async/core/aggregate.h"

#include <cstring>
#include <utility>

#include "ruff/runtime/value/heap.h"

namespace ruff {

Aggregate* NewAggregate(Aggregate::Type type, uint32_t size) {
  auto* aggregate = static_cast<Aggregate*>(Heap::Current()->AllocateObject(sizeof(Aggregate)));
  std::memset(static_cast<void*>(aggregate), 0, sizeof(Aggregate));
  aggregate->promise.header = Object{1, Kind::kPromise, Promise::kAggregate, 0};
  InitPromise(&aggregate->promise);
  aggregate->type = type;
  aggregate->size = size;
  aggregate->unsettled = size;
  aggregate->limit = Aggregate::kUnlimited;
  aggregate->members = Value::Null();
  aggregate->function = Value::Null();
  return aggregate;
}

void ReleaseParts(Aggregate* aggregate) {
  if (aggregate->results != nullptr) ReleaseObject(std::exchange(aggregate->results, nullptr));
  Release(std::exchange(aggregate->members, Value::Null()));
  Release(std::exchange(aggregate->function, Value::Null()));
  if (aggregate->starter != nullptr) ReleaseObject(std::exchange(aggregate->starter, nullptr));
}

void StoreResult(Array** results, uint32_t size, uint32_t index, Value owned) {
  Array* array = *results;
  if (array == nullptr) {
    const Array::Storage storage = owned.IsInt()     ? Array::kInts
                                   : owned.IsFloat() ? Array::kFloats
                                                     : Array::kValues;
    array = *results = NewArray(size, storage);
    array->size = size;
    if (storage == Array::kValues) {
      for (uint32_t i = 0; i < size; ++i) array->values[i] = Value::Null();
    } else {
      std::memset(array->ints, 0, size * sizeof(int64_t));
    }
  }
  ArraySet(array, index, owned);
}

}  // namespace ruff
