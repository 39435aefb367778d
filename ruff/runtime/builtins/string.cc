// Searching, cutting and joining strings. Positions and lengths are code points.

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/bounded_text.h"
#include "ruff/runtime/builtins/element.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/builtins/text.h"
#include "ruff/runtime/builtins/text_finder.h"

namespace ruff {
namespace {

constexpr std::string_view kContainsErrors =
    "contains() first argument must be a string, array, or dictionary\n"
    "contains() requires two arguments: string/array and substring/item";
constexpr std::string_view kIndexOfErrors =
    "index_of() first argument must be a string or array\n"
    "index_of() requires two arguments: string/array and substring/item";
constexpr std::string_view kStartsWithError =
    "starts_with() requires string and prefix string arguments";
constexpr std::string_view kEndsWithError =
    "ends_with() requires string and suffix string arguments";
constexpr std::string_view kReplaceError =
    "replace() requires string, from-string, and to-string arguments";
constexpr std::string_view kSplitErrors =
    "split() requires string and delimiter string arguments\nsplit() result exceeds maximum size";
constexpr std::string_view kJoinError = "join() requires array and separator string arguments";
constexpr std::string_view kReplaceErrors =
    "replace() requires string, from-string, and to-string arguments\n"
    "replace() result exceeds maximum size";
constexpr std::string_view kJoinErrors =
    "join() requires array and separator string arguments\n"
    "join() result exceeds maximum size";
constexpr std::string_view kSubstringErrors =
    "substring() requires a string argument for value\n"
    "substring() start and end must be a number";
constexpr std::string_view kCharAtErrors =
    "char_at() requires a string argument for value\nchar_at() index must be a number";

Value Substring(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail("substring() requires a string argument for value");
  if (!args[1].IsNumber() || !args[2].IsNumber()) {
    return context.Fail("substring() start and end must be a number");
  }
  auto* s = args[0].As<String>();
  const int64_t start = std::max<int64_t>(IntOf(args[1]), 0);
  const int64_t end = std::min<int64_t>(IntOf(args[2]), s->code_points);
  if (end <= start) return NewText("");
  const uint32_t first = StringOffset(s, static_cast<uint32_t>(start));
  const uint32_t last = StringOffset(s, static_cast<uint32_t>(end));
  return Value::Heap(CutString(s, first, last));
}

Value CharAt(NativeContext& context, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsString())
    return context.Fail("char_at() requires a string argument for value");
  if (!Argument(args, count, 1).IsNumber()) return context.Fail("char_at() index must be a number");
  auto* s = args[0].As<String>();
  const int64_t index = std::max<int64_t>(IntOf(args[1]), 0);
  if (index >= s->code_points) return NewText("");
  return Value::Heap(StringAt(s, static_cast<uint32_t>(index)));
}

Value Contains(NativeContext& context, Value* args, uint32_t) {
  if (args[0].IsArray()) {
    return Value::Bool(FindElement(args[0].As<Array>(), args[1]) >= 0);
  }
  if (args[0].IsDict()) {
    if (!IsDictKey(args[1]))
      return context.Fail("contains() requires two arguments: string/array and substring/item");
    return Value::Bool(!DictGet(args[0].As<Dict>(), args[1]).Is(Kind::kUnset));
  }
  if (!args[0].IsString())
    return context.Fail("contains() first argument must be a string, array, or dictionary");
  if (!args[1].IsString())
    return context.Fail("contains() requires two arguments: string/array and substring/item");
  return Value::Int(FindText(TextOf(args[0]), TextOf(args[1])) != kNotFound);
}

Value IndexOf(NativeContext& context, Value* args, uint32_t) {
  if (args[0].IsArray()) return Value::Int(FindElement(args[0].As<Array>(), args[1]));
  if (!args[0].IsString())
    return context.Fail("index_of() first argument must be a string or array");
  if (!args[1].IsString())
    return context.Fail("index_of() requires two arguments: string/array and substring/item");
  const auto* s = args[0].As<String>();
  const size_t at = FindText(s->view(), TextOf(args[1]));
  if (at == kNotFound) return Value::Int(-1);
  const size_t index = s->ascii() ? at : CountCharacters(s->view().substr(0, at));
  return Value::Int(static_cast<int64_t>(index));
}

Value StartsWith(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) {
    return context.Fail(std::string(kStartsWithError));
  }
  return Value::Bool(TextOf(args[0]).starts_with(TextOf(args[1])));
}

Value EndsWith(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) {
    return context.Fail(std::string(kEndsWithError));
  }
  return Value::Bool(TextOf(args[0]).ends_with(TextOf(args[1])));
}

