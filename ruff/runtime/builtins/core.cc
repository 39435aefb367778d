// What every program needs: sizes, types, ranges, the end.

#include <limits>

#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/value/collection.h"

namespace ruff {
namespace {

constexpr std::string_view kLenError =
    "len() requires an array, dict, bytes, set, queue, stack, or string";
constexpr std::string_view kRangeType = "range() requires numeric arguments";
constexpr std::string_view kRangeStep = "range() step cannot be zero";
constexpr std::string_view kExitType = "exit() requires a numeric exit code when provided";

Value Len(NativeContext& context, Value* args, uint32_t) {
  const Value v = args[0];
  const auto size = [](uint64_t n) { return Value::Int(static_cast<int64_t>(n)); };
  switch (v.kind()) {
    case Kind::kString:
      return size(v.As<String>()->code_points);
    case Kind::kArray:
      return size(v.As<Array>()->size);
    case Kind::kDict:
      return size(v.As<Dict>()->size);
    case Kind::kBytes:
      return size(v.As<Bytes>()->size);
    case Kind::kSet:
      return size(v.As<Set>()->size);
    case Kind::kQueue:
    case Kind::kStack:
      return size(v.As<Sequence>()->size());
    default:
      return context.Fail(std::string(kLenError));
  }
}

Value Type(NativeContext&, Value* args, uint32_t) {
  return Value::Heap(InternString(TypeName(args[0])));
}

Value ArrayOf(NativeContext&, Value* args, uint32_t count) {
  Array* a = NewArray(count);
  for (uint32_t i = 0; i < count; ++i) ArrayPush(a, Retain(args[i]));
  return Value::Heap(a);
}

Value Range(NativeContext& context, Value* args, uint32_t count) {
  int64_t bounds[3] = {0, 0, 1};
  for (uint32_t i = 0; i < count; ++i) {
    if (!args[i].IsNumber()) return context.Fail(std::string(kRangeType));
    bounds[count == 1 ? 1 : i] = IntOf(args[i]);
  }
  const auto [start, stop, step] = bounds;
  if (step == 0) return context.Fail(std::string(kRangeStep));
  const bool up = step > 0;
  if (up ? start >= stop : start <= stop) return Value::Heap(NewArray());
  // Distances of int64 fit into uint64.
  const uint64_t low = static_cast<uint64_t>(up ? start : stop);
  const uint64_t high = static_cast<uint64_t>(up ? stop : start);
  const uint64_t stride = up ? static_cast<uint64_t>(step) : 0 - static_cast<uint64_t>(step);
  const uint64_t size = (high - low - 1) / stride + 1;
  if (!CanMakeArray(size, sizeof(int64_t))) return FailTooLarge(context, "range");
  Array* a = NewArray(size, Array::kInts);
  for (uint64_t i = 0; i < size; ++i) {
    a->ints[i] =
        static_cast<int64_t>(static_cast<uint64_t>(start) + i * static_cast<uint64_t>(step));
  }
  a->size = size;
  return Value::Heap(a);
}

Value Exit(NativeContext& context, Value* args, uint32_t count) {
  if (count == 0) return context.Exit(0);
  if (!args[0].IsNumber()) return context.Fail(std::string(kExitType));
  return context.Exit(static_cast<int>(IntOf(args[0]) & 0xff));
}

constexpr NativeFunction kTable[] = {
    {.name = "len",
     .min_args = 1,
     .max_args = 1,
     .body = Len,
     .signature = "len(value: string | array | dict | set | queue | stack | bytes) -> int",
     .doc = "The number of characters of a string, of bytes, or of elements of a collection.",
     .example = "print(len(\"é日\"), len([1, 2, 3])) => 2 3",
     .errors = kLenError},
    {.name = "type",
     .min_args = 1,
     .max_args = 1,
     .body = Type,
     .signature = "type(value: any) -> string",
     .doc = "The name of the kind of a value.",
     .example = "print(type(1), type(1.5), type([])) => int float array"},
    {.name = "type_of",
     .min_args = 1,
     .max_args = 1,
     .body = Type,
     .signature = "type_of(value: any) -> string",
     .doc = "The same as `type`.",
     .example = "print(type_of(\"a\")) => string",
     .alias_of = "type"},
    {.name = "array",
     .min_args = 0,
     .max_args = kVariadic,
     .body = ArrayOf,
     .signature = "array(...values: any) -> array",
     .doc = "An array of the arguments.",
     .example = "print(array(1, [2])) => [1, [2]]"},
    {.name = "range",
     .min_args = 1,
     .max_args = 3,
     .body = Range,
     .flags = NativeFunction::kRange,
     .signature = "range(stop: number) -> array; range(start: number, stop: number, "
                  "step: number = 1) -> array",
     .doc = "The ints from `start` (0) up to, not including, `stop`; empty when the direction of "
            "`step` does not fit.",
     .example = "print(range(3), range(10, 0, -3)) => [0, 1, 2] [10, 7, 4, 1]",
     .errors = "range() requires numeric arguments\nrange() step cannot be zero\n"
               "range() result exceeds maximum size",
     .arity_error = "range() requires 1, 2, or 3 arguments"},
    {.name = "exit",
     .min_args = 0,
     .max_args = 1,
     .body = Exit,
     .signature = "exit(code: number = 0) -> never",
     .doc = "Ends the program at once; the low 8 bits of `code` are its exit code.",
     .example = "print(1)\nexit(0)\nprint(2) => 1",
     .errors = kExitType},
};

}  // namespace

absl::Span<const NativeFunction> CoreBuiltins() { return kTable; }

}  // namespace ruff
