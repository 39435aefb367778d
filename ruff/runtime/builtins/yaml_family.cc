#include <string>

#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/builtins/yaml.h"

namespace ruff {
namespace {

constexpr std::string_view kParseType = "parse_yaml requires a string argument";
constexpr std::string_view kWriteType = "to_yaml requires a value argument";

Value Parse(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kParseType));
  std::string error;
  const Value value = ParseYaml(TextOf(args[0]), &error);
  return value.Is(Kind::kUnset) ? context.Fail(std::move(error)) : value;
}

Value Write(NativeContext& context, Value* args, uint32_t) {
  BoundedText out;
  std::string error;
  if (!WriteYaml(args[0], &out, &error) && !out.failed()) return context.Fail(std::move(error));
  const Value text = out.Finish();
  return text.Is(Kind::kUnset) ? FailTooLarge(context, "to_yaml") : text;
}

constexpr NativeFunction kTable[] = {
    {.name = "parse_yaml",
     .min_args = 1,
     .max_args = 1,
     .body = Parse,
     .signature = "parse_yaml(text: string) -> any",
     .doc = "The value of a YAML document (1.2, core schema); aliases are resolved, an empty "
            "document is null.",
     .example = R"(print(parse_yaml("a: [1, yes]\nb: 0x10\n")) => {"a": [1, yes], "b": 16})",
     .errors = "parse_yaml requires a string argument\n"
               "YAML parse error: WHAT at line L column C\n"
               "YAML parse error: more than one document\n"
               "parse_yaml() result exceeds maximum size",
     .arity_error = kParseType},
    {.name = "to_yaml",
     .min_args = 1,
     .max_args = 1,
     .body = Write,
     .signature = "to_yaml(value: any) -> string",
     .doc = "The value as YAML in block style, keys in order.",
     .example = R"(print(trim(to_yaml({"b": [1, "2"], "a": {"x": null}}))) => )"
                "a:\n  x: null\nb:\n- 1\n- '2'",
     .errors = "Cannot convert VALUE to YAML\nto_yaml() result exceeds maximum size",
     .arity_error = kWriteType},
};

}  // namespace

absl::Span<const NativeFunction> YamlBuiltins() { return kTable; }

}  // namespace ruff
