// Two texts as a unified diff.

#ifndef RUFF_TESTING_BASE_TEXT_DIFF_H_
#define RUFF_TESTING_BASE_TEXT_DIFF_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace ruff {

struct TextDiffOptions {
  size_t context = 3;      // equal lines around a difference
  size_t max_lines = 60;   // of output; the rest is counted
  size_t max_width = 400;  // bytes of a line; the rest is cut
};

// Empty when the texts are equal. Lines only in `expected` begin with `-`, lines only in `actual`
// with `+`. Control characters are shown escaped, and a missing line end at the end of a text is
// mentioned. Takes time linear in the sizes: texts that differ a lot are compared coarsely.
std::string TextDiff(std::string_view expected, std::string_view actual,
                     const TextDiffOptions& options = {});

}  // namespace ruff

#endif  // RUFF_TESTING_BASE_TEXT_DIFF_H_
