// Environment variables. A value that is not UTF-8 counts as unset, except where all are listed.

#include "ruff/host/posix/environment.h"

#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "ruff/base/broken_utf8.h"
#include "ruff/base/utf8.h"
#include "ruff/host/failure.h"
#include "ruff/host/families.h"

namespace ruff {
namespace {

std::optional<std::string_view> Variable(std::string_view name) {
  const char* value = FindVariable(name);
  if (value == nullptr || !IsValidUtf8(value)) return std::nullopt;
  return value;
}

bool CheckName(NativeContext& context, std::string_view function, Value name) {
  if (name.IsString()) return true;
  context.Fail(absl::StrCat(function, " requires a string argument (variable name)"));
  return false;
}

// The value of the variable that must be set; nothing after making the call of `function` fail.
std::optional<std::string_view> Wanted(NativeContext& context, std::string_view function,
                                       Value name) {
  if (!CheckName(context, function, name)) return std::nullopt;
  const auto value = Variable(TextOf(name));
  if (!value.has_value()) {
    context.Fail(absl::StrCat("Environment variable '", TextOf(name), "' not found"));
  }
  return value;
}

Value NotValid(NativeContext& context, Value name, std::string_view value, std::string_view type) {
  return context.Fail(absl::StrCat("Environment variable '", TextOf(name), "' value '", value,
                                   "' is not a valid ", type));
}

Value Env(NativeContext& context, Value* args, uint32_t) {
  if (!CheckName(context, "env", args[0])) return Value::Unset();
  return NewText(Variable(TextOf(args[0])).value_or(""));
}

Value EnvOr(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) {
    return context.Fail("env_or requires two string arguments (variable name, default value)");
  }
  const auto value = Variable(TextOf(args[0]));
  return value.has_value() ? NewText(*value) : Retain(args[1]);
}

Value EnvInt(NativeContext& context, Value* args, uint32_t) {
  const auto value = Wanted(context, "env_int", args[0]);
  if (!value.has_value()) return Value::Unset();
  int64_t number;
  return ParseInt(*value, &number) ? Value::Int(number)
                                   : NotValid(context, args[0], *value, "integer");
}

Value EnvFloat(NativeContext& context, Value* args, uint32_t) {
  const auto value = Wanted(context, "env_float", args[0]);
  if (!value.has_value()) return Value::Unset();
  double number;
  return ParseFloat(*value, &number) ? Value::Float(number)
                                     : NotValid(context, args[0], *value, "float");
}

Value EnvBool(NativeContext& context, Value* args, uint32_t) {
  const auto value = Wanted(context, "env_bool", args[0]);
  if (!value.has_value()) return Value::Unset();
  for (const std::string_view yes : {"true", "1", "yes", "on"}) {
    if (absl::EqualsIgnoreCase(*value, yes)) return Value::Bool(true);
  }
  for (const std::string_view no : {"false", "0", "no", "off"}) {
    if (absl::EqualsIgnoreCase(*value, no)) return Value::Bool(false);
  }
  return NotValid(context, args[0], *value, "bool");
}

Value EnvRequired(NativeContext& context, Value* args, uint32_t) {
  if (!CheckName(context, "env_required", args[0])) return Value::Unset();
  const auto value = Variable(TextOf(args[0]));
  if (value.has_value()) return NewText(*value);
  return context.Fail(
      absl::StrCat("Required environment variable '", TextOf(args[0]), "' is not set"));
}

Value EnvSet(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) {
    return context.Fail("env_set requires two string arguments (variable name, value)");
  }
  const std::string_view name = TextOf(args[0]);
  const std::string_view value = TextOf(args[1]);
  if (!IsVariableName(name)) {
    return context.Fail(absl::StrCat("env_set: invalid environment variable name '", name, "'"));
  }
  if (value.find('\0') != std::string_view::npos) {
    return context.Fail(
        absl::StrCat("env_set: invalid value for environment variable '", name, "'"));
  }
  SetVariable(name, value);
  return Value::Null();
}

Value EnvList(NativeContext&, Value*, uint32_t) {
  Dict* dict = NewDict();
  for (const std::string_view entry : EnvironmentEntries()) {
    const std::string_view name = NameOfEntry(entry);
    if (name.size() == entry.size()) continue;  // no variable
    const Value key = NewText(MendUtf8(name));
    DictSet(dict, key, NewText(MendUtf8(entry.substr(name.size() + 1))));
    Release(key);
  }
  return Value::Heap(dict);
}

