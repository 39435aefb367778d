#include "ruff/network/http/body_limit.h"

#include <stdlib.h>

#include "absl/strings/numbers.h"

namespace ruff {

uint64_t BodyLimit() {
  const char* text = getenv("RUFF_MAX_NETWORK_BODY_BYTES");
  uint64_t limit;
  return text != nullptr && absl::SimpleAtoi(text, &limit) && limit > 0 ? limit : kDefaultBodyLimit;
}

}  // namespace ruff
