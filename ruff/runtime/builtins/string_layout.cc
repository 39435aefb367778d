// Strings as laid-out text: trimming, padding, lines, words.

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/builtins/text.h"
#include "ruff/runtime/builtins/text_finder.h"
#include "ruff/runtime/builtins/whitespace.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr std::string_view kRepeatErrors =
    "repeat() requires a string argument for value\nrepeat() count must be a number\n"
    "repeat() result exceeds maximum size";
constexpr std::string_view kPadLeftErrors =
    "pad_left() requires 3 arguments: string, width, char\npad_left() width must be a number\n"
    "pad_left() result exceeds maximum size";
constexpr std::string_view kPadRightErrors =
    "pad_right() requires 3 arguments: string, width, char\npad_right() width must be a number\n"
    "pad_right() result exceeds maximum size";
constexpr std::string_view kTruncateErrors =
    "truncate() requires 3 arguments: string, length, suffix\ntruncate() length must be a number\n"
    "truncate() result exceeds maximum size";

Value FailNotString(NativeContext& context, std::string_view name) {
  return context.Fail(absl::StrCat(name, "() requires a string argument"));
}

// The part [at, at + text.size()) of string `v`, or `v` itself when that is all of it.
Value Part(Value v, std::string_view text) {
  const auto* s = v.As<String>();
  if (text.size() == s->size) return Retain(v);
  const auto begin = text.empty() ? 0 : static_cast<size_t>(text.data() - s->data);
  return Value::Heap(CutString(s, begin, begin + text.size()));
}

Value TrimBoth(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return FailNotString(context, "trim");
  return Part(args[0], Trim(TextOf(args[0])));
}

Value TrimLeft(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return FailNotString(context, "trim_start");
  return Part(args[0], TrimStart(TextOf(args[0])));
}

Value TrimRight(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return FailNotString(context, "trim_end");
  return Part(args[0], TrimEnd(TextOf(args[0])));
}

// `count` copies of `text` at `out`, by doubling.
void FillRepeated(char* out, std::string_view text, uint64_t count) {
  if (text.empty() || count == 0) return;
  const size_t total = text.size() * count;
  std::memcpy(out, text.data(), text.size());
  for (size_t done = text.size(); done < total;) {
    const size_t step = std::min(done, total - done);
    std::memcpy(out + done, out, step);
    done += step;
  }
}

Value Repeat(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) {
    return context.Fail("repeat() requires a string argument for value");
  }
  if (!args[1].IsNumber()) return context.Fail("repeat() count must be a number");
  const auto* s = args[0].As<String>();
  const auto times = static_cast<uint64_t>(std::max<int64_t>(IntOf(args[1]), 0));
  uint64_t size;
  if (__builtin_mul_overflow(times, uint64_t{s->size}, &size) || !CanMakeString(size)) {
    return FailTooLarge(context, "repeat");
  }
  TextWriter out(size, s->ascii());
  if (size > 0) FillRepeated(out.Extend(size), s->view(), times);
  return out.Finish();
}

Value Pad(NativeContext& context, Value* args, bool left) {
  const std::string_view name = left ? "pad_left" : "pad_right";
  if (!args[0].IsString() || !args[2].IsString()) {
    return context.Fail(absl::StrCat(name, "() requires 3 arguments: string, width, char"));
  }
  if (!args[1].IsNumber()) return context.Fail(absl::StrCat(name, "() width must be a number"));
  const auto* s = args[0].As<String>();
  const int64_t width = IntOf(args[1]);
  if (width <= static_cast<int64_t>(s->code_points)) return Retain(args[0]);
  const uint64_t missing = static_cast<uint64_t>(width) - s->code_points;
  std::string_view fill = TextOf(args[2]);
  fill = fill.empty() ? " " : fill.substr(0, static_cast<size_t>(Utf8Length(fill[0])));
  if (missing > kMaxStringBytes || !CanMakeString(s->size + missing * fill.size())) {
    return FailTooLarge(context, name);
  }
  TextWriter out(s->size + missing * fill.size(), s->ascii() && fill.size() == 1);
  if (!left) out.Append(s->view());
  FillRepeated(out.Extend(missing * fill.size()), fill, missing);
  if (left) out.Append(s->view());
  return out.Finish();
}

