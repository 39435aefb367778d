// The tables of builtins of this folder.

#ifndef RUFF_NETWORK_HTTP_SERVER_FAMILIES_H_
#define RUFF_NETWORK_HTTP_SERVER_FAMILIES_H_

#include "absl/types/span.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

absl::Span<const NativeFunction> HttpServerBuiltins();
absl::Span<const NativeFunction> HttpResponseBuiltins();

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_SERVER_FAMILIES_H_
