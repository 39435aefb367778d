#include "ruff/runtime/builtins/float_text.h"

#include <charconv>
#include <cmath>
#include <cstring>

namespace ruff {

size_t FormatPositionalFloat(double d, char* buffer) {
  size_t size = FormatFloat(d, buffer);
  if (std::memchr(buffer, '.', size) == nullptr) {
    buffer[size++] = '.';
    buffer[size++] = '0';
  }
  return size;
}

size_t FormatExponentFloat(double d, char* buffer) {
  const double magnitude = std::fabs(d);
  if (magnitude == 0 || (magnitude >= 1e-5 && magnitude < 1e16)) {
    return FormatPositionalFloat(d, buffer);
  }
  char* end =
      std::to_chars(buffer, buffer + kMaxDataFloatText, d, std::chars_format::scientific).ptr;
  // An exponent of one digit comes padded: "e-06".
  if (end[-2] == '0' && (end[-3] == '-' || end[-3] == '+')) {
    end[-2] = end[-1];
    --end;
  }
  return static_cast<size_t>(end - buffer);
}

}  // namespace ruff
