#ifndef RUFF_RUNTIME_BUILTINS_ELEMENT_H_
#define RUFF_RUNTIME_BUILTINS_ELEMENT_H_

#include <cstdint>
#include <vector>

#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// Index of the first element of the same type and content as `item`, or -1.
int64_t FindElement(const Array* a, Value item);

// The values of `a` without repetition, first occurrences in order; of NaNs one stays.
Array* UniqueElements(const Array* a);

// Sorts `a`, which must be unique, in ascending order and stably: numbers, NaNs, strings by bytes,
// then everything else as it stood.
void SortArray(Array* a);

// The indexes of `keys` in the order in which SortArray would put them.
std::vector<uint64_t> SortedOrder(const Array* keys);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_ELEMENT_H_
