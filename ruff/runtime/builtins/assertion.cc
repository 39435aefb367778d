// Assertions, and the debug output.

#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/builtins/output.h"
#include "ruff/runtime/builtins/text_finder.h"
#include "ruff/runtime/value/equality.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/truthiness.h"

namespace ruff {
namespace {

Value Assert(NativeContext& context, Value* args, uint32_t count) {
  if (count == 0) return context.Fail("assert requires at least 1 argument: condition");
  if (IsTruthy(args[0])) return Value::Bool(true);
  const bool has_message = count == 2 && args[1].IsString();
  return context.Fail(has_message ? std::string(TextOf(args[1])) : "Assertion failed");
}

Value AssertEqual(NativeContext& context, Value* args, uint32_t) {
  if (ValuesEqual(args[0], args[1])) return Value::Bool(true);
  return context.Fail(absl::StrCat("Assertion failed: expected ", Diagnostic(args[1]), ", got ",
                                   Diagnostic(args[0])));
}

Value AssertTrue(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].Is(Kind::kBool)) return context.Fail("assert_true requires a boolean argument");
  if (args[0].b) return Value::Bool(true);
  return context.Fail("Assertion failed: expected true, got false");
}

Value AssertFalse(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].Is(Kind::kBool)) return context.Fail("assert_false requires a boolean argument");
  if (!args[0].b) return Value::Bool(true);
  return context.Fail("Assertion failed: expected false, got true");
}

// Does the array, string or dict hold the item?
bool Holds(Value collection, Value item) {
  if (collection.IsString()) {
    return item.IsString() && FindText(TextOf(collection), TextOf(item)) != kNotFound;
  }
  if (collection.IsDict()) return !DictGet(collection.As<Dict>(), item).Is(Kind::kUnset);
  const auto* a = collection.As<Array>();
  for (uint64_t i = 0; i < a->size; ++i) {
    if (ValuesEqual(ArrayGet(a, i), item)) return true;
  }
  return false;
}

Value AssertContains(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray() && !args[0].IsString() && !args[0].IsDict()) {
    return context.Fail("assert_contains requires an array, string, or dict as first argument");
  }
  if (Holds(args[0], args[1])) return Value::Bool(true);
  return context.Fail(absl::StrCat("Assertion failed: ", Diagnostic(args[0]), " does not contain ",
                                   Diagnostic(args[1])));
}

Value Debug(NativeContext& context, Value* args, uint32_t count) {
  std::string line = "[DEBUG] ";
  for (uint32_t i = 0; i < count; ++i) {
    if (i > 0) line += ' ';
    if (!AppendForm(args[i], Form::kDebug, &line)) return FailTooLarge(context, "debug");
  }
  line += '\n';
  Output* output = context.output();
  (output != nullptr ? output : StandardOutput())->Write(line);
  return Value::Null();
}

constexpr NativeFunction kTable[] = {
    {.name = "assert",
     .min_args = 0,
     .max_args = 2,
     .body = Assert,
     .signature = "assert(condition: any, message: string = \"Assertion failed\") -> bool",
     .doc = "True if the condition is truthy; else throws the message.",
     .example = "print(assert(1 < 2)) => true",
     .errors = "Assertion failed\nMESSAGE\nassert requires at least 1 argument: condition",
     .arity_error = "assert() expects at most 2 arguments: condition, [message]"},
    {.name = "assert_equal",
     .min_args = 2,
     .max_args = 2,
     .body = AssertEqual,
     .signature = "assert_equal(actual: any, expected: any) -> bool",
     .doc = "True if both are `==`.",
     .example = "print(assert_equal(1 + 1, 2)) => true",
     .errors = "Assertion failed: expected EXPECTED, got ACTUAL",
     .arity_error = "assert_equal requires 2 arguments: actual, expected"},
    {.name = "assert_true",
     .min_args = 1,
     .max_args = 1,
     .body = AssertTrue,
     .signature = "assert_true(value: bool) -> bool",
     .doc = "True if the value is `true`.",
     .example = "print(assert_true(1 == 1)) => true",
     .errors = "Assertion failed: expected true, got false\n"
               "assert_true requires a boolean argument",
     .arity_error = "assert_true requires exactly 1 argument"},
    {.name = "assert_false",
     .min_args = 1,
     .max_args = 1,
     .body = AssertFalse,
     .signature = "assert_false(value: bool) -> bool",
     .doc = "True if the value is `false`.",
     .example = "print(assert_false(1 == 2)) => true",
     .errors = "Assertion failed: expected false, got true\n"
               "assert_false requires a boolean argument",
     .arity_error = "assert_false requires exactly 1 argument"},
    {.name = "assert_contains",
     .min_args = 2,
     .max_args = 2,
     .body = AssertContains,
     .signature = "assert_contains(collection: array | string | dict, item: any) -> bool",
     .doc = "True if the array has an element `==` item, the string the substring, or the dict the "
            "key.",
     .example = "print(assert_contains([1, 2], 2)) => true",
     .errors = "Assertion failed: COLLECTION does not contain ITEM\n"
               "assert_contains requires an array, string, or dict as first argument",
     .arity_error = "assert_contains requires 2 arguments: collection, item"},
    {.name = "debug",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Debug,
     .signature = "debug(...values: any) -> null",
     .doc = "Writes `[DEBUG]` and the values with their types to standard output.",
     .example = "debug(1, \"a\") => [DEBUG] Int(1) String(\"a\")"},
};

}  // namespace

absl::Span<const NativeFunction> AssertionBuiltins() { return kTable; }

}  // namespace ruff
