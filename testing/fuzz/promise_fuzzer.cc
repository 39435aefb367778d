// Schedules of promises: the bytes choose members, their order, limits, rejections, cancellations
// and the world they run in, with failing calls of the operating system; a model computes the
// answer.

#include "testing/fuzz/generated.h"

namespace {
constexpr ruff::fuzz::Target kTarget = {.family = "promises", .max_size = 12};
}

RUFF_FUZZ_GENERATED(kTarget)
