// Arrays: adding, removing, ordering, summing.

#include <algorithm>
#include <cmath>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/element.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/dict.h"

namespace ruff {
namespace {

constexpr std::string_view kRemoveError =
    "remove() requires an array or dictionary-like value with a valid key/item";
constexpr std::string_view kSliceErrors =
    "slice() requires array or bytes and numeric start/end arguments\n"
    "slice() start must be a number\nslice() end must be a number";

// Takes over the array in args[0]; the result has one owner.
Array* TakeUnique(Value* args) { return UniqueArray(TakeArgument(args, 0).As<Array>()); }

template <typename T>
void MoveLastTo(T* data, uint64_t size, uint64_t index) {
  const T last = data[size - 1];
  std::memmove(data + index + 1, data + index, (size - 1 - index) * sizeof(T));
  data[index] = last;
}

template <typename T>
void CloseGap(T* data, uint64_t size, uint64_t index) {
  std::memmove(data + index, data + index + 1, (size - 1 - index) * sizeof(T));
}

// Moves element `index` out of a unique array.
Value ExtractElement(Array* a, uint64_t index) {
  const Value item = ArrayGet(a, index);
  switch (a->storage()) {
    case Array::kInts:
      CloseGap(a->ints, a->size, index);
      break;
    case Array::kFloats:
      CloseGap(a->floats, a->size, index);
      break;
    case Array::kBools:
      CloseGap(a->bools, a->size, index);
      break;
    default:
      CloseGap(a->values, a->size, index);
      break;
  }
  --a->size;
  return item;
}

Value PushNamed(NativeContext& context, Value* args, std::string_view name) {
  if (!args[0].IsArray()) {
    return context.Fail(absl::StrCat(name, "() requires an array as the first argument"));
  }
  Array* a = TakeUnique(args);
  ArrayPush(a, TakeArgument(args, 1));
  return Value::Heap(a);
}

Value Push(NativeContext& context, Value* args, uint32_t) {
  return PushNamed(context, args, "push");
}
Value Append(NativeContext& context, Value* args, uint32_t) {
  return PushNamed(context, args, "append");
}

Value Pop(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail("pop() requires an array argument");
  Array* a = TakeUnique(args);
  const Value item = a->size == 0 ? Value::Int(0) : ExtractElement(a, a->size - 1);
  return NewPair(Value::Heap(a), item);
}

Value FailOutOfBounds(NativeContext& context, std::string_view name, int64_t index, uint64_t size) {
  return context.Fail(
      absl::StrCat(name, "() index ", index, " out of bounds for array of length ", size));
}

Value Insert(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) {
    return context.Fail("insert() requires 3 arguments: array, index, and item");
  }
  if (!args[1].IsNumber()) return context.Fail("insert() index must be a number");
  const int64_t index = IntOf(args[1]);
  const uint64_t size = args[0].As<Array>()->size;
  if (index < 0 || static_cast<uint64_t>(index) > size) {
    return FailOutOfBounds(context, "insert", index, size);
  }
  Array* a = TakeUnique(args);
  ArrayPush(a, TakeArgument(args, 2));
  const auto at = static_cast<uint64_t>(index);
  switch (a->storage()) {
    case Array::kInts:
      MoveLastTo(a->ints, a->size, at);
      break;
    case Array::kFloats:
      MoveLastTo(a->floats, a->size, at);
      break;
    case Array::kBools:
      MoveLastTo(a->bools, a->size, at);
      break;
    default:
      MoveLastTo(a->values, a->size, at);
      break;
  }
  return Value::Heap(a);
}

Value RemoveKey(Value* args) {
  Dict* d = UniqueDict(TakeArgument(args, 0).As<Dict>());
  Value removed = Value::Int(0);
  DictRemove(d, args[1], &removed);
  return NewPair(Value::Heap(d), removed);
}

Value Remove(NativeContext& context, Value* args, uint32_t) {
  if (args[0].IsDict() && IsDictKey(args[1])) return RemoveKey(args);
  if (!args[0].IsArray()) return context.Fail(std::string(kRemoveError));
  const int64_t index = FindElement(args[0].As<Array>(), args[1]);
  if (index < 0) return TakeArgument(args, 0);
  Array* a = TakeUnique(args);
  Release(ExtractElement(a, static_cast<uint64_t>(index)));
  return Value::Heap(a);
}

Value RemoveAt(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) {
    return context.Fail("remove_at() requires 2 arguments: array and index");
  }
  if (!args[1].IsNumber()) return context.Fail("remove_at() index must be a number");
  const int64_t index = IntOf(args[1]);
  const uint64_t size = args[0].As<Array>()->size;
  if (index < 0 || static_cast<uint64_t>(index) >= size) {
    return FailOutOfBounds(context, "remove_at", index, size);
  }
  Array* a = TakeUnique(args);
  const Value item = ExtractElement(a, static_cast<uint64_t>(index));
  return NewPair(Value::Heap(a), item);
}

