#ifndef RUFF_DRIVER_RESERVED_NAME_H_
#define RUFF_DRIVER_RESERVED_NAME_H_

#include <string>
#include <string_view>

namespace ruff {

// Why `ruff WORD` is refused although no such command exists yet; empty when the word is free.
// Upper and lower case do not matter.
std::string ReservedNameError(std::string_view word);

}  // namespace ruff

#endif  // RUFF_DRIVER_RESERVED_NAME_H_
