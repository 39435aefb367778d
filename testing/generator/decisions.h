// Where a generator's choices come from: a seed, or the bytes of a fuzzer.
//
// All families take their choices from here and from nowhere else. So the same seed gives the same
// program on every machine, and a fuzzer that changes a byte changes one choice: mutating bytes is
// mutating structure. Families say which choices make one part of a program (a member, a
// statement), so that parts can be taken out, repeated and exchanged, too: decision_trace.h.

#ifndef RUFF_TESTING_GENERATOR_DECISIONS_H_
#define RUFF_TESTING_GENERATOR_DECISIONS_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace ruff::generator {

// Parts of one kind can stand for each other. Expressions have a kind for each type, from
// kExpression on.
enum class PartKind : uint8_t { kMember, kFunction, kStatement, kExpression };

class Decisions {
 public:
  // The choices made while it lives belong together. Parts nest.
  class Part {
   public:
    Part(Decisions& decisions, PartKind kind, int type = 0) : decisions_(decisions) {
      decisions_.Begin(static_cast<uint8_t>(static_cast<int>(kind) + type));
    }
    ~Part() { decisions_.End(); }
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;

   private:
    Decisions& decisions_;
  };

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

 protected:
  virtual void Begin(uint8_t) {}
  virtual void End() {}
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
  explicit ByteDecisions(std::span<const uint8_t> bytes) : bytes_(bytes), size_(bytes.size()) {}
  uint64_t Below(uint64_t bound) override;

 protected:
  size_t used() const { return size_ - bytes_.size(); }  // bytes

 private:
  std::span<const uint8_t> bytes_;  // that are left
  size_t size_;
};

}  // namespace ruff::generator

#endif  // RUFF_TESTING_GENERATOR_DECISIONS_H_
