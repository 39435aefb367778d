// What messages of HTTP hold, as strings of the language.

#ifndef RUFF_NETWORK_HTTP_BODY_TEXT_H_
#define RUFF_NETWORK_HTTP_BODY_TEXT_H_

#include <string_view>

#include "ruff/runtime/value/value.h"

namespace ruff {

// A body, or the value of a header, as a string: what is no UTF-8 becomes U+FFFD, one for each
// defect. Owned.
Value BodyText(std::string_view body);

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_BODY_TEXT_H_
