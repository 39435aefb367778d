#include "ruff/runtime/value/hash_bytes.h"

#include <sys/random.h>

namespace ruff {
namespace internal {

uint64_t hash_seed = 0;

}  // namespace internal
namespace {

// Without random numbers of the system the seed stays 0: hashing works, only predictably.
[[gnu::constructor(101)]] void DrawSeed() {
  uint64_t seed;
  if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) == sizeof seed) internal::hash_seed = seed;
}

}  // namespace
}  // namespace ruff
