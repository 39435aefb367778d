// How much memory a generated program may use.

#ifndef RUFF_TESTING_STRESS_CEILING_H_
#define RUFF_TESTING_STRESS_CEILING_H_

#include <cstdint>
#include <string_view>

namespace ruff::stress {

// Peak resident memory, in bytes, of `ruff run` with a program of this family, kind and size. Its
// source, tree and bytecode count. No limit for kinds whose text does not grow with the size.
uint64_t Ceiling(std::string_view family, std::string_view kind, uint64_t size);

}  // namespace ruff::stress

#endif  // RUFF_TESTING_STRESS_CEILING_H_
