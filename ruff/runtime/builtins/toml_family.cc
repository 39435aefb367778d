#include <string>

#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/builtins/toml.h"

namespace ruff {
namespace {

constexpr std::string_view kParseType = "parse_toml requires a string argument";
constexpr std::string_view kWriteType = "to_toml requires a value argument";

Value Parse(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kParseType));
  std::string error;
  const Value value = ParseToml(TextOf(args[0]), &error);
  return value.Is(Kind::kUnset) ? context.Fail(std::move(error)) : value;
}

Value Write(NativeContext& context, Value* args, uint32_t) {
  BoundedText out;
  std::string error;
  if (!WriteToml(args[0], &out, &error) && !out.failed()) return context.Fail(std::move(error));
  const Value text = out.Finish();
  return text.Is(Kind::kUnset) ? FailTooLarge(context, "to_toml") : text;
}

constexpr NativeFunction kTable[] = {
    {.name = "parse_toml",
     .min_args = 1,
     .max_args = 1,
     .body = Parse,
     .signature = "parse_toml(text: string) -> dict",
     .doc = "The value of a TOML document; dates and times become strings in RFC 3339 form.",
     .example = R"(print(parse_toml("a.b = 1\n[t]\nd = 1979-05-27\n")) => )"
                R"({"a": {"b": 1}, "t": {"d": 1979-05-27}})",
     .errors = "parse_toml requires a string argument\n"
               "TOML parse error: TOML parse error at line L, column C (and lines that show it)\n"
               "parse_toml() result exceeds maximum size",
     .arity_error = kParseType},
    {.name = "to_toml",
     .min_args = 1,
     .max_args = 1,
     .body = Write,
     .signature = "to_toml(value: dict) -> string",
     .doc = "The value as TOML, keys in order, values before tables; null becomes \"\".",
     .example = R"(print(trim(to_toml({"t": {"x": 1.0}, "a": [1, "b"]}))) => )"
                "a = [1, \"b\"]\n\n[t]\nx = 1.0",
     .errors = "TOML serialization error: unsupported rust type\n"
               "Cannot convert VALUE to TOML\n"
               "to_toml() result exceeds maximum size",
     .arity_error = kWriteType},
};

}  // namespace

absl::Span<const NativeFunction> TomlBuiltins() { return kTable; }

}  // namespace ruff