Value PadLeft(NativeContext& context, Value* args, uint32_t) { return Pad(context, args, true); }
Value PadRight(NativeContext& context, Value* args, uint32_t) { return Pad(context, args, false); }

Value Lines(NativeContext& context, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsString()) return FailNotString(context, "lines");
  const auto* s = args[0].As<String>();
  const uint64_t size = CountText(s->view(), "\n") + 1;
  if (!CanMakeArray(size, sizeof(Value) + sizeof(String))) return FailTooLarge(context, "lines");
  Array* lines = NewArray(size, Array::kValues);
  size_t begin = 0;
  const auto add = [&](size_t end) { ArrayPush(lines, Value::Heap(CutString(s, begin, end))); };
  for (TextFinder newline(s->view(), "\n"); newline.Next(); begin = newline.end()) {
    const size_t end = newline.begin();
    add(end > begin && s->data[end - 1] == '\r' ? end - 1 : end);
  }
  if (begin < s->size) add(s->size);
  return Value::Heap(lines);
}

Value Words(NativeContext& context, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsString()) return FailNotString(context, "words");
  const auto* s = args[0].As<String>();
  const std::string_view text = s->view();
  Ref words(NewArray(0, Array::kValues));
  size_t begin = 0;
  size_t at = 0;
  const auto add = [&] {
    if (at > begin) ArrayPush(words.As<Array>(), Value::Heap(CutString(s, begin, at)));
  };
  while (at < text.size()) {
    if (const size_t space = LeadingWhitespace(text.substr(at))) {
      add();
      if (Heap::Current()->over_limit()) return FailTooLarge(context, "words");
      begin = at += space;
    } else {
      at += static_cast<size_t>(Utf8Length(text[at]));
    }
  }
  add();
  return words.Take();
}

Value Reverse(NativeContext& context, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsString()) return FailNotString(context, "str_reverse");
  const auto* s = args[0].As<String>();
  TextWriter out(s->size, s->ascii());
  char* end = out.Extend(s->size) + s->size;
  for (size_t at = 0; at < s->size;) {
    const auto length = static_cast<size_t>(Utf8Length(s->data[at]));
    end -= length;
    std::memcpy(end, s->data + at, length);
    at += length;
  }
  return out.Finish();
}

Value Truncate(NativeContext& context, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsString() || !Argument(args, count, 2).IsString()) {
    return context.Fail("truncate() requires 3 arguments: string, length, suffix");
  }
  if (!args[1].IsNumber()) return context.Fail("truncate() length must be a number");
  auto* s = args[0].As<String>();
  const auto* suffix = args[2].As<String>();
  const int64_t length = IntOf(args[1]);
  if (length < 0 || static_cast<int64_t>(s->code_points) <= length) return Retain(args[0]);
  const int64_t kept = std::max<int64_t>(length - suffix->code_points, 0);
  const uint64_t bytes = StringOffset(s, static_cast<uint32_t>(kept));
  if (!CanMakeString(bytes + suffix->size)) return FailTooLarge(context, "truncate");
  TextWriter out(bytes + suffix->size, s->ascii() && suffix->ascii());
  out.Append(s->view().substr(0, bytes));
  out.Append(suffix->view());
  return out.Finish();
}

Value IsEmpty(NativeContext& context, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsString()) return FailNotString(context, "is_empty");
  return Value::Bool(args[0].As<String>()->size == 0);
}

Value CountChars(NativeContext& context, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsString()) return FailNotString(context, "count_chars");
  return Value::Int(args[0].As<String>()->code_points);
}

