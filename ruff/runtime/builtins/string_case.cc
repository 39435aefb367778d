// Upper and lower case, and the names made of words: slugs, camel, snake and kebab case.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ruff/base/unicode.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/case_mapping.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/builtins/text.h"
#include "ruff/runtime/builtins/whitespace.h"

namespace ruff {
namespace {

Value FailNotString(NativeContext& context, std::string_view name) {
  return context.Fail(absl::StrCat(name, "() requires a string argument"));
}

// Calls f(character, bytes) for each character of `text`.
template <typename F>
void ForEachCharacter(std::string_view text, F f) {
  while (!text.empty()) {
    const auto length = static_cast<size_t>(Utf8Length(text[0]));
    f(DecodeUtf8(text), text.substr(0, length));
    text.remove_prefix(length);
  }
}

// Flips the case of the letters from `first` to `first` + 25.
Value FlipAscii(const String* s, char first) {
  constexpr uint8_t kCaseBit = 0x20;
  TextWriter out(s->size, true);
  char* to = out.Extend(s->size);
  for (uint32_t i = 0; i < s->size; ++i) {
    const auto letter = static_cast<uint8_t>(s->data[i] - first);
    to[i] = static_cast<char>(s->data[i] ^ (letter < 26 ? kCaseBit : 0));
  }
  return out.Finish();
}

Value Upper(NativeContext& context, Value* args, std::string_view name) {
  if (!args[0].IsString()) return FailNotString(context, name);
  if (args[0].As<String>()->ascii()) return FlipAscii(args[0].As<String>(), 'a');
  std::string out;
  AppendUppercase(TextOf(args[0]), &out);
  return NewText(out);
}

Value Lower(NativeContext& context, Value* args, std::string_view name) {
  if (!args[0].IsString()) return FailNotString(context, name);
  if (args[0].As<String>()->ascii()) return FlipAscii(args[0].As<String>(), 'A');
  std::string out;
  AppendLowercase(TextOf(args[0]), &out);
  return NewText(out);
}

Value ToUpper(NativeContext& c, Value* args, uint32_t) { return Upper(c, args, "to_upper"); }
Value UpperAlias(NativeContext& c, Value* args, uint32_t) { return Upper(c, args, "upper"); }
Value ToLower(NativeContext& c, Value* args, uint32_t) { return Lower(c, args, "to_lower"); }
Value LowerAlias(NativeContext& c, Value* args, uint32_t) { return Lower(c, args, "lower"); }

// The first character in upper case, the rest in lower case.
void AppendCapitalized(std::string_view word, std::string* out) {
  if (word.empty()) return;
  const auto first = static_cast<size_t>(Utf8Length(word[0]));
  AppendUppercase(word.substr(0, first), out);
  AppendLowercase(word.substr(first), out);
}

Value Capitalize(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return FailNotString(context, "capitalize");
  std::string out;
  AppendCapitalized(TextOf(args[0]), &out);
  return NewText(out);
}

std::string_view TrimCharacter(std::string_view text, char c) {
  while (text.starts_with(c)) text.remove_prefix(1);
  while (text.ends_with(c)) text.remove_suffix(1);
  return text;
}

Value Slugify(NativeContext& context, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsString()) return FailNotString(context, "slugify");
  std::string lower;
  AppendLowercase(TextOf(args[0]), &lower);
  std::string slug;
  ForEachCharacter(lower, [&](char32_t c, std::string_view bytes) {
    if (IsAlphanumeric(c)) {
      slug += bytes;
    } else if (c == '_' || IsWhitespace(c)) {
      slug += '-';
    }
  });
  absl::StrReplaceAll({{"--", "-"}}, &slug);
  return NewText(TrimCharacter(slug, '-'));
}

Value ToCamelCase(NativeContext& context, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsString()) return FailNotString(context, "to_camel_case");
  std::string out;
  std::string word;
  const auto finish_word = [&] {
    if (out.empty()) {
      AppendLowercase(word, &out);
    } else {
      AppendCapitalized(word, &out);
    }
    word.clear();
  };
  ForEachCharacter(TextOf(args[0]), [&](char32_t c, std::string_view bytes) {
    if (IsAlphanumeric(c)) {
      word += bytes;
    } else {
      finish_word();
    }
  });
  finish_word();
  return NewText(out);
}

