#include "ruff/runtime/value/number_text.h"

#include <charconv>
#include <cmath>
#include <cstring>
#include <string_view>

namespace ruff {
namespace {

char* Put(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

char* PutZeros(char* out, int count) {
  if (count > 0) std::memset(out, '0', static_cast<size_t>(count));
  return out + (count > 0 ? count : 0);
}

}  // namespace

size_t FormatInt(int64_t i, char* buffer) {
  return static_cast<size_t>(std::to_chars(buffer, buffer + kMaxIntText, i).ptr - buffer);
}

size_t FormatFloat(double d, char* buffer) {
  char* out = buffer;
  if (std::isnan(d)) return static_cast<size_t>(Put(out, "NaN") - buffer);
  if (std::signbit(d)) *out++ = '-';
  d = std::fabs(d);
  if (std::isinf(d)) return static_cast<size_t>(Put(out, "inf") - buffer);
  if (d < 1e15 && d == std::floor(d)) {
    return FormatInt(static_cast<int64_t>(d), out) + static_cast<size_t>(out - buffer);
  }

  // Shortest digits as "d.ddde±xx"; then lay them out around the decimal point.
  char scientific[32];
  const auto end =
      std::to_chars(scientific, scientific + sizeof scientific, d, std::chars_format::scientific)
          .ptr;
  const std::string_view text(scientific, static_cast<size_t>(end - scientific));
  const size_t e = text.find('e');
  int exponent = 0;
  const size_t exponent_at = text[e + 1] == '+' ? e + 2 : e + 1;
  std::from_chars(text.data() + exponent_at, end, exponent);
  char digits[32];
  char* digits_end = Put(digits, text.substr(0, 1));
  if (e > 1) digits_end = Put(digits_end, text.substr(2, e - 2));
  const std::string_view all(digits, static_cast<size_t>(digits_end - digits));
  const int count = static_cast<int>(all.size());
  const int whole = exponent + 1;  // digits before the point

  if (whole <= 0) {
    out = Put(out, "0.");
    out = PutZeros(out, -whole);
    out = Put(out, all);
  } else if (whole >= count) {
    out = Put(out, all);
    out = PutZeros(out, whole - count);
  } else {
    out = Put(out, all.substr(0, static_cast<size_t>(whole)));
    out = Put(out, ".");
    out = Put(out, all.substr(static_cast<size_t>(whole)));
  }
  return static_cast<size_t>(out - buffer);
}

void AppendInt(int64_t i, std::string* out) {
  char buffer[kMaxIntText];
  out->append(buffer, FormatInt(i, buffer));
}

void AppendFloat(double d, std::string* out) {
  char buffer[kMaxFloatText];
  out->append(buffer, FormatFloat(d, buffer));
}

}  // namespace ruff
