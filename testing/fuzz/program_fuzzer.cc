// Whole programs, grown by the generator from the bytes; its evaluator computes the answer.

#include "testing/fuzz/generated.h"

namespace {
constexpr ruff::fuzz::Target kTarget = {.family = "programs", .max_size = 40};
}

RUFF_FUZZ_GENERATED(kTarget)
