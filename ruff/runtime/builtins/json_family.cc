// The builtins of JSON.

#include <string>

#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/builtins/json.h"

namespace ruff {
namespace {

constexpr std::string_view kParseType = "parse_json requires a string argument";
constexpr std::string_view kWriteType = "to_json requires a value argument";
constexpr std::string_view kPrettyType = "to_json_pretty requires a value argument";

Value Parse(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kParseType));
  std::string error;
  const Value value = ParseJson(TextOf(args[0]), &error);
  return value.Is(Kind::kUnset) ? context.Fail(std::move(error)) : value;
}

Value Write(NativeContext& context, Value value, JsonLayout layout, std::string_view name) {
  BoundedText out;
  std::string error;
  if (!WriteJson(value, layout, &out, &error) && !out.failed()) {
    return context.Fail(std::move(error));
  }
  const Value text = out.Finish();
  return text.Is(Kind::kUnset) ? FailTooLarge(context, name) : text;
}
Value ToJson(NativeContext& context, Value* args, uint32_t) {
  return Write(context, args[0], JsonLayout::kCompact, "to_json");
}
Value ToJsonPretty(NativeContext& context, Value* args, uint32_t) {
  return Write(context, args[0], JsonLayout::kPretty, "to_json_pretty");
}

constexpr NativeFunction kTable[] = {
    {.name = "parse_json",
     .min_args = 1,
     .max_args = 1,
     .body = Parse,
     .signature = "parse_json(text: string) -> any",
     .doc = "The value of a JSON text. Numbers that are no int of 64 bits become floats; of equal "
            "keys "
            "the last one counts.",
     .example = R"(print(parse_json("[1, 2.5, {\"a\": null}]")) => [1, 2.5, {"a": null}])",
     .errors = "parse_json requires a string argument\n"
               "JSON parse error: WHAT at line L column C\n"
               "JSON input exceeds maximum nesting depth of N\n"
               "parse_json() result exceeds maximum size",
     .arity_error = kParseType},
    {.name = "to_json",
     .min_args = 1,
     .max_args = 1,
     .body = ToJson,
     .signature = "to_json(value: any) -> string",
     .doc = "The value as JSON without spaces, keys in order.",
     .example = R"(print(to_json({"b": [1, 2.0, null], "a": "x"})) => {"a":"x","b":[1,2.0,null]})",
     .errors = "Cannot convert VALUE to JSON\n"
               "Cannot convert non-finite float NUMBER to JSON\n"
               "JSON value exceeds maximum nesting depth of N\n"
               "to_json() result exceeds maximum size",
     .arity_error = kWriteType},
    {.name = "to_json_pretty",
     .min_args = 1,
     .max_args = 1,
     .body = ToJsonPretty,
     .signature = "to_json_pretty(value: any) -> string",
     .doc = "The value as JSON, one element a line, indented by two spaces.",
     .example = "print(to_json_pretty([1, []])) => [\n  1,\n  []\n]",
     .errors = "Cannot convert VALUE to JSON\n"
               "Cannot convert non-finite float NUMBER to JSON\n"
               "JSON value exceeds maximum nesting depth of N\n"
               "to_json_pretty() result exceeds maximum size",
     .arity_error = kPrettyType},
};

}  // namespace

absl::Span<const NativeFunction> JsonBuiltins() { return kTable; }

}  // namespace ruff
