#ifndef RUFF_RUNTIME_BUILTINS_FLOAT_TEXT_H_
#define RUFF_RUNTIME_BUILTINS_FLOAT_TEXT_H_

#include <cstddef>

#include "ruff/runtime/value/number_text.h"

namespace ruff {

inline constexpr size_t kMaxDataFloatText = kMaxFloatText + 2;

// The texts of finite floats in data formats: the shortest digits that round-trip, never to be
// taken for an int. They are written at `buffer` (kMaxDataFloatText bytes); the length is returned.

// "5.0", "100000000000000000000.0", "0.0000001".
size_t FormatPositionalFloat(double d, char* buffer);
// As above from 1e-5 up to 1e16, otherwise "1.5e+16", "1e-6": the exponent has a sign and no
// padding.
size_t FormatExponentFloat(double d, char* buffer);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_FLOAT_TEXT_H_
