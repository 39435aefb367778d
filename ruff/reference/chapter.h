// The builtin functions as the reference arranges them.

#ifndef RUFF_REFERENCE_CHAPTER_H_
#define RUFF_REFERENCE_CHAPTER_H_

#include <string_view>
#include <vector>

#include "ruff/runtime/vm/native.h"

namespace ruff {

struct Chapter {
  std::string_view title;
  std::string_view introduction;                 // Markdown
  std::vector<const NativeFunction*> functions;  // what programs see, in the order of the tables
};

// All chapters of chapter.def.
const std::vector<Chapter>& ReferenceChapters();

}  // namespace ruff

#endif  // RUFF_REFERENCE_CHAPTER_H_
