// Which bytes decided what, while a program was written: the structure that a mutator of such bytes
// needs.

#ifndef RUFF_TESTING_GENERATOR_DECISION_TRACE_H_
#define RUFF_TESTING_GENERATOR_DECISION_TRACE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "testing/generator/decisions.h"

namespace ruff::generator {

// Bytes [begin, end) of the input.
struct Choice {
  size_t begin;
  size_t end;
  uint64_t bound;
};
struct PartBytes {
  uint8_t kind;
  size_t begin;
  size_t end;
};

class TracedDecisions final : public ByteDecisions {
 public:
  // Keeps a reference to the bytes.
  explicit TracedDecisions(std::span<const uint8_t> bytes) : ByteDecisions(bytes) {}
  uint64_t Below(uint64_t bound) override;

  // Those that took bytes, in order. Parts are in the order of their ends.
  const std::vector<Choice>& choices() const { return choices_; }
  const std::vector<PartBytes>& parts() const { return parts_; }

 protected:
  void Begin(uint8_t kind) override;
  void End() override;

 private:
  std::vector<Choice> choices_;
  std::vector<PartBytes> parts_;
  std::vector<PartBytes> open_;
};

}  // namespace ruff::generator

#endif  // RUFF_TESTING_GENERATOR_DECISION_TRACE_H_
