#ifndef RUFF_RUNTIME_VALUE_TRUTHINESS_H_
#define RUFF_RUNTIME_VALUE_TRUTHINESS_H_

#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// False: false, null, 0, 0.0, -0.0, "", [] and {}. Everything else is true.
inline bool IsTruthy(Value v) {
  switch (v.kind()) {
    case Kind::kBool:
      return v.b;
    case Kind::kNull:
      return false;
    case Kind::kInt:
      return v.i != 0;
    case Kind::kFloat:
      return v.d != 0;
    case Kind::kString:
      return v.As<String>()->size != 0;
    case Kind::kArray:
      return v.As<Array>()->size != 0;
    case Kind::kDict:
      return v.As<Dict>()->size != 0;
    default:
      return true;
  }
}

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_TRUTHINESS_H_