// `to` before the first, between all, and after the last code point of `s`.
Value Intersperse(NativeContext& context, const String* s, const String* to) {
  const uint64_t size = s->size + (s->code_points + uint64_t{1}) * to->size;
  if (!CanMakeString(size)) return FailTooLarge(context, "replace");
  TextWriter out(size, s->ascii() && to->ascii());
  out.Append(to->view());
  std::string_view rest = s->view();
  while (!rest.empty()) {
    const auto length = static_cast<size_t>(Utf8Length(rest[0]));
    out.Append(rest.substr(0, length));
    out.Append(to->view());
    rest.remove_prefix(length);
  }
  return out.Finish();
}

Value Replace(NativeContext& context, Value* args, uint32_t count) {
  for (uint32_t i = 0; i < 3; ++i) {
    if (!Argument(args, count, i).IsString()) return context.Fail(std::string(kReplaceError));
  }
  const auto* s = args[0].As<String>();
  const auto* from = args[1].As<String>();
  const auto* to = args[2].As<String>();
  const std::string_view text = s->view();
  if (from->size == 0) return Intersperse(context, s, to);
  if (from->size == 1 && to->size == 1) {
    TextWriter out(text.size(), s->ascii());
    std::replace_copy(text.begin(), text.end(), out.Extend(text.size()), from->data[0],
                      to->data[0]);
    return out.Finish();
  }
  const uint64_t matches = CountText(text, from->view());
  if (matches == 0) return Retain(args[0]);
  const uint64_t size = text.size() - matches * from->size + matches * to->size;
  if (!CanMakeString(size)) return FailTooLarge(context, "replace");
  TextWriter out(size, s->ascii() && to->ascii());
  size_t begin = 0;
  for (TextFinder finder(text, from->view()); finder.Next(); begin = finder.end()) {
    out.Append(s, begin, finder.begin());
    out.Append(to->view());
  }
  out.Append(text.substr(begin));
  return out.Finish();
}

// Characters one by one, between two empty strings.
Value SplitCharacters(String* s) {
  Array* parts = NewArray(s->code_points + uint64_t{2}, Array::kValues);
  ArrayPush(parts, NewText(""));
  for (size_t at = 0; at < s->size;) {
    const size_t begin = at;
    at += static_cast<size_t>(Utf8Length(s->data[at]));
    ArrayPush(parts, Value::Heap(CutString(s, begin, at)));
  }
  ArrayPush(parts, NewText(""));
  return Value::Heap(parts);
}

Value Split(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) {
    return context.Fail("split() requires string and delimiter string arguments");
  }
  auto* s = args[0].As<String>();
  const std::string_view separator = TextOf(args[1]);
  const uint64_t size = separator.empty() ? s->code_points : CountText(s->view(), separator) + 1;
  if (!CanMakeArray(size, sizeof(Value) + sizeof(String))) return FailTooLarge(context, "split");
  if (separator.empty()) return SplitCharacters(s);
  Array* parts = NewArray(size, Array::kValues);
  Value* part = parts->values;
  size_t begin = 0;
  for (TextFinder finder(s->view(), separator); finder.Next(); begin = finder.end()) {
    *part++ = Value::Heap(CutString(s, begin, finder.begin()));
  }
  *part = Value::Heap(CutString(s, begin, s->size));
  parts->size = size;
  return Value::Heap(parts);
}

// Joins strings: the size is known before the first byte is copied.
Value JoinStrings(NativeContext& context, const Array* a, const String* separator) {
  uint64_t size = (a->size - 1) * separator->size;
  bool ascii = separator->ascii();
  for (uint64_t i = 0; i < a->size; ++i) {
    const auto* s = a->values[i].As<String>();
    size += s->size;
    ascii = ascii && s->ascii();
  }
  if (!CanMakeString(size)) return FailTooLarge(context, "join");
  TextWriter out(size, ascii);
  for (uint64_t i = 0; i < a->size; ++i) {
    if (i > 0) out.Append(separator->view());
    out.Append(a->values[i].As<String>());
  }
  return out.Finish();
}

Value Join(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray() || !args[1].IsString()) return context.Fail(std::string(kJoinError));
  const auto* a = args[0].As<Array>();
  const auto* separator = args[1].As<String>();
  if (a->size == 0) return NewText("");
  const bool strings =
      a->storage() == Array::kValues &&
      std::all_of(a->values, a->values + a->size, [](Value v) { return v.IsString(); });
  if (strings) return JoinStrings(context, a, separator);
  BoundedText out;
  std::string text;
  for (uint64_t i = 0; i < a->size; ++i) {
    const Value v = ArrayGet(a, i);
    const bool scalar = v.IsString() || v.IsNumber() || v.Is(Kind::kBool);
    text.clear();
    if ((i > 0 && !out.Append(separator->view())) ||
        !AppendForm(v, scalar ? Form::kText : Form::kDiagnostic, &text) || !out.Append(text)) {
      return FailTooLarge(context, "join");
    }
  }
  return out.Finish();
}

