// The sequence of random numbers of the process. Seeded, it is the same on every platform: the
// generator is part of the language.

#ifndef RUFF_RUNTIME_BUILTINS_RANDOM_SOURCE_H_
#define RUFF_RUNTIME_BUILTINS_RANDOM_SOURCE_H_

#include <cstddef>
#include <cstdint>

namespace ruff {

// ChaCha with 12 rounds, used as a stream of numbers.
class RandomStream {
 public:
  // The key that `seed` expands to.
  explicit RandomStream(uint64_t seed);
  // A key of 32 bytes.
  explicit RandomStream(const uint32_t key[8]);

  uint64_t Next();

 private:
  void MakeBlock();

  uint32_t key_[8];
  uint64_t counter_ = 0;
  uint32_t block_[16];
  size_t used_ = 16;  // words of the block
};

// [0, 1), a multiple of 2^-53.
double RandomFloat(RandomStream& stream);
// [low, high], both inclusive; low <= high.
int64_t RandomInt(RandomStream& stream, int64_t low, int64_t high);

// Fills `size` bytes with entropy of the system.
void FillWithEntropy(void* bytes, size_t size);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_RANDOM_SOURCE_H_
