#include "ruff/network/http/status.h"

#include "absl/strings/str_cat.h"

namespace ruff {

std::string_view StatusReason(int code) {
  switch (code) {
#define RUFF_HTTP_STATUS(number, reason) \
  case number:                           \
    return reason;
#include "ruff/network/http/status.def"
    default:
      return "";
  }
}

std::string StatusText(int code) {
  const std::string_view reason = StatusReason(code);
  return absl::StrCat(code, " ", reason.empty() ? "<unknown status code>" : reason);
}

}  // namespace ruff