constexpr NativeFunction kTable[] = {
    {.name = "trim",
     .min_args = 1,
     .max_args = 1,
     .body = TrimBoth,
     .signature = "trim(s: string) -> string",
     .doc = "`s` without whitespace at both ends.",
     .example = "print(trim(\"  a b \")) => a b",
     .errors = "trim() requires a string argument"},
    {.name = "trim_start",
     .min_args = 1,
     .max_args = 1,
     .body = TrimLeft,
     .signature = "trim_start(s: string) -> string",
     .doc = "`s` without leading whitespace.",
     .example = "print(trim_start(\"  a\")) => a",
     .errors = "trim_start() requires a string argument"},
    {.name = "trim_end",
     .min_args = 1,
     .max_args = 1,
     .body = TrimRight,
     .signature = "trim_end(s: string) -> string",
     .doc = "`s` without trailing whitespace.",
     .example = "print(trim_end(\"a  \") + \"|\") => a|",
     .errors = "trim_end() requires a string argument"},
    {.name = "repeat",
     .min_args = 2,
     .max_args = 2,
     .body = Repeat,
     .signature = "repeat(s: string, count: number) -> string",
     .doc = "`count` copies of `s`; \"\" for a count below 1.",
     .example = "print(repeat(\"ab\", 3)) => ababab",
     .errors = kRepeatErrors},
    {.name = "pad_left",
     .min_args = 3,
     .max_args = 3,
     .body = PadLeft,
     .signature = "pad_left(s: string, width: number, char: string) -> string",
     .doc = "`s` brought to `width` characters by putting the first character of `char` (a space "
            "if empty) before it.",
     .example = "print(pad_left(\"7\", 3, \"0\")) => 007",
     .errors = kPadLeftErrors},
    {.name = "pad_start",
     .min_args = 3,
     .max_args = 3,
     .body = PadLeft,
     .signature = "pad_start(s: string, width: number, char: string) -> string",
     .doc = "The same as `pad_left`.",
     .example = "print(pad_start(\"7\", 3, \"0\")) => 007",
     .errors = kPadLeftErrors,
     .alias_of = "pad_left"},
    {.name = "pad_right",
     .min_args = 3,
     .max_args = 3,
     .body = PadRight,
     .signature = "pad_right(s: string, width: number, char: string) -> string",
     .doc = "As `pad_left`, but behind `s`.",
     .example = "print(pad_right(\"7\", 3, \".\")) => 7..",
     .errors = kPadRightErrors},
    {.name = "pad_end",
     .min_args = 3,
     .max_args = 3,
     .body = PadRight,
     .signature = "pad_end(s: string, width: number, char: string) -> string",
     .doc = "The same as `pad_right`.",
     .example = "print(pad_end(\"7\", 3, \".\")) => 7..",
     .errors = kPadRightErrors,
     .alias_of = "pad_right"},
    {.name = "lines",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Lines,
     .signature = "lines(s: string) -> array",
     .doc = "The lines of `s` without their ends (newline, with or without a carriage return).",
     .example = "print(lines(\"a\\nb\\n\")) => [a, b]",
     .errors = "lines() requires a string argument\nlines() result exceeds maximum size"},
    {.name = "words",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Words,
     .signature = "words(s: string) -> array",
     .doc = "The parts of `s` between runs of whitespace.",
     .example = "print(words(\" a  b \")) => [a, b]",
     .errors = "words() requires a string argument\nwords() result exceeds maximum size"},
    {.name = "str_reverse",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Reverse,
     .signature = "str_reverse(s: string) -> string",
     .doc = "The characters of `s` in reverse order.",
     .example = "print(str_reverse(\"abc\")) => cba",
     .errors = "str_reverse() requires a string argument"},
    {.name = "truncate",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Truncate,
     .signature = "truncate(s: string, length: number, suffix: string) -> string",
     .doc = "`s`, or when it is longer than `length` its beginning followed by `suffix`, together "
            "`length` characters.",
     .example = "print(truncate(\"hello world\", 8, \"...\")) => hello...",
     .errors = kTruncateErrors},
    {.name = "is_empty",
     .min_args = 0,
     .max_args = kVariadic,
     .body = IsEmpty,
     .signature = "is_empty(s: string) -> bool",
     .doc = "Whether a string is \"\".",
     .example = "print(is_empty(\"\"), is_empty(\" \")) => true false",
     .errors = "is_empty() requires a string argument"},
    {.name = "count_chars",
     .min_args = 0,
     .max_args = kVariadic,
     .body = CountChars,
     .signature = "count_chars(s: string) -> int",
     .doc = "The number of characters of `s`.",
     .example = "print(count_chars(\"é日\")) => 2",
     .errors = "count_chars() requires a string argument"},
};

}  // namespace

absl::Span<const NativeFunction> StringLayoutBuiltins() { return kTable; }

}  // namespace ruff
