#include "ruff/runtime/builtins/element.h"

#include <algorithm>
#include <cmath>

#include "absl/container/flat_hash_set.h"
#include "ruff/runtime/value/equality.h"
#include "ruff/runtime/value/hash.h"
#include "ruff/runtime/value/hash_index.h"

namespace ruff {
namespace {

template <typename T>
int64_t FindIn(const T* data, uint64_t size, T item) {
  const T* at = std::find(data, data + size, item);
  return at == data + size ? -1 : at - data;
}

Array* UniqueInts(const Array* a) {
  absl::flat_hash_set<int64_t> seen;
  Array* out = NewArray(0, Array::kInts);
  for (uint64_t i = 0; i < a->size; ++i) {
    if (seen.insert(a->ints[i]).second) ArrayPush(out, Value::Int(a->ints[i]));
  }
  return out;
}

}  // namespace

int64_t FindElement(const Array* a, Value item) {
  switch (a->storage()) {
    case Array::kInts:
      return item.IsInt() ? FindIn(a->ints, a->size, item.i) : -1;
    case Array::kFloats:
      return item.IsFloat() ? FindIn(a->floats, a->size, item.d) : -1;
    case Array::kBools:
      return item.Is(Kind::kBool) ? FindIn(a->bools, a->size, uint8_t{item.b}) : -1;
    default:
      for (uint64_t i = 0; i < a->size; ++i) {
        if (ValuesIdentical(a->values[i], item)) return static_cast<int64_t>(i);
      }
      return -1;
  }
}

Array* UniqueElements(const Array* a) {
  if (a->storage() == Array::kInts) return UniqueInts(a);
  Array* out = NewArray(0, a->storage());
  HashIndex index;
  index.Init();
  bool seen_nan = false;
  for (uint64_t i = 0; i < a->size; ++i) {
    const Value v = ArrayGet(a, i);
    if (v.IsFloat() && std::isnan(v.d)) {
      if (seen_nan) continue;
      seen_nan = true;
    } else {
      // Identical values have one hash, whether it is decided or not.
      const auto hash = static_cast<uint32_t>(HashValue(v).hash);
      index.Reserve(out->size + 1);
      const uint32_t found = index.Find(
          hash, [&](uint32_t entry) { return ValuesIdentical(ArrayGet(out, entry), v); });
      if (found != HashIndex::kNone) continue;
      index.Add(hash, static_cast<uint32_t>(out->size));
    }
    ArrayPush(out, Retain(v));
  }
  index.Free();
  return out;
}

}  // namespace ruff
