#include "ruff/lang/lex/number.h"

#include "absl/strings/charconv.h"

namespace ruff {

std::optional<int64_t> ParseInt(std::string_view text) {
  int64_t value = 0;
  for (char digit : text) {
    if (__builtin_mul_overflow(value, 10, &value) ||
        __builtin_add_overflow(value, digit - '0', &value)) {
      return std::nullopt;
    }
  }
  return value;
}

std::optional<double> ParseFloat(std::string_view text) {
  double value = 0;
  const absl::from_chars_result result =
      absl::from_chars(text.data(), text.data() + text.size(), value);
  // Out of range is either too large, and `value` the largest double, or too small, and `value`
  // at most the smallest normal one.
  if (result.ec == std::errc::result_out_of_range) {
    return value > 1 ? std::nullopt : std::optional<double>(0.0);
  }
  return value;
}

}  // namespace ruff