Value Clear(NativeContext& context, Value* args, uint32_t) {
  if (args[0].IsArray()) return Value::Heap(NewArray());
  if (args[0].IsDict()) return Value::Heap(NewDict());
  return context.Fail("clear() requires an array or dict argument");
}

bool IsFiniteNumber(Value v) { return v.IsInt() || (v.IsFloat() && std::isfinite(v.d)); }

// A slice bound as an offset: negative counts from the end, then clamped.
uint64_t ClampBound(int64_t bound, uint64_t size) {
  const auto n = static_cast<int64_t>(size);
  if (bound < 0) bound += n;
  return static_cast<uint64_t>(std::clamp<int64_t>(bound, 0, n));
}

Value Slice(NativeContext& context, Value* args, uint32_t) {
  const bool bytes = args[0].Is(Kind::kBytes);
  if (!args[0].IsArray() && !bytes) {
    return context.Fail("slice() requires array or bytes and numeric start/end arguments");
  }
  if (!IsFiniteNumber(args[1])) return context.Fail("slice() start must be a number");
  if (!IsFiniteNumber(args[2])) return context.Fail("slice() end must be a number");
  const uint64_t size = bytes ? args[0].As<Bytes>()->size : args[0].As<Array>()->size;
  const uint64_t begin = ClampBound(IntOf(args[1]), size);
  const uint64_t end = std::max(begin, ClampBound(IntOf(args[2]), size));
  if (bytes) {
    return Value::Heap(NewBytes(args[0].As<Bytes>()->view().substr(begin, end - begin)));
  }
  return Value::Heap(ArraySlice(args[0].As<Array>(), begin, end));
}

Value Concat(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray() || !args[1].IsArray()) {
    return context.Fail("concat() requires two array arguments");
  }
  const auto* b = args[1].As<Array>();
  if (!CanMakeArray(args[0].As<Array>()->size + b->size)) return FailTooLarge(context, "concat");
  Array* a = TakeUnique(args);
  ArrayAppend(a, b, 0, b->size);
  return Value::Heap(a);
}

Value Sort(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail("sort requires an array argument");
  Array* a = TakeUnique(args);
  SortArray(a);
  return Value::Heap(a);
}

// The elements of args[0] in the order of their keys, args[1].
Value SortByKeys(NativeContext&, Value* args, uint32_t) {
  const auto* a = args[0].As<Array>();
  const std::vector<uint64_t> order = SortedOrder(args[1].As<Array>());
  Array* sorted = NewArray(a->size, a->storage());
  if (a->storage() == Array::kInts) {
    for (uint64_t i = 0; i < a->size; ++i) sorted->ints[i] = a->ints[order[i]];
    sorted->size = a->size;
  } else {
    for (const uint64_t i : order) ArrayPush(sorted, Retain(ArrayGet(a, i)));
  }
  return Value::Heap(sorted);
}

