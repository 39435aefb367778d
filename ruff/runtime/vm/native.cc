#include "ruff/runtime/vm/native.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ruff/runtime/value/kind_ops.h"

namespace ruff {
namespace {

// How the printer learns a builtin's name.
[[maybe_unused]] const bool kNamed = [] {
  native_name = [](const NativeFunction* native) { return native->name; };
  return true;
}();

std::string ArityText(std::string_view name, uint32_t min, uint32_t max, std::string_view got) {
  if (min == max) return absl::StrCat(name, " expects ", min, " arguments, got ", got);
  if (max == kVariadic)
    return absl::StrCat(name, " expects at least ", min, " arguments, got ", got);
  return absl::StrCat(name, " expects ", min, " to ", max, " arguments, got ", got);
}

// `one_less` is the number without the receiver.
std::string ArityText(const NativeFunction& native, std::string_view got,
                      std::string_view one_less) {
  if (native.arity_error.empty()) {
    return ArityText(native.message_name(), native.min_args, native.max_args, got);
  }
  return absl::StrReplaceAll(native.arity_error, {{"{}", got}, {"{-1}", one_less}});
}

}  // namespace

Value NativeContext::Fail(std::string message) {
  failure_ = std::move(message);
  return Value::Unset();
}

Value NativeContext::FailWith(Value owned_error) {
  failure_value_ = owned_error;
  return Value::Unset();
}

Value NativeContext::CallInstead(Value owned_function, Value owned_argument) {
  next_function_ = owned_function;
  next_argument_ = owned_argument;
  return Value::Unset();
}

Value NativeContext::Exit(int code) {
  exit_requested_ = true;
  exit_code_ = code;
  return Value::Unset();
}

std::string ArityMessage(std::string_view name, uint32_t min, uint32_t max, uint32_t got) {
  return ArityText(name, min, max, absl::StrCat(got));
}

std::string ArityError(const NativeFunction& native, uint32_t got) {
  return ArityText(native, absl::StrCat(got), absl::StrCat(got - 1));
}

std::string ArityErrorPattern(const NativeFunction& native) { return ArityText(native, "K", "K"); }

}  // namespace ruff
