// From one kind to another, and what kind a value is.

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/builtins/whitespace.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/truthiness.h"

namespace ruff {
namespace {

Value ParseIntText(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail("parse_int requires a string argument");
  int64_t i;
  if (ParseInt(Trim(TextOf(args[0])), &i)) return Value::Int(i);
  return context.Fail(absl::StrCat("Cannot parse '", TextOf(args[0]), "' as integer"));
}

Value ParseFloatText(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail("parse_float requires a string argument");
  double d;
  if (ParseFloat(Trim(TextOf(args[0])), &d)) return Value::Float(d);
  return context.Fail(absl::StrCat("Cannot parse '", TextOf(args[0]), "' as float"));
}

Value FailConversion(NativeContext& context, Value v, std::string_view target) {
  if (v.IsString()) {
    return context.Fail(absl::StrCat("Cannot convert '", TextOf(v), "' to ", target));
  }
  const std::string_view kind = v.IsArray()  ? "array"
                                : v.IsDict() ? "dict"
                                : v.IsNull() ? "null"
                                             : "value";
  return context.Fail(absl::StrCat("Cannot convert ", kind, " to ", target));
}

Value ToInt(NativeContext& context, Value* args, uint32_t) {
  const Value v = args[0];
  int64_t i;
  if (v.IsNumber()) return Value::Int(IntOf(v));
  if (v.Is(Kind::kBool)) return Value::Int(v.b ? 1 : 0);
  if (v.IsString() && ParseInt(Trim(TextOf(v)), &i)) return Value::Int(i);
  return FailConversion(context, v, "int");
}

Value ToFloat(NativeContext& context, Value* args, uint32_t) {
  const Value v = args[0];
  double d;
  if (v.IsNumber()) return Value::Float(FloatOf(v));
  if (v.Is(Kind::kBool)) return Value::Float(v.b ? 1 : 0);
  if (v.IsString() && ParseFloat(Trim(TextOf(v)), &d)) return Value::Float(d);
  return FailConversion(context, v, "float");
}

Value ToString(NativeContext& context, Value* args, uint32_t) {
  if (args[0].IsString()) return Retain(args[0]);
  std::string text;
  if (!AppendText(args[0], &text)) return FailTooLarge(context, "to_string");
  return NewText(text);
}

Value ToBool(NativeContext&, Value* args, uint32_t) {
  const Value v = args[0];
  if (!v.IsString()) return Value::Bool(IsTruthy(v));
  const std::string_view text = TextOf(v);
  return Value::Bool(!text.empty() && text != "0" && !absl::EqualsIgnoreCase(text, "false"));
}

Value Truthy(NativeContext&, Value* args, uint32_t) { return Value::Bool(IsTruthy(args[0])); }

Value BytesOf(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail("bytes() requires an array argument");
  const auto* a = args[0].As<Array>();
  for (uint64_t i = 0; i < a->size; ++i) {
    const Value v = ArrayGet(a, i);
    if (!v.IsInt()) return context.Fail("bytes() requires an array of integers");
    if (v.i < 0 || v.i > 255) {
      return context.Fail(absl::StrCat("bytes() requires integers in range 0-255, got ", v.i));
    }
  }
  Bytes* bytes = NewBytesBuffer(a->size);
  for (uint64_t i = 0; i < a->size; ++i) bytes->data[i] = static_cast<uint8_t>(ArrayGet(a, i).i);
  return Value::Heap(bytes);
}

Value ThrowError(NativeContext& context, Value* args, uint32_t) {
  return context.Fail(args[0].IsString() ? std::string(TextOf(args[0])) : Diagnostic(args[0]));
}

template <Kind... kinds>
Value IsKind(NativeContext&, Value* args, uint32_t count) {
  return Value::Bool(count == 1 && (args[0].Is(kinds) || ...));
}

#define RUFF_IS(NAME, EXAMPLE, DOC, ...)     \
  {.name = NAME,                             \
   .min_args = 0,                            \
   .max_args = 1,                            \
   .body = IsKind<__VA_ARGS__>,              \
   .signature = NAME "(value: any) -> bool", \
   .doc = DOC,                               \
   .example = EXAMPLE,                       \
   .arity_error = NAME "() expects 1 argument"}

constexpr NativeFunction kTable[] = {
    {.name = "parse_int",
     .min_args = 1,
     .max_args = 1,
     .body = ParseIntText,
     .signature = "parse_int(s: string) -> int",
     .doc =
         "The int of 64 bits that the decimal digits of `s` show; whitespace around it is ignored.",
     .example = "print(parse_int(\" -42 \")) => -42",
     .errors = "parse_int requires a string argument\nCannot parse 'S' as integer",
     .arity_error = "parse_int requires a string argument"},
    {.name = "parse_float",
     .min_args = 1,
     .max_args = 1,
     .body = ParseFloatText,
     .signature = "parse_float(s: string) -> float",
     .doc = "The float that `s` shows, also `inf` and `nan`; whitespace around it is ignored.",
     .example = "print(parse_float(\"1e3\"), parse_float(\".5\")) => 1000 0.5",
     .errors = "parse_float requires a string argument\nCannot parse 'S' as float",
     .arity_error = "parse_float requires a string argument"},
    {.name = "to_int",
     .min_args = 1,
     .max_args = 1,
     .body = ToInt,
     .signature = "to_int(value: number | string | bool) -> int",
     .doc = "A float truncated (saturating), a string as by `parse_int`, a bool as 1 or 0.",
     .example = "print(to_int(3.9), to_int(\"42\"), to_int(true)) => 3 42 1",
     .errors = "Cannot convert 'S' to int\nCannot convert array|dict|null|value to int",
     .arity_error = "to_int() requires one argument"},
    {.name = "to_float",
     .min_args = 1,
     .max_args = 1,
     .body = ToFloat,
     .signature = "to_float(value: number | string | bool) -> float",
     .doc = "An int as float, a string as by `parse_float`, a bool as 1 or 0.",
     .example = "print(to_float(\"2.5\")) => 2.5",
     .errors = "Cannot convert 'S' to float\nCannot convert array|dict|null|value to float",
     .arity_error = "to_float() requires one argument"},
    {.name = "to_string",
     .min_args = 1,
     .max_args = 1,
     .body = ToString,
     .signature = "to_string(value: any) -> string",
     .doc = "The text that `print` writes for the value.",
     .example = "print(to_string([1, \"a\"]) + \"!\") => [1, a]!",
     .errors = "to_string() result exceeds maximum size",
     .arity_error = "to_string() requires one argument"},
    {.name = "str",
     .min_args = 1,
     .max_args = 1,
     .body = ToString,
     .signature = "str(value: any) -> string",
     .doc = "The same as `to_string`.",
     .example = "print(str(5) + \"!\") => 5!",
     .errors = "to_string() result exceeds maximum size",
     .arity_error = "to_string() requires one argument"},
    {.name = "to_bool",
     .min_args = 1,
     .max_args = 1,
     .body = ToBool,
     .signature = "to_bool(value: any) -> bool",
     .doc = "The truthiness of the value, except that \"0\" and \"false\" (in any case) are false.",
     .example = "print(to_bool(\"False\"), to_bool(\"no\")) => false true",
     .arity_error = "to_bool() requires one argument"},
    {.name = "is_truthy",
     .min_args = 1,
     .max_args = 1,
     .body = Truthy,
     .signature = "is_truthy(value: any) -> bool",
     .doc = "Whether `if` takes the value for true: all but `false`, `null`, 0, \"\", [] and {}.",
     .example = "print(is_truthy(\"false\"), is_truthy([])) => true false"},
    {.name = "bytes",
     .min_args = 1,
     .max_args = 1,
     .body = BytesOf,
     .signature = "bytes(array: array) -> bytes",
     .doc = "A byte string of ints from 0 to 255.",
     .example = "print(bytes([104, 105])) => bytes([104, 105])",
     .errors = "bytes() requires an array argument\nbytes() requires an array of integers\n"
               "bytes() requires integers in range 0-255, got N",
     .arity_error = "bytes() requires an array argument"},
    {.name = "error",
     .min_args = 1,
     .max_args = 1,
     .body = ThrowError,
     .signature = "error(message: any) -> never",
     .doc = "Throws an error with the message; a value that is no string in diagnostic form.",
     .example = "try { error(\"bad\") } except e { print(e.message) } => bad",
     .errors = "MESSAGE"},
    RUFF_IS("is_int", "print(is_int(1), is_int(1.0)) => true false",
            "Whether it is an int; false without an argument, as all of these.", Kind::kInt),
    RUFF_IS("is_float", "print(is_float(1.0)) => true", "Whether it is a float.", Kind::kFloat),
    RUFF_IS("is_string", "print(is_string(\"a\")) => true", "Whether it is a string.",
            Kind::kString),
    RUFF_IS("is_bool", "print(is_bool(0)) => false", "Whether it is a bool.", Kind::kBool),
    RUFF_IS("is_array", "print(is_array([])) => true", "Whether it is an array.", Kind::kArray),
    RUFF_IS("is_dict", "print(is_dict({})) => true", "Whether it is a dict.", Kind::kDict),
    RUFF_IS("is_null", "print(is_null(null)) => true", "Whether it is `null`.", Kind::kNull),
    RUFF_IS("is_function", "print(is_function(print)) => true",
            "Whether it is a function of the program or a builtin.", Kind::kFunction,
            Kind::kNative),
};

#undef RUFF_IS

}  // namespace

absl::Span<const NativeFunction> ConversionBuiltins() { return kTable; }

}  // namespace ruff