constexpr NativeFunction kTable[] = {
    {.name = "env",
     .min_args = 1,
     .max_args = 1,
     .body = Env,
     .capability = Capability::kEnvRead,
     .signature = "env(name: string) -> string",
     .doc = "The value of an environment variable; empty when it is not set.",
     .example = "env_set(\"COLOR\", \"red\")\nprint(env(\"COLOR\")) => red",
     .errors = "env requires a string argument (variable name)",
     .arity_error = "env() expects 1 argument (variable name), got {}"},
    {.name = "env_or",
     .min_args = 2,
     .max_args = 2,
     .body = EnvOr,
     .capability = Capability::kEnvRead,
     .signature = "env_or(name: string, default: string) -> string",
     .doc = "The value of an environment variable, or the default when it is not set.",
     .example = "print(env_or(\"NO_SUCH_NAME\", \"blue\")) => blue",
     .errors = "env_or requires two string arguments (variable name, default value)",
     .arity_error = "env_or() expects 2 arguments (variable name, default value), got {}"},
    {.name = "env_int",
     .min_args = 1,
     .max_args = 1,
     .body = EnvInt,
     .capability = Capability::kEnvRead,
     .signature = "env_int(name: string) -> int",
     .doc = "The value of an environment variable as an int.",
     .example = "env_set(\"PORT\", \"80\")\nprint(env_int(\"PORT\")) => 80",
     .errors = "env_int requires a string argument (variable name)\n"
               "Environment variable 'N' not found\n"
               "Environment variable 'N' value 'V' is not a valid integer",
     .arity_error = "env_int() expects 1 argument (variable name), got {}"},
    {.name = "env_float",
     .min_args = 1,
     .max_args = 1,
     .body = EnvFloat,
     .capability = Capability::kEnvRead,
     .signature = "env_float(name: string) -> float",
     .doc = "The value of an environment variable as a float.",
     .example = "env_set(\"RATE\", \".5\")\nprint(env_float(\"RATE\")) => 0.5",
     .errors = "env_float requires a string argument (variable name)\n"
               "Environment variable 'N' not found\n"
               "Environment variable 'N' value 'V' is not a valid float",
     .arity_error = "env_float() expects 1 argument (variable name), got {}"},
    {.name = "env_bool",
     .min_args = 1,
     .max_args = 1,
     .body = EnvBool,
     .capability = Capability::kEnvRead,
     .signature = "env_bool(name: string) -> bool",
     .doc = "The value of an environment variable as a bool: true 1 yes on, false 0 no off.",
     .example = "env_set(\"DEBUG\", \"on\")\nprint(env_bool(\"DEBUG\")) => true",
     .errors = "env_bool requires a string argument (variable name)\n"
               "Environment variable 'N' not found\n"
               "Environment variable 'N' value 'V' is not a valid bool",
     .arity_error = "env_bool() expects 1 argument (variable name), got {}"},
    {.name = "env_required",
     .min_args = 1,
     .max_args = 1,
     .body = EnvRequired,
     .capability = Capability::kEnvRead,
     .signature = "env_required(name: string) -> string",
     .doc = "The value of an environment variable that must be set.",
     .example = "env_set(\"COLOR\", \"red\")\nprint(env_required(\"COLOR\")) => red",
     .errors = "env_required requires a string argument (variable name)\n"
               "Required environment variable 'N' is not set",
     .arity_error = "env_required() expects 1 argument (variable name), got {}"},
    {.name = "env_set",
     .min_args = 2,
     .max_args = 2,
     .body = EnvSet,
     .capability = Capability::kEnvWrite,
     .signature = "env_set(name: string, value: string) -> null",
     .doc = "Sets an environment variable of this process and its children.",
     .example = "print(env_set(\"COLOR\", \"red\")) => null",
     .errors = "env_set requires two string arguments (variable name, value)\n"
               "env_set: invalid environment variable name 'N'\n"
               "env_set: invalid value for environment variable 'N'",
     .arity_error = "env_set() expects 2 arguments (variable name, value), got {}"},
    {.name = "env_list",
     .min_args = 0,
     .max_args = 0,
     .body = EnvList,
     .capability = Capability::kEnvRead,
     .signature = "env_list() -> dict",
     .doc = "All environment variables.",
     .example = "env_set(\"COLOR\", \"red\")\nprint(env_list()[\"COLOR\"]) => red",
     .arity_error = "env_list() expects 0 arguments, got {}"},
    {.name = "os_environ",
     .min_args = 0,
     .max_args = 0,
     .body = EnvList,
     .capability = Capability::kFilesystemRead,
     .signature = "os_environ() -> dict",
     .doc = "The same as `env_list`, for a program that may read files.",
     .example = "env_set(\"COLOR\", \"red\")\nprint(os_environ()[\"COLOR\"]) => red",
     .arity_error = "os_environ() expects 0 arguments, got {}"},
};

}  // namespace

absl::Span<const NativeFunction> EnvironmentBuiltins() { return kTable; }

}  // namespace ruff