std::string SnakeCase(std::string_view text) {
  std::string out;
  bool first = true;
  bool after_upper = false;
  ForEachCharacter(text, [&](char32_t c, std::string_view bytes) {
    const bool upper = IsUppercase(c);
    if (upper) {
      if (!first && !after_upper) out += '_';
      std::string lower;
      AppendLowercase(c, &lower);
      out += lower.substr(0, static_cast<size_t>(Utf8Length(lower[0])));
    } else if (IsAlphanumeric(c)) {
      out += bytes;
    } else if (c == '_' || c == '-' || IsWhitespace(c)) {
      if (!first && !out.ends_with('_')) out += '_';
    }
    after_upper = upper;
    first = false;
  });
  return std::string(TrimCharacter(out, '_'));
}

Value ToSnakeCase(NativeContext& context, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsString()) return FailNotString(context, "to_snake_case");
  return NewText(SnakeCase(TextOf(args[0])));
}

Value ToKebabCase(NativeContext& context, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsString()) return FailNotString(context, "to_kebab_case");
  std::string out = SnakeCase(TextOf(args[0]));
  std::replace(out.begin(), out.end(), '_', '-');
  return NewText(out);
}

constexpr NativeFunction kTable[] = {
    {.name = "to_upper",
     .min_args = 1,
     .max_args = 1,
     .body = ToUpper,
     .signature = "to_upper(s: string) -> string",
     .doc = "`s` in upper case.",
     .example = "print(to_upper(\"straße\")) => STRASSE",
     .errors = "to_upper() requires a string argument"},
    {.name = "upper",
     .min_args = 1,
     .max_args = 1,
     .body = UpperAlias,
     .signature = "upper(s: string) -> string",
     .doc = "The same as `to_upper`.",
     .example = "print(upper(\"abc\")) => ABC",
     .errors = "upper() requires a string argument"},
    {.name = "to_lower",
     .min_args = 1,
     .max_args = 1,
     .body = ToLower,
     .signature = "to_lower(s: string) -> string",
     .doc = "`s` in lower case.",
     .example = "print(to_lower(\"ÉCOLE\")) => école",
     .errors = "to_lower() requires a string argument"},
    {.name = "lower",
     .min_args = 1,
     .max_args = 1,
     .body = LowerAlias,
     .signature = "lower(s: string) -> string",
     .doc = "The same as `to_lower`.",
     .example = "print(lower(\"ABC\")) => abc",
     .errors = "lower() requires a string argument"},
    {.name = "capitalize",
     .min_args = 1,
     .max_args = 1,
     .body = Capitalize,
     .signature = "capitalize(s: string) -> string",
     .doc = "`s` with its first character in upper case and the rest in lower case.",
     .example = "print(capitalize(\"hELLO\")) => Hello",
     .errors = "capitalize() requires a string argument"},
    {.name = "slugify",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Slugify,
     .signature = "slugify(s: string) -> string",
     .doc = "`s` as part of an address: lower case letters and digits, dashes for whitespace and "
            "underscores.",
     .example = "print(slugify(\"Hello World!\")) => hello-world",
     .errors = "slugify() requires a string argument"},
    {.name = "to_camel_case",
     .min_args = 0,
     .max_args = kVariadic,
     .body = ToCamelCase,
     .signature = "to_camel_case(s: string) -> string",
     .doc = "The words of `s` joined, all but the first one capitalized.",
     .example = "print(to_camel_case(\"hello big_world\")) => helloBigWorld",
     .errors = "to_camel_case() requires a string argument"},
    {.name = "to_snake_case",
     .min_args = 0,
     .max_args = kVariadic,
     .body = ToSnakeCase,
     .signature = "to_snake_case(s: string) -> string",
     .doc = "The words of `s` in lower case, joined by underscores.",
     .example = "print(to_snake_case(\"helloBigWorld\")) => hello_big_world",
     .errors = "to_snake_case() requires a string argument"},
    {.name = "to_kebab_case",
     .min_args = 0,
     .max_args = kVariadic,
     .body = ToKebabCase,
     .signature = "to_kebab_case(s: string) -> string",
     .doc = "The words of `s` in lower case, joined by dashes.",
     .example = "print(to_kebab_case(\"helloBigWorld\")) => hello-big-world",
     .errors = "to_kebab_case() requires a string argument"},
};

}  // namespace

absl::Span<const NativeFunction> StringCaseBuiltins() { return kTable; }

}  // namespace ruff
