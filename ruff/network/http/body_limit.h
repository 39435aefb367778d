// How many bytes a program takes in at once.

#ifndef RUFF_NETWORK_HTTP_BODY_LIMIT_H_
#define RUFF_NETWORK_HTTP_BODY_LIMIT_H_

#include <cstdint>

namespace ruff {

inline constexpr uint64_t kDefaultBodyLimit = 268'435'456;

// The limit of bodies and of sizes to receive, in bytes: RUFF_MAX_NETWORK_BODY_BYTES as it is now,
// or the default.
uint64_t BodyLimit();

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_BODY_LIMIT_H_
