#include "ruff/network/http/body_text.h"

#include "ruff/base/broken_utf8.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/arguments.h"

namespace ruff {

Value BodyText(std::string_view body) {
  return IsValidUtf8(body) ? NewText(body) : NewText(MendUtf8(body));
}

}  // namespace ruff
