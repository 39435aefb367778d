// Runs generated programs inside the fuzzer: the input's bytes are the generator's decisions, so
// every input is a program that makes sense, and the mutators know its structure.

#ifndef RUFF_TESTING_FUZZ_GENERATED_H_
#define RUFF_TESTING_FUZZ_GENERATED_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ruff::fuzz {

// Programs of one family, of at most `max_size` elements.
struct Target {
  std::string_view family;
  uint64_t max_size;
};

// The first bytes choose the kind of program, its size, the simulated world and the interpreter;
// the rest decides. Aborts, after printing the program, when it does anything but what the
// generator expects, leaves an object behind or needs more than its budget.
void RunGenerated(const Target& target, const uint8_t* data, size_t size);

// As libFuzzer's custom mutator and crossover; see mutate_decisions.h.
size_t MutateGenerated(const Target& target, uint8_t* data, size_t size, size_t max_size,
                       uint32_t seed);
size_t CrossGenerated(const Target& target, const uint8_t* data1, size_t size1,
                      const uint8_t* data2, size_t size2, uint8_t* out, size_t max_size,
                      uint32_t seed);

}  // namespace ruff::fuzz

// The functions that libFuzzer calls, for the `target`.
#define RUFF_FUZZ_GENERATED(target)                                                             \
  extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {                     \
    ruff::fuzz::RunGenerated(target, data, size);                                               \
    return 0;                                                                                   \
  }                                                                                             \
  extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,        \
                                            unsigned int seed) {                                \
    return ruff::fuzz::MutateGenerated(target, data, size, max_size, seed);                     \
  }                                                                                             \
  extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* data1, size_t size1,               \
                                              const uint8_t* data2, size_t size2, uint8_t* out, \
                                              size_t max_size, unsigned int seed) {             \
    return ruff::fuzz::CrossGenerated(target, data1, size1, data2, size2, out, max_size, seed); \
  }

#endif  // RUFF_TESTING_FUZZ_GENERATED_H_
