// How builtins of this room fail.

#ifndef RUFF_HOST_FAILURE_H_
#define RUFF_HOST_FAILURE_H_

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "ruff/base/os_error.h"
#include "ruff/runtime/builtins/arguments.h"

namespace ruff {

// "WHAT 'SUBJECT': FAILURE".
inline Value FailOn(NativeContext& context, std::string_view what, std::string_view subject,
                    const FailureText& failure) {
  return context.Fail(absl::StrCat(what, " '", subject, "': ", failure));
}

// true, or as FailOn when `failure` is one.
inline Value TrueOrFail(NativeContext& context, std::string_view what, std::string_view subject,
                        const FailureText& failure) {
  return failure.empty() ? Value::Bool(true) : FailOn(context, what, subject, failure);
}

}  // namespace ruff

#endif  // RUFF_HOST_FAILURE_H_
