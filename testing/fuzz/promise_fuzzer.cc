// Schedules of promises: the bytes choose members, their order, limits, rejections, cancellations
// and the world they run in; a model computes the answer.

#include <cstddef>
#include <cstdint>

#include "testing/fuzz/generated.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  ruff::fuzz::RunGenerated("promises", /*max_size=*/12, data, size);
  return 0;
}
