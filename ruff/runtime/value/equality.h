#ifndef RUFF_RUNTIME_VALUE_EQUALITY_H_
#define RUFF_RUNTIME_VALUE_EQUALITY_H_

#include <cmath>

#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

inline constexpr double kFloatTolerance = 2.220446049250313e-16;

// `==` of two floats: NaN equals nothing, infinities are exact, otherwise |a - b| <
// kFloatTolerance.
inline bool FloatsEqual(double a, double b) { return a == b || std::fabs(a - b) < kFloatTolerance; }

// `==` of the language (structs structurally: operator methods are the caller's business). Any
// depth; values shared inside both sides are compared once.
bool ValuesEqual(Value a, Value b);

// Equality of "same type with the same content": as ValuesEqual, but int and float differ and
// floats compare exactly (NaN still equals nothing).
bool ValuesIdentical(Value a, Value b);

// Negative, zero or positive: order by bytes.
int CompareStrings(const String* a, const String* b);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_EQUALITY_H_
