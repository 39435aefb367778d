#include "ruff/driver/script_arguments.h"

#include <string_view>
#include <utility>

#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {
namespace {

std::vector<std::string>& TheArguments() {
  static auto* const arguments = new std::vector<std::string>();
  return *arguments;
}

// `text` with every broken byte replaced by U+FFFD.
std::string ValidUtf8(std::string_view text) {
  std::string valid;
  for (;;) {
    const size_t broken = FindInvalidUtf8(text);
    valid.append(text.substr(0, broken));
    if (broken == text.size()) return valid;
    AppendUtf8(0xFFFD, &valid);
    text.remove_prefix(broken + 1);
  }
}

Value Args(NativeContext&, Value*, uint32_t) {
  Array* result = NewArray(TheArguments().size(), Array::kValues);
  for (const std::string& argument : TheArguments()) {
    ArrayPush(result, Value::Heap(NewString(argument)));
  }
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

void ProvideScriptArguments(std::vector<std::string> arguments) {
  for (std::string& argument : arguments) argument = ValidUtf8(argument);
  TheArguments() = std::move(arguments);
  AddNatives(kTable);
}

}  // namespace ruff
