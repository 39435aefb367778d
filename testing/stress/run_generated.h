// Runs generated programs with the real binary and compares with what the generator expects.

#ifndef RUFF_TESTING_STRESS_RUN_GENERATED_H_
#define RUFF_TESTING_STRESS_RUN_GENERATED_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "testing/generator/family.h"

namespace ruff::stress {

struct Job {
  const generator::Family* family;
  const generator::Kind* kind;
  uint64_t seed;
  uint64_t size;
};

struct RunSettings {
  std::string binary;              // path of ruff
  std::vector<std::string> flags;  // further options of `ruff run`
  std::chrono::milliseconds limit{60'000};
};

// Empty when the program does what it should, else what differs and a command that repeats it.
std::string RunJob(const Job& job, const RunSettings& settings);

}  // namespace ruff::stress

#endif  // RUFF_TESTING_STRESS_RUN_GENERATED_H_