// args[0], a dict of arrays, with args[2] at the end of the array of key args[1].
Value AddToGroup(NativeContext& context, Value* args, uint32_t) {
  if (!IsDictKey(args[1])) return context.Fail("Dict keys must be strings");
  Dict* groups = UniqueDict(TakeArgument(args, 0).As<Dict>());
  bool inserted;
  Value* group = DictFindOrInsert(groups, args[1], &inserted);
  Array* a = inserted ? NewArray() : UniqueArray(group->As<Array>());
  ArrayPush(a, TakeArgument(args, 2));
  *group = Value::Heap(a);
  return Value::Heap(groups);
}

Value Reverse(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail("reverse requires an array argument");
  Array* a = TakeUnique(args);
  switch (a->storage()) {
    case Array::kInts:
      std::reverse(a->ints, a->ints + a->size);
      break;
    case Array::kFloats:
      std::reverse(a->floats, a->floats + a->size);
      break;
    case Array::kBools:
      std::reverse(a->bools, a->bools + a->size);
      break;
    default:
      std::reverse(a->values, a->values + a->size);
      break;
  }
  return Value::Heap(a);
}

Value Unique(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail("unique requires an array argument");
  return Value::Heap(UniqueElements(args[0].As<Array>()));
}

Value Sum(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail("sum requires an array argument");
  const auto* a = args[0].As<Array>();
  int64_t ints = 0;
  uint64_t i = 0;
  for (; i < a->size; ++i) {
    const Value v = ArrayGet(a, i);
    if (v.IsFloat()) break;
    if (!v.IsInt()) continue;
    int64_t next;
    if (__builtin_add_overflow(ints, v.i, &next)) {
      return context.Fail(absl::StrCat("Integer overflow: ", ints, " + ", v.i));
    }
    ints = next;
  }
  if (i == a->size) return Value::Int(ints);
  double sum = static_cast<double>(ints);
  for (; i < a->size; ++i) {
    const Value v = ArrayGet(a, i);
    if (v.IsNumber()) sum += FloatOf(v);
  }
  return Value::Float(sum);
}

