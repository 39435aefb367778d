#include "ruff/driver/nearest.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace ruff {
namespace {

constexpr int kMaxEdits = 2;

std::string_view Letters(std::string_view word) {
  return word.substr(std::min(word.find_first_not_of('-'), word.size()));
}

}  // namespace

int EditDistance(std::string_view a, std::string_view b) {
  // Rows i - 2, i - 1 and i of the table of distances between the first i and j bytes.
  std::vector<int> before(b.size() + 1), previous(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, previous);
    std::swap(previous, row);
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const int replaced = previous[j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0);
      row[j] = std::min({replaced, previous[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

std::string_view NearestWord(std::string_view word, absl::Span<const std::string_view> candidates) {
  const std::string_view letters = Letters(word);
  std::string_view nearest;
  int fewest = kMaxEdits + 1;
  for (std::string_view candidate : candidates) {
    const std::string_view other = Letters(candidate);
    const size_t longer = std::max(letters.size(), other.size());
    if (longer - std::min(letters.size(), other.size()) > kMaxEdits) continue;
    const int edits = EditDistance(letters, other);
    if (edits < fewest && static_cast<size_t>(2 * edits) < letters.size()) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace ruff
