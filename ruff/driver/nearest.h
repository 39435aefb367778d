#ifndef RUFF_DRIVER_NEAREST_H_
#define RUFF_DRIVER_NEAREST_H_

#include <string_view>

#include "absl/types/span.h"

namespace ruff {

// Changes that make `b` of `a`: insert, remove or replace a byte, or swap two neighbours.
int EditDistance(std::string_view a, std::string_view b);

// Of `candidates` the one that `word` was probably meant to be: at most two edits away and fewer
// than half its letters, the first of the nearest. Empty when there is none. Leading dashes do not
// count as letters.
std::string_view NearestWord(std::string_view word, absl::Span<const std::string_view> candidates);

}  // namespace ruff

#endif  // RUFF_DRIVER_NEAREST_H_
