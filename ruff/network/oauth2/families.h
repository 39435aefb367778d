// The tables of builtins of this folder.

#ifndef RUFF_NETWORK_OAUTH2_FAMILIES_H_
#define RUFF_NETWORK_OAUTH2_FAMILIES_H_

#include "absl/types/span.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

absl::Span<const NativeFunction> Oauth2Builtins();

}  // namespace ruff

#endif  // RUFF_NETWORK_OAUTH2_FAMILIES_H_
