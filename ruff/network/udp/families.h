// The table of builtins of this folder.

#ifndef RUFF_NETWORK_UDP_FAMILIES_H_
#define RUFF_NETWORK_UDP_FAMILIES_H_

#include "absl/types/span.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

absl::Span<const NativeFunction> UdpBuiltins();

}  // namespace ruff

#endif  // RUFF_NETWORK_UDP_FAMILIES_H_
