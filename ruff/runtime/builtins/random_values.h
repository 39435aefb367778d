// Values out of a seed, for tests of properties. The same seed gives the same values everywhere.
//
// Evenly spread values hit nothing: texts are mixed from pieces that mean something to a format or
// to Unicode, numbers from the edges of their kinds.

#ifndef RUFF_RUNTIME_BUILTINS_RANDOM_VALUES_H_
#define RUFF_RUNTIME_BUILTINS_RANDOM_VALUES_H_

#include <cstdint>
#include <string>

#include "ruff/runtime/builtins/test_context.h"

namespace ruff {

class RandomValues {
 public:
  explicit RandomValues(uint64_t seed) : state_(seed) {}

  uint64_t Bits();                 // 64 of them
  uint64_t Below(uint64_t limit);  // limit > 0
  bool OneIn(uint64_t n) { return Below(n) == 0; }

  int64_t Int();          // of every length, and at the edges
  double FiniteFloat();   // of every magnitude
  std::string Text();     // of up to about a dozen characters
  std::string Letters();  // a short word of few letters, so that texts repeat
  char32_t Character();   // any but surrogates
  std::string Binary();   // any bytes

  // What a tree may hold.
  struct TreeOptions {
    bool nulls = true;
    bool non_finite = false;
  };
  // A scalar, or an array or dict of at most about `budget` values in all.
  Ref Tree(int budget, const TreeOptions& options);
  // A dict of at most about `budget` values in all.
  Ref DictTree(int budget, const TreeOptions& options);

 private:
  Ref Scalar(const TreeOptions& options);
  Ref ArrayTree(int budget, const TreeOptions& options);

  uint64_t state_;
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_RANDOM_VALUES_H_
