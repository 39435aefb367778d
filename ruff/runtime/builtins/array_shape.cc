// Arrays cut into pieces and put together.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"

namespace ruff {
namespace {

constexpr uint64_t kSmallArrayBytes = sizeof(Array) + 2 * sizeof(Value);  // of a pair
constexpr uint64_t kMaxElementBytes = sizeof(Value);

// The clamped count or size argument of take, skip, chunk, windows.
uint64_t CountOf(Value number, uint64_t limit) {
  const int64_t n = IntOf(number);
  return n <= 0 ? 0 : std::min(static_cast<uint64_t>(n), limit);
}

Value Chunk(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail("chunk() requires 2 arguments: array and size");
  if (!args[1].IsNumber()) return context.Fail("chunk() size must be a number");
  const auto* a = args[0].As<Array>();
  const uint64_t asked = CountOf(args[1], a->size);
  const uint64_t size = asked == 0 ? a->size : asked;
  Array* chunks = NewArray(0, Array::kValues);
  for (uint64_t begin = 0; begin < a->size; begin += size) {
    ArrayPush(chunks, Value::Heap(ArraySlice(a, begin, std::min(begin + size, a->size))));
  }
  return Value::Heap(chunks);
}

Value Flatten(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail("flatten() requires an array argument");
  const auto* a = args[0].As<Array>();
  if (a->storage() != Array::kValues) return Retain(args[0]);
  uint64_t size = 0;
  for (uint64_t i = 0; i < a->size; ++i) {
    size += a->values[i].IsArray() ? a->values[i].As<Array>()->size : 1;
  }
  if (!CanMakeArray(size)) return FailTooLarge(context, "flatten");
  Array* flat = NewArray();
  for (uint64_t i = 0; i < a->size; ++i) {
    const Value v = a->values[i];
    if (v.IsArray()) {
      ArrayAppend(flat, v.As<Array>(), 0, v.As<Array>()->size);
    } else {
      ArrayPush(flat, Retain(v));
    }
  }
  return Value::Heap(flat);
}

Value NewPairInOneStorage(Value first, Value second) {
  Array* pair = NewArray(2);
  ArrayPush(pair, first);
  ArrayPush(pair, second);
  return Value::Heap(pair);
}

Value Zip(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray() || !args[1].IsArray()) {
    return context.Fail("zip() requires 2 array arguments");
  }
  const auto* a = args[0].As<Array>();
  const auto* b = args[1].As<Array>();
  const uint64_t size = std::min(a->size, b->size);
  if (!CanMakeArray(size, kMaxElementBytes + kSmallArrayBytes)) {
    return FailTooLarge(context, "zip");
  }
  Array* pairs = NewArray(size, Array::kValues);
  for (uint64_t i = 0; i < size; ++i) {
    ArrayPush(pairs, NewPairInOneStorage(Retain(ArrayGet(a, i)), Retain(ArrayGet(b, i))));
  }
  return Value::Heap(pairs);
}

Value Enumerate(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail("enumerate() requires an array argument");
  const auto* a = args[0].As<Array>();
  if (!CanMakeArray(a->size, kMaxElementBytes + kSmallArrayBytes)) {
    return FailTooLarge(context, "enumerate");
  }
  Array* pairs = NewArray(a->size, Array::kValues);
  for (uint64_t i = 0; i < a->size; ++i) {
    ArrayPush(pairs,
              NewPairInOneStorage(Value::Int(static_cast<int64_t>(i)), Retain(ArrayGet(a, i))));
  }
  return Value::Heap(pairs);
}

Value Take(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail("take() requires 2 arguments: array and count");
  if (!args[1].IsNumber()) return context.Fail("take() count must be a number");
  const auto* a = args[0].As<Array>();
  return Value::Heap(ArraySlice(a, 0, CountOf(args[1], a->size)));
}

Value Skip(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail("skip() requires 2 arguments: array and count");
  if (!args[1].IsNumber()) return context.Fail("skip() count must be a number");
  const auto* a = args[0].As<Array>();
  return Value::Heap(ArraySlice(a, CountOf(args[1], a->size), a->size));
}

Value Windows(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail("windows() requires 2 arguments: array and size");
  if (!args[1].IsNumber()) return context.Fail("windows() size must be a number");
  const auto* a = args[0].As<Array>();
  const int64_t asked = IntOf(args[1]);
  if (asked <= 0 || static_cast<uint64_t>(asked) > a->size) return Value::Heap(NewArray());
  const auto width = static_cast<uint64_t>(asked);
  const uint64_t count = a->size - width + 1;
  const uint64_t element = ArrayElementSize(a->storage());
  uint64_t bytes;
  if (__builtin_mul_overflow(count, kMaxElementBytes + sizeof(Array) + width * element, &bytes) ||
      !CanMakeArray(bytes, 1)) {
    return FailTooLarge(context, "windows");
  }
  Array* windows = NewArray(count, Array::kValues);
  for (uint64_t i = 0; i < count; ++i) {
    ArrayPush(windows, Value::Heap(ArraySlice(a, i, i + width)));
  }
  return Value::Heap(windows);
}

constexpr NativeFunction kTable[] = {
    {.name = "chunk",
     .min_args = 2,
     .max_args = 2,
     .body = Chunk,
     .signature = "chunk(array: array, size: number) -> array",
     .doc = "The array in pieces of `size` elements, the last one maybe shorter; one piece for a "
            "size below 1.",
     .example = "print(chunk([1, 2, 3], 2)) => [[1, 2], [3]]",
     .errors = "chunk() requires 2 arguments: array and size\nchunk() size must be a number"},
    {.name = "flatten",
     .min_args = 1,
     .max_args = 1,
     .body = Flatten,
     .signature = "flatten(array: array) -> array",
     .doc = "The array with the elements of its inner arrays in their place, one level deep.",
     .example = "print(flatten([[1, 2], 3, [[4]]])) => [1, 2, 3, [4]]",
     .errors = "flatten() requires an array argument\nflatten() result exceeds maximum size",
     .arity_error = "flatten expects 1 argument, got {}"},
    {.name = "zip",
     .min_args = 2,
     .max_args = 2,
     .body = Zip,
     .signature = "zip(a: array, b: array) -> array",
     .doc = "Pairs of the elements at equal positions, as many as the shorter array has.",
     .example = "print(zip([1, 2, 3], [\"a\", \"b\"])) => [[1, a], [2, b]]",
     .errors = "zip() requires 2 array arguments\nzip() result exceeds maximum size"},
    {.name = "enumerate",
     .min_args = 1,
     .max_args = 1,
     .body = Enumerate,
     .signature = "enumerate(array: array) -> array",
     .doc = "Pairs of position and element.",
     .example = "print(enumerate([\"a\", \"b\"])) => [[0, a], [1, b]]",
     .errors = "enumerate() requires an array argument\nenumerate() result exceeds maximum size",
     .arity_error = "enumerate expects 1 argument, got {}"},
    {.name = "take",
     .min_args = 2,
     .max_args = 2,
     .body = Take,
     .signature = "take(array: array, count: number) -> array",
     .doc = "The first `count` elements.",
     .example = "print(take([1, 2, 3], 2)) => [1, 2]",
     .errors = "take() requires 2 arguments: array and count\ntake() count must be a number"},
    {.name = "skip",
     .min_args = 2,
     .max_args = 2,
     .body = Skip,
     .signature = "skip(array: array, count: number) -> array",
     .doc = "The elements after the first `count`.",
     .example = "print(skip([1, 2, 3], 2)) => [3]",
     .errors = "skip() requires 2 arguments: array and count\nskip() count must be a number"},
    {.name = "windows",
     .min_args = 2,
     .max_args = 2,
     .body = Windows,
     .signature = "windows(array: array, size: number) -> array",
     .doc =
         "All runs of `size` neighbouring elements; [] when there are none or `size` is below 1.",
     .example = "print(windows([1, 2, 3], 2)) => [[1, 2], [2, 3]]",
     .errors = "windows() requires 2 arguments: array and size\nwindows() size must be a number\n"
               "windows() result exceeds maximum size"},
};

}  // namespace

absl::Span<const NativeFunction> ArrayShapeBuiltins() { return kTable; }

}  // namespace ruff
