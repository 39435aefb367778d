// format: text with the placeholders %s, %d and %f.

#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"

namespace ruff {
namespace {

constexpr std::string_view kErrors =
    "format() requires at least 1 argument (template)\nformat() first argument must be a string\n"
    "format() missing argument for placeholder %s|%d|%f\n"
    "format() %d requires numeric argument, got VALUE\n"
    "format() %f requires numeric argument, got VALUE\nformat() result exceeds maximum size";

// The argument as `placeholder` ('s', 'd' or 'f') shows it; false when that does not accept it.
bool AppendArgument(char placeholder, Value v, std::string* out) {
  switch (placeholder) {
    case 'd':
      if (!v.IsNumber() && !v.Is(Kind::kBool)) return false;
      absl::StrAppend(out, v.IsNumber() ? IntOf(v) : v.b ? 1 : 0);
      return true;
    case 'f':
      if (!v.IsNumber()) return false;
      AppendText(Value::Float(FloatOf(v)), out);
      return true;
    default:
      if (v.IsArray()) {
        *out += "[Array]";
      } else if (v.IsDict()) {
        *out += "{Dict}";
      } else if (v.IsString() || v.IsNumber() || v.Is(Kind::kBool) || v.IsNull()) {
        AppendText(v, out);
      } else {
        *out += Diagnostic(v);
      }
      return true;
  }
}

Value Format(NativeContext& context, Value* args, uint32_t count) {
  if (!args[0].IsString()) return context.Fail("format() first argument must be a string");
  std::string_view rest = TextOf(args[0]);
  std::string out;
  uint32_t used = 1;
  for (;;) {
    const size_t percent = rest.find('%');
    out.append(rest.substr(0, percent));
    if (percent == std::string_view::npos) break;
    rest.remove_prefix(percent + 1);
    const char placeholder = rest.empty() ? '\0' : rest[0];
    if (placeholder == '%') {
      out += '%';
      rest.remove_prefix(1);
    } else if (placeholder == 's' || placeholder == 'd' || placeholder == 'f') {
      if (used == count) {
        return context.Fail(
            absl::StrCat("format() missing argument for placeholder %", rest.substr(0, 1)));
      }
      const Value v = args[used++];
      if (v.IsString() && !CanMakeString(out.size() + v.As<String>()->size)) {
        return FailTooLarge(context, "format");
      }
      if (!AppendArgument(placeholder, v, &out)) {
        return context.Fail(absl::StrCat("format() %", rest.substr(0, 1),
                                         " requires numeric argument, got ", Diagnostic(v)));
      }
      rest.remove_prefix(1);
    } else {
      out += '%';
    }
  }
  if (!CanMakeString(out.size())) return FailTooLarge(context, "format");
  return NewText(out);
}

constexpr NativeFunction kTable[] = {
    {.name = "format",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Format,
     .signature = "format(template: string, ...values: any) -> string",
     .doc = "The template with %s (any value), %d (number as int, bool as 1 or 0) and %f (number) "
            "replaced by the values in turn, and %% by %.",
     .example = "print(format(\"%s is %d, %f%%\", \"x\", 3.9, 2.5)) => x is 3, 2.5%",
     .errors = kErrors,
     .arity_error = "format() requires at least 1 argument (template)"},
};

}  // namespace

absl::Span<const NativeFunction> FormatBuiltins() { return kTable; }

}  // namespace ruff
