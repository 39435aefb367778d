#ifndef RUFF_TOOLING_FORMAT_SPACING_H_
#define RUFF_TOOLING_FORMAT_SPACING_H_

#include <string_view>

#include "ruff/tooling/format/element.h"

namespace ruff {

// Whether a space stands between `left` and `right`, neighbours on one line of `text`; `ends_line`
// when nothing follows `right` there.
bool NeedsSpace(std::string_view text, const Element& left, const Element& right, bool ends_line);

}  // namespace ruff

#endif  // RUFF_TOOLING_FORMAT_SPACING_H_
