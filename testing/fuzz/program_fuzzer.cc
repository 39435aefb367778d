// Whole programs, grown by the generator from the bytes; its evaluator computes the answer.

#include <cstddef>
#include <cstdint>

#include "testing/fuzz/generated.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  ruff::fuzz::RunGenerated("programs", /*max_size=*/40, data, size);
  return 0;
}
