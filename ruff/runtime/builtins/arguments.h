// What the bodies of builtins need to read arguments and to build results.

#ifndef RUFF_RUNTIME_BUILTINS_ARGUMENTS_H_
#define RUFF_RUNTIME_BUILTINS_ARGUMENTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// Argument `i`, or Unset when the call has fewer.
inline Value Argument(const Value* args, uint32_t count, uint32_t i) {
  return i < count ? args[i] : Value::Unset();
}

inline std::string_view TextOf(Value string) { return string.As<String>()->view(); }

// A float as an int: toward zero, saturating, NaN is 0.
int64_t TruncateToInt(double d);
// A number (int or float) as an int, as TruncateToInt.
inline int64_t IntOf(Value number) { return number.IsInt() ? number.i : TruncateToInt(number.d); }
inline double FloatOf(Value number) {
  return number.IsInt() ? static_cast<double>(number.i) : number.d;
}

// Takes argument `i` over: the caller's register becomes null.
inline Value TakeArgument(Value* args, uint32_t i) { return std::exchange(args[i], Value::Null()); }

inline Value NewText(std::string_view text) { return Value::Heap(NewString(text)); }
// [first, second]; consumes both.
Value NewPair(Value first, Value second);

// A form of `value` appended to `*out`; false when it does not fit into memory.
bool AppendForm(Value value, Form form, std::string* out);
inline bool AppendText(Value value, std::string* out) {
  return AppendForm(value, Form::kText, out);
}
// The diagnostic form, for messages.
std::string Diagnostic(Value value);

// Makes the call fail with "NAME() result exceeds maximum size".
Value FailTooLarge(NativeContext& context, std::string_view name);
// Can a string of `bytes` bytes be made?
bool CanMakeString(uint64_t bytes);
// Can an array of `size` elements, each taking `element_bytes`, be made?
bool CanMakeArray(uint64_t size, uint64_t element_bytes = sizeof(Value));

// `text` as an int or a float with the rules of parse_int and parse_float, without trimming.
bool ParseInt(std::string_view text, int64_t* out);
bool ParseFloat(std::string_view text, double* out);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_ARGUMENTS_H_
