#include "ruff/base/os_error.h"

#include <string.h>

#include "absl/strings/str_cat.h"

namespace ruff {
namespace {

// strerror_r is one of two functions, depending on the C library.
[[maybe_unused]] const char* Text(int, const char* buffer) { return buffer; }
[[maybe_unused]] const char* Text(const char* result, const char*) { return result; }

}  // namespace

FailureText OsErrorText(int code) {
  char buffer[256] = "";
  return absl::StrCat(Text(strerror_r(code, buffer, sizeof(buffer)), buffer), " (os error ", code,
                      ")");
}

}  // namespace ruff
