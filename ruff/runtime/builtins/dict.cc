// Dicts. Programs see their keys as strings, in ascending byte order.

#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"

namespace ruff {
namespace {

// Calls f(entry) in key order.
template <typename F>
void ForEachInOrder(const Dict* d, F f) {
  const uint32_t* order = DictOrder(d);
  for (uint32_t i = 0; i < d->size; ++i) f(d->entries[order[i]]);
}

Value KeyText(const DictEntry& entry) { return Value::Heap(DictKeyText(entry.key)); }

template <typename F>
Value ListOf(const Value* args, uint32_t count, F element) {
  if (!Argument(args, count, 0).IsDict()) return Value::Heap(NewArray());
  const auto* d = args[0].As<Dict>();
  Array* out = NewArray(d->size);
  ForEachInOrder(d, [&](const DictEntry& entry) { ArrayPush(out, element(entry)); });
  return Value::Heap(out);
}

Value Keys(NativeContext&, Value* args, uint32_t count) { return ListOf(args, count, KeyText); }

Value Values(NativeContext&, Value* args, uint32_t count) {
  return ListOf(args, count, [](const DictEntry& entry) { return Retain(entry.value); });
}

Value Items(NativeContext&, Value* args, uint32_t count) {
  return ListOf(args, count, [](const DictEntry& entry) {
    return NewPair(KeyText(entry), Retain(entry.value));
  });
}

// The value of key args[1] in dict args[0], borrowed; Unset when there is none.
Value Lookup(const Value* args, uint32_t count) {
  if (count < 2 || !args[0].IsDict()) return Value::Unset();
  return DictGet(args[0].As<Dict>(), args[1]);
}

Value HasKey(NativeContext&, Value* args, uint32_t count) {
  return Value::Int(Lookup(args, count).Is(Kind::kUnset) ? 0 : 1);
}

Value Get(NativeContext&, Value* args, uint32_t count) {
  const Value found = Lookup(args, count);
  if (!found.Is(Kind::kUnset)) return Retain(found);
  const bool has_default = count > 2 && args[0].IsDict();
  return has_default ? Retain(args[2]) : Value::Null();
}

Value GetDefault(NativeContext& context, Value* args, uint32_t count) {
  if (count < 3 || !args[0].IsDict()) {
    return context.Fail("get_default() requires 3 arguments: dict, key, default_value");
  }
  return Get(context, args, count);
}

Value Merge(NativeContext&, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsDict() || !Argument(args, count, 1).IsDict()) {
    return Value::Heap(NewDict());
  }
  Dict* d = UniqueDict(TakeArgument(args, 0).As<Dict>());
  DictUpdate(d, args[1].As<Dict>());
  return Value::Heap(d);
}

Value Invert(NativeContext& context, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsDict()) {
    return context.Fail("invert() requires a dict argument");
  }
  Dict* out = NewDict();
  ForEachInOrder(args[0].As<Dict>(), [&](const DictEntry& entry) {
    const Value v = entry.value;
    if (v.IsString() || v.IsInt()) {
      DictSet(out, v, KeyText(entry));
    } else if (v.IsFloat() || v.Is(Kind::kBool)) {
      std::string text;
      AppendText(v, &text);
      const Value key = NewText(text);
      DictSet(out, key, KeyText(entry));
      Release(key);
    }
  });
  return Value::Heap(out);
}

Value EmptyDict(NativeContext&, Value*, uint32_t) { return Value::Heap(NewDict()); }

constexpr NativeFunction kTable[] = {
    {.name = "dict",
     .min_args = 0,
     .max_args = 0,
     .body = EmptyDict,
     .signature = "dict() -> dict",
     .doc = "An empty dict.",
     .example = "print(dict()) => {}"},
    {.name = "keys",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Keys,
     .signature = "keys(dict: dict) -> array",
     .doc = "The keys in ascending order, as strings; [] for anything but a dict.",
     .example = "print(keys({\"b\": 1, \"a\": 2})) => [a, b]"},
    {.name = "values",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Values,
     .signature = "values(dict: dict) -> array",
     .doc = "The values in the order of their keys; [] for anything but a dict.",
     .example = "print(values({\"b\": 1, \"a\": 2})) => [2, 1]"},
    {.name = "items",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Items,
     .signature = "items(dict: dict) -> array",
     .doc = "Pairs of key and value in the order of the keys; [] for anything but a dict.",
     .example = "print(items({\"b\": 1, \"a\": 2})) => [[a, 2], [b, 1]]"},
    {.name = "has_key",
     .min_args = 0,
     .max_args = kVariadic,
     .body = HasKey,
     .signature = "has_key(dict: dict, key: string | number) -> int",
     .doc = "1 if the dict has the key, else 0.",
     .example = "print(has_key({\"a\": 1}, \"a\")) => 1"},
    {.name = "get",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Get,
     .signature = "get(dict: dict, key: string | number, default: any = null) -> any",
     .doc = "The value of the key, or the default.",
     .example = "print(get({\"a\": 1}, \"b\", 7)) => 7"},
    {.name = "get_default",
     .min_args = 0,
     .max_args = kVariadic,
     .body = GetDefault,
     .signature = "get_default(dict: dict, key: string | number, default: any) -> any",
     .doc = "As `get` with a default.",
     .example = "print(get_default({\"a\": 1}, \"a\", 7)) => 1",
     .errors = "get_default() requires 3 arguments: dict, key, default_value"},
    {.name = "merge",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Merge,
     .flags = NativeFunction::kConsumes,
     .signature = "merge(a: dict, b: dict) -> dict",
     .doc = "The entries of both, those of `b` winning; {} when one is no dict.",
     .example = "print(merge({\"a\": 1, \"b\": 2}, {\"b\": 3})) => {\"a\": 1, \"b\": 3}"},
    {.name = "update",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Merge,
     .flags = NativeFunction::kConsumes,
     .signature = "update(a: dict, b: dict) -> dict",
     .doc = "The same as `merge`.",
     .example = "print(update({\"a\": 1}, {\"a\": 2})) => {\"a\": 2}"},
    {.name = "invert",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Invert,
     .signature = "invert(dict: dict) -> dict",
     .doc = "Values that are strings, numbers or bools become keys, their keys values; the last "
            "key wins.",
     .example = "print(invert({\"a\": 1, \"b\": 2})) => {\"1\": a, \"2\": b}",
     .errors = "invert() requires a dict argument"},
};

}  // namespace

absl::Span<const NativeFunction> DictBuiltins() { return kTable; }

}  // namespace ruff
