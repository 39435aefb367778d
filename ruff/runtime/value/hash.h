#ifndef RUFF_RUNTIME_VALUE_HASH_H_
#define RUFF_RUNTIME_VALUE_HASH_H_

#include <cstdint>

#include "ruff/runtime/value/value.h"

namespace ruff {

// A hash that agrees with ValuesEqual, whose float comparison has a tolerance. Floats are hashed by
// the small cell they lie in; a float within the tolerance of a cell's border could equal one in
// the next cell. So:
//   decided     every value equal to this one has this hash. Otherwise (about one random float in
//   10^6)
//               only a linear search finds an equal value.
//   reflexive   the value equals itself; false when it contains NaN, which equals nothing.
struct ValueHash {
  uint64_t hash;
  bool decided;
  bool reflexive;
};

// Iterative: any depth. A value shared inside `value` is hashed once.
ValueHash HashValue(Value value);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_HASH_H_
