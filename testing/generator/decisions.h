// Where a generator's choices come from: a seed, or the bytes of a fuzzer.
//
// All families take their choices from here and from nowhere else. So the same seed gives the same
// program on every machine, and a fuzzer that changes a byte changes one choice: mutating bytes is
// mutating structure.

#ifndef RUFF_TESTING_GENERATOR_DECISIONS_H_
#define RUFF_TESTING_GENERATOR_DECISIONS_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace ruff::generator {

class Decisions {
 public:
  virtual ~Decisions() = default;

  // A number in [0, bound); bound > 0.
  virtual uint64_t Below(uint64_t bound) = 0;

  // A number in [low, high].
  int64_t Between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(Below(static_cast<uint64_t>(high - low) + 1));
  }

  bool Chance(int percent) { return Below(100) < static_cast<uint64_t>(percent); }

  // An index into `weights`, each as likely as its weight says; their sum > 0.
  size_t Weighted(std::span<const int> weights);
};

// SplitMix64 (Steele, Lea, Flood 2014): 64-bit unsigned arithmetic only.
class SeededDecisions : public Decisions {
 public:
  explicit SeededDecisions(uint64_t seed) : state_(seed) {}
  uint64_t Below(uint64_t bound) override;

 private:
  uint64_t state_;
};

// Choices read from bytes, as few bytes each as its bound needs. When they are used up every choice
// is 0: by convention the smallest one, which ends all growth.
class ByteDecisions : public Decisions {
 public:
  // Keeps a reference to the bytes.
  explicit ByteDecisions(std::span<const uint8_t> bytes) : bytes_(bytes) {}
  uint64_t Below(uint64_t bound) override;

 private:
  std::span<const uint8_t> bytes_;
};

}  // namespace ruff::generator

#endif  // RUFF_TESTING_GENERATOR_DECISIONS_H_
