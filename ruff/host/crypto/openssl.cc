#include "ruff/host/crypto/openssl.h"

#include <openssl/err.h>

namespace ruff {

std::string TakeOpenSslError() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return reason == nullptr ? "unknown error" : reason;
}

}  // namespace ruff
