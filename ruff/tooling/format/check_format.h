#ifndef RUFF_TOOLING_FORMAT_CHECK_FORMAT_H_
#define RUFF_TOOLING_FORMAT_CHECK_FORMAT_H_

#include <optional>
#include <string>

#include "ruff/tooling/format/formatter.h"

namespace ruff {

// For tests: `text` formatted; nothing if it is no program. Ends the process unless the result has
// the tokens and comments of `text` (sorted imports aside) and stays as it is when formatted again.
std::optional<std::string> CheckedFormat(std::string text, const FormatOptions& options);

}  // namespace ruff

#endif  // RUFF_TOOLING_FORMAT_CHECK_FORMAT_H_
