// Text to and from the terminal.

#include <cstdio>

#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/builtins/output.h"
#include "ruff/runtime/builtins/whitespace.h"

namespace ruff {
namespace {

constexpr std::string_view kPromptError = "input() requires a string prompt when provided";

Output& OutputOf(const NativeContext& context) {
  Output* output = context.output();
  return output != nullptr ? *output : *StandardOutput();
}

// The text forms of the arguments joined by a space, and a newline.
bool JoinLine(const Value* args, uint32_t count, std::string* line) {
  for (uint32_t i = 0; i < count; ++i) {
    if (i > 0) line->push_back(' ');
    if (!AppendText(args[i], line)) return false;
  }
  line->push_back('\n');
  return true;
}

Value Print(NativeContext& context, Value* args, uint32_t count) {
  std::string line;
  if (!JoinLine(args, count, &line)) return FailTooLarge(context, "print");
  OutputOf(context).Write(line);
  return Value::Null();
}

Value PrintError(NativeContext& context, Value* args, uint32_t count) {
  std::string line;
  if (!JoinLine(args, count, &line)) return FailTooLarge(context, "eprint");
  OutputOf(context).WriteError(line);
  return Value::Null();
}

// `text` with every broken part replaced by U+FFFD.
std::string ValidUtf8(std::string_view text) {
  std::string valid;
  for (;;) {
    const size_t broken = FindInvalidUtf8(text);
    valid.append(text.substr(0, broken));
    if (broken == text.size()) return valid;
    AppendUtf8(0xFFFD, &valid);
    text.remove_prefix(broken + 1);
    while (!text.empty() && IsUtf8Continuation(text[0])) text.remove_prefix(1);
  }
}

Value Input(NativeContext& context, Value* args, uint32_t count) {
  if (count == 1) {
    if (!args[0].IsString()) return context.Fail(std::string(kPromptError));
    OutputOf(context).Write(TextOf(args[0]));
  }
  OutputOf(context).Flush();
  std::string line;
  for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar()) {
    line.push_back(static_cast<char>(c));
  }
  return NewText(TrimEnd(ValidUtf8(line)));
}

constexpr NativeFunction kTable[] = {
    {.name = "print",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Print,
     .signature = "print(...values: any) -> null",
     .doc = "Writes the values, separated by spaces, and a newline to standard output.",
     .example = "print(\"a\", 1.0, [2]) => a 1 [2]"},
    {.name = "println",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Print,
     .signature = "println(...values: any) -> null",
     .doc = "The same as `print`.",
     .example = "println(\"a\", 1) => a 1"},
    {.name = "eprint",
     .min_args = 0,
     .max_args = kVariadic,
     .body = PrintError,
     .signature = "eprint(...values: any) -> null",
     .doc = "As `print`, to standard error.",
     .example = "eprint(\"to stderr\", 1) => to stderr 1"},
    {.name = "input",
     .min_args = 0,
     .max_args = 1,
     .body = Input,
     .signature = "input(prompt: string = \"\") -> string",
     .doc = "Writes the prompt and reads a line without its trailing whitespace; \"\" at the end "
            "of the input.",
     .example = "print(input() == \"\") => true",
     .errors = kPromptError},
};

}  // namespace

absl::Span<const NativeFunction> ConsoleBuiltins() { return kTable; }

}  // namespace ruff