constexpr NativeFunction kTable[] = {
    {.name = "push",
     .min_args = 2,
     .max_args = 2,
     .body = Push,
     .flags = NativeFunction::kConsumes,
     .signature = "push(array: array, value: any) -> array",
     .doc = "The array with `value` at its end.",
     .example = "print(push([1, 2], 3)) => [1, 2, 3]",
     .errors = "push() requires an array as the first argument"},
    {.name = "append",
     .min_args = 2,
     .max_args = 2,
     .body = Append,
     .flags = NativeFunction::kConsumes,
     .signature = "append(array: array, value: any) -> array",
     .doc = "The same as `push`.",
     .example = "print(append([1], 2)) => [1, 2]",
     .errors = "append() requires an array as the first argument"},
    {.name = "pop",
     .min_args = 1,
     .max_args = 1,
     .body = Pop,
     .flags = NativeFunction::kConsumes,
     .signature = "pop(array: array) -> [array, any]",
     .doc = "The array without its last element, and that element (the int 0 for an empty array).",
     .example = "print(pop([1, 2, 3])) => [[1, 2], 3]",
     .errors = "pop() requires an array argument",
     .arity_error = "pop expects 1 argument, got {}"},
    {.name = "insert",
     .min_args = 3,
     .max_args = 3,
     .body = Insert,
     .flags = NativeFunction::kConsumes,
     .signature = "insert(array: array, index: number, value: any) -> array",
     .doc = "The array with `value` before position `index`, from 0 up to the length.",
     .example = "print(insert([1, 3], 1, 2)) => [1, 2, 3]",
     .errors = "insert() requires 3 arguments: array, index, and item\n"
               "insert() index must be a number\n"
               "insert() index I out of bounds for array of length N"},
    {.name = "remove",
     .min_args = 2,
     .max_args = 2,
     .body = Remove,
     .flags = NativeFunction::kConsumes,
     .signature = "remove(array: array, value: any) -> array; remove(dict: dict, key: string | "
                  "number) -> [dict, any]",
     .doc = "The array without the first element of the type and content of `value`; or the dict "
            "without a key, and the key's value (the int 0 when absent).",
     .example = "print(remove([1, 2, 1], 1), remove({\"a\": 5}, \"a\")) => [2, 1] [{}, 5]",
     .errors = kRemoveError},
    {.name = "remove_at",
     .min_args = 2,
     .max_args = 2,
     .body = RemoveAt,
     .flags = NativeFunction::kConsumes,
     .signature = "remove_at(array: array, index: number) -> [array, any]",
     .doc = "The array without the element at `index`, and that element.",
     .example = "print(remove_at([1, 2, 3], 0)) => [[2, 3], 1]",
     .errors = "remove_at() requires 2 arguments: array and index\n"
               "remove_at() index must be a number\n"
               "remove_at() index I out of bounds for array of length N"},
    {.name = "clear",
     .min_args = 1,
     .max_args = 1,
     .body = Clear,
     .signature = "clear(collection: array | dict) -> array | dict",
     .doc = "An empty collection of the same kind.",
     .example = "print(clear([1, 2]), clear({\"a\": 1})) => [] {}",
     .errors = "clear() requires an array or dict argument",
     .arity_error = "clear expects 1 argument, got {}"},
    {.name = "slice",
     .min_args = 3,
     .max_args = 3,
     .body = Slice,
     .signature = "slice(x: array | bytes, start: number, end: number) -> array | bytes",
     .doc = "The elements from `start` up to, not including, `end`; negative positions count from "
            "the end.",
     .example = "print(slice([1, 2, 3, 4], 1, -1)) => [2, 3]",
     .errors = kSliceErrors},
    {.name = "concat",
     .min_args = 2,
     .max_args = 2,
     .body = Concat,
     .flags = NativeFunction::kConsumes,
     .signature = "concat(a: array, b: array) -> array",
     .doc = "The elements of `a`, then those of `b`.",
     .example = "print(concat([1], [2, 3])) => [1, 2, 3]",
     .errors = "concat() requires two array arguments\nconcat() result exceeds maximum size"},
    {.name = "sort",
     .min_args = 1,
     .max_args = 1,
     .body = Sort,
     .flags = NativeFunction::kConsumes,
     .signature = "sort(array: array) -> array",
     .doc = "The elements in ascending order, stably: numbers, then strings by their bytes, then "
            "everything else as it stood.",
     .example = "print(sort([3, \"b\", 1.5, \"a\"])) => [1.5, 3, a, b]",
     .errors = "sort requires an array argument",
     .arity_error = "sort expects 1 argument, got {}"},
    {.name = "__sort_by_keys",
     .min_args = 2,
     .max_args = 2,
     .body = SortByKeys,
     .flags = NativeFunction::kHidden},
    {.name = "__add_to_group",
     .min_args = 3,
     .max_args = 3,
     .body = AddToGroup,
     .flags = NativeFunction::kHidden | NativeFunction::kConsumes},
    {.name = "reverse",
     .min_args = 1,
     .max_args = 1,
     .body = Reverse,
     .flags = NativeFunction::kConsumes,
     .signature = "reverse(array: array) -> array",
     .doc = "The elements in reverse order.",
     .example = "print(reverse([1, 2, 3])) => [3, 2, 1]",
     .errors = "reverse requires an array argument",
     .arity_error = "reverse expects 1 argument, got {}"},
    {.name = "unique",
     .min_args = 1,
     .max_args = 1,
     .body = Unique,
     .signature = "unique(array: array) -> array",
     .doc = "The first occurrences of the elements; values of different types are different.",
     .example = "print(unique([1, 2, 1, 1.0])) => [1, 2, 1]",
     .errors = "unique requires an array argument",
     .arity_error = "unique expects 1 argument, got {}"},
    {.name = "sum",
     .min_args = 1,
     .max_args = 1,
     .body = Sum,
     .signature = "sum(array: array) -> int | float",
     .doc = "The sum of the numbers among the elements: an int until the first float comes.",
     .example = "print(sum([1, 2, \"x\", 0.5])) => 3.5",
     .errors = "sum requires an array argument\nInteger overflow: A + B",
     .arity_error = "sum expects 1 argument, got {}"},
};

}  // namespace

absl::Span<const NativeFunction> ArrayBuiltins() { return kTable; }

}  // namespace ruff
