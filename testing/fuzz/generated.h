// Runs generated programs inside the fuzzer: the input's bytes are the generator's decisions, so
// that a changed byte is a changed choice and every input is a program that makes sense.

#ifndef RUFF_TESTING_FUZZ_GENERATED_H_
#define RUFF_TESTING_FUZZ_GENERATED_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ruff::fuzz {

// The first bytes choose the kind within `family`, the size (at most `max_size`), the seed of the
// simulated world and the interpreter; the rest decides. Aborts, after printing the program, when
// it does anything but what the generator expects.
void RunGenerated(std::string_view family, uint64_t max_size, const uint8_t* data, size_t size);

}  // namespace ruff::fuzz

#endif  // RUFF_TESTING_FUZZ_GENERATED_H_
