#include "ruff/host/arguments/script_arguments.h"

#include <utility>

#include "ruff/base/broken_utf8.h"
#include "ruff/host/families.h"
#include "ruff/runtime/builtins/arguments.h"

namespace ruff {
namespace {

std::vector<std::string>& TheArguments() {
  static auto* const arguments = new std::vector<std::string>();
  return *arguments;
}

Value Args(NativeContext&, Value*, uint32_t) {
  Array* result = NewArray(TheArguments().size(), Array::kValues);
  for (const std::string& argument : TheArguments()) ArrayPush(result, NewText(argument));
  return Value::Heap(result);
}

constexpr NativeFunction kTable[] = {
    {.name = "args",
     .min_args = 0,
     .max_args = 0,
     .body = Args,
     .signature = "args() -> array",
     .doc = "The strings that follow the program on the command line.",
     .example = "print(args()) => []",
     .arity_error = "args() expects 0 arguments, got {}"},
};

}  // namespace

const std::vector<std::string>& ScriptArguments() { return TheArguments(); }

void SetScriptArguments(std::vector<std::string> arguments) {
  for (std::string& argument : arguments) argument = MendUtf8(argument);
  TheArguments() = std::move(arguments);
}

absl::Span<const NativeFunction> ArgumentsBuiltins() { return kTable; }

}  // namespace ruff
