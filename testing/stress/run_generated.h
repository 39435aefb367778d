// Runs generated programs with the real binary and compares with what the generator expects.

#ifndef RUFF_TESTING_STRESS_RUN_GENERATED_H_
#define RUFF_TESTING_STRESS_RUN_GENERATED_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "testing/base/temp_dir.h"
#include "testing/generator/family.h"

namespace ruff::stress {

struct Job {
  const generator::Family* family;
  const generator::Kind* kind;
  uint64_t seed;
  uint64_t size;

  // family/kind
  std::string Name() const;
};

struct RunSettings {
  std::string binary;              // path of ruff
  std::vector<std::string> flags;  // further options of `ruff run`
  std::chrono::milliseconds limit{300'000};
};

struct RunResult {
  std::string complaint;  // empty when the program does what it should
  double seconds = 0;
  uint64_t peak_bytes = 0;  // resident
};

// A program on disk, written once, run in many ways.
class GeneratedProgram {
 public:
  // The text of the program and its expectation take constant memory, whatever the size, except for
  // what the model of promises needs.
  explicit GeneratedProgram(const Job& job);

  RunResult Run(const RunSettings& settings) const;

 private:
  const Job job_;
  const TempDir dir_;
  generator::Expectation expectation_;
  bool written_ = false;
};

}  // namespace ruff::stress

#endif  // RUFF_TESTING_STRESS_RUN_GENERATED_H_
