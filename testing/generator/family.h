// The families of programs, one table.

#ifndef RUFF_TESTING_GENERATOR_FAMILY_H_
#define RUFF_TESTING_GENERATOR_FAMILY_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "testing/generator/decisions.h"
#include "testing/generator/sink.h"

namespace ruff::generator {

// What a run of the program must show. The output is small by design: programs print lengths, sums
// and samples, never their data.
struct Expectation {
  std::string output;  // standard output, exact
  int exit_code = 0;
  bool known = true;  // false: any outcome but a crash, a hang or a leak is right
};

// One kind of program within a family.
struct Kind {
  std::string_view name;
  std::string_view summary;
  // Writes a program of about `size` elements; `size` > 0.
  void (*write)(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation);
};

struct Family {
  std::string_view name;
  std::string_view summary;
  std::span<const Kind> kinds;
};

std::span<const Family> Families();

// Null when there is none of that name.
const Family* FindFamily(std::string_view name);
const Kind* FindKind(const Family& family, std::string_view name);

// Kinds of each family, defined beside it.
std::span<const Kind> LiteralKinds();
std::span<const Kind> PromiseKinds();
std::span<const Kind> ProgramKinds();
std::span<const Kind> DamageKinds();

}  // namespace ruff::generator

#endif  // RUFF_TESTING_GENERATOR_FAMILY_H_
