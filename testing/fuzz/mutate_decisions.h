// A mutator of bytes that are a generator's decisions. It knows from a trace which bytes make one
// choice and which make one part of the program, and changes choices and moves parts; what it makes
// decodes to the change that was meant, not to another program from there on.

#ifndef RUFF_TESTING_FUZZ_MUTATE_DECISIONS_H_
#define RUFF_TESTING_FUZZ_MUTATE_DECISIONS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "testing/generator/decision_trace.h"

namespace ruff::fuzz {

using Bytes = std::vector<uint8_t>;

// `input` with one change: another value for a choice; or a part removed, repeated, or replaced by
// one of its kind. `trace` is of `input`. Everything follows from `seed`. At most `max_size` bytes.
Bytes MutateDecisions(const generator::TracedDecisions& trace, std::span<const uint8_t> input,
                      size_t max_size, uint32_t seed);

// `input` with one of its parts replaced by one of its kind of `other`; without such a pair,
// `input`.
Bytes CrossDecisions(const generator::TracedDecisions& trace, std::span<const uint8_t> input,
                     const generator::TracedDecisions& other_trace, std::span<const uint8_t> other,
                     size_t max_size, uint32_t seed);

}  // namespace ruff::fuzz

#endif  // RUFF_TESTING_FUZZ_MUTATE_DECISIONS_H_