constexpr NativeFunction kTable[] = {
    {.name = "substring",
     .min_args = 3,
     .max_args = 3,
     .body = Substring,
     .signature = "substring(s: string, start: number, end: number) -> string",
     .doc = "The characters from `start` up to, not including, `end`, both clamped to the string.",
     .example = "print(substring(\"hello\", 1, 3)) => el",
     .errors = kSubstringErrors},
    {.name = "substr",
     .min_args = 3,
     .max_args = 3,
     .body = Substring,
     .signature = "substr(s: string, start: number, end: number) -> string",
     .doc = "The same as `substring`.",
     .example = "print(substr(\"hello\", 1, 3)) => el",
     .errors = kSubstringErrors,
     .alias_of = "substring"},
    {.name = "char_at",
     .min_args = 0,
     .max_args = kVariadic,
     .body = CharAt,
     .signature = "char_at(s: string, index: number) -> string",
     .doc = "The character at `index` (negative: the first one); \"\" beyond the end.",
     .example = "print(char_at(\"héllo\", 1)) => é",
     .errors = kCharAtErrors},
    {.name = "contains",
     .min_args = 2,
     .max_args = 2,
     .body = Contains,
     .signature = "contains(s: string, part: string) -> int; contains(collection: array | dict, "
                  "item: any) -> bool",
     .doc = "Whether a string has a substring (1 or 0), an array an element of the same type and "
            "content, or a dict a key.",
     .example = "print(contains(\"hello\", \"ell\"), contains([1, 2], 3)) => 1 false",
     .errors = kContainsErrors},
    {.name = "index_of",
     .min_args = 2,
     .max_args = 2,
     .body = IndexOf,
     .signature = "index_of(s: string, part: string) -> int; index_of(array: array, item: any) -> "
                  "int",
     .doc = "Where a substring or an element of the same type and content first stands; -1 when "
            "there is none.",
     .example = "print(index_of(\"hello\", \"l\"), index_of([1, 2], 3)) => 2 -1",
     .errors = kIndexOfErrors},
    {.name = "starts_with",
     .min_args = 2,
     .max_args = 2,
     .body = StartsWith,
     .signature = "starts_with(s: string, prefix: string) -> bool",
     .doc = "Whether `s` begins with `prefix`.",
     .example = "print(starts_with(\"hello\", \"he\")) => true",
     .errors = kStartsWithError},
    {.name = "ends_with",
     .min_args = 2,
     .max_args = 2,
     .body = EndsWith,
     .signature = "ends_with(s: string, suffix: string) -> bool",
     .doc = "Whether `s` ends with `suffix`.",
     .example = "print(ends_with(\"hello\", \"lo\")) => true",
     .errors = kEndsWithError},
    {.name = "replace",
     .min_args = 3,
     .max_args = 3,
     .body = Replace,
     .signature = "replace(s: string, from: string, to: string) -> string",
     .doc = "`s` with every occurrence of `from` replaced; an empty `from` stands at every "
            "boundary of characters.",
     .example = "print(replace(\"a-b-c\", \"-\", \"+\")) => a+b+c",
     .errors = kReplaceErrors},
    {.name = "replace_str",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Replace,
     .signature = "replace_str(s: string, from: string, to: string) -> string",
     .doc = "The same as `replace`.",
     .example = "print(replace_str(\"a-b\", \"-\", \"+\")) => a+b",
     .errors = kReplaceErrors},
    {.name = "split",
     .min_args = 2,
     .max_args = 2,
     .body = Split,
     .signature = "split(s: string, separator: string) -> array",
     .doc = "The parts between separators, empty ones included; an empty separator splits at every "
            "boundary of characters.",
     .example = "print(split(\"a,b,,c\", \",\")) => [a, b, , c]",
     .errors = kSplitErrors},
    {.name = "join",
     .min_args = 2,
     .max_args = 2,
     .body = Join,
     .signature = "join(array: array, separator: string) -> string",
     .doc = "The elements as text with `separator` between them; elements that are neither "
            "strings, numbers nor bools appear in diagnostic form.",
     .example = "print(join([\"a\", 1, true], \"-\")) => a-1-true",
     .errors = kJoinErrors},
};

}  // namespace

absl::Span<const NativeFunction> StringBuiltins() { return kTable; }

}  // namespace ruff
