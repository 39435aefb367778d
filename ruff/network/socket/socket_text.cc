#include "ruff/network/socket/socket_text.h"

#include <errno.h>

#include "absl/strings/str_cat.h"
#include "ruff/base/os_error.h"
#include "ruff/base/utf8.h"
#include "ruff/network/http/body_limit.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/collection.h"

namespace ruff {

std::string SocketFailure(std::string_view operation, int error) {
  if (error != EAGAIN) return absl::StrCat(operation, ": ", OsErrorText(error));
  return absl::StrCat(operation, " timed out after ", kSocketTimeoutMs, "ms read/",
                      kSocketTimeoutMs, "ms write timeout policy: ", OsErrorText(EAGAIN));
}

std::string EndpointFailure(std::string_view what, std::string_view host, int64_t port,
                            std::string_view why) {
  return absl::StrCat(what, " '", host, ":", port, "': ", why);
}

std::string CheckReceiveSize(std::string_view name, int64_t size) {
  if (size <= 0) return absl::StrCat(name, " size must be positive");
  const uint64_t limit = BodyLimit();
  if (static_cast<uint64_t>(size) <= limit) return "";
  return absl::StrCat(name, " size exceeds maximum network body size (", size, " bytes > ", limit,
                      " bytes)");
}

Value ReceivedValue(std::string_view data) {
  return IsValidUtf8(data) ? NewText(data) : Value::Heap(NewBytes(data));
}

}  // namespace ruff
