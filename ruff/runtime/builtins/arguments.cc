#include "ruff/runtime/builtins/arguments.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "absl/strings/charconv.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The largest text that may be built at once.
size_t TextLimit() {
  uint64_t limit = kMaxStringBytes;
  while (limit > 1 << 20 && !Heap::Current()->CanAllocate(limit)) limit /= 2;
  return limit;
}

}  // namespace

int64_t TruncateToInt(double d) {
  constexpr double kLimit = 9223372036854775808.0;
  if (std::isnan(d)) return 0;
  if (d >= kLimit) return std::numeric_limits<int64_t>::max();
  if (d < -kLimit) return std::numeric_limits<int64_t>::min();
  return static_cast<int64_t>(d);
}

Value NewPair(Value first, Value second) {
  Array* pair = NewArray(2, Array::kValues);
  ArrayPush(pair, first);
  ArrayPush(pair, second);
  return Value::Heap(pair);
}

bool AppendForm(Value value, Form form, std::string* out) {
  if (value.IsString() && form == Form::kText) {
    out->append(TextOf(value));
    return true;
  }
  if (!value.IsHeap()) return FormatValue(value, form, out);
  return FormatValue(value, form, out, TextLimit());
}

std::string Diagnostic(Value value) { return FormatToString(value, Form::kDiagnostic); }

Value FailTooLarge(NativeContext& context, std::string_view name) {
  return context.Fail(absl::StrCat(name, "() result exceeds maximum size"));
}

bool CanMakeString(uint64_t bytes) {
  return bytes <= kMaxStringBytes && Heap::Current()->CanAllocate(bytes);
}

bool CanMakeArray(uint64_t size, uint64_t element_bytes) {
  uint64_t bytes;
  return !__builtin_mul_overflow(size, element_bytes, &bytes) &&
         Heap::Current()->CanAllocate(bytes);
}

bool ParseInt(std::string_view text, int64_t* out) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, *out, 10);
  return error == std::errc() && stop == end;
}

bool ParseFloat(std::string_view text, double* out) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  double magnitude;
  if (absl::EqualsIgnoreCase(text, "inf") || absl::EqualsIgnoreCase(text, "infinity")) {
    magnitude = std::numeric_limits<double>::infinity();
  } else if (absl::EqualsIgnoreCase(text, "nan")) {
    magnitude = std::numeric_limits<double>::quiet_NaN();
  } else {
    // from_chars knows the rest of the grammar, but would also read a second sign, other names and
    // hexadecimal digits.
    const size_t first_digit = text.starts_with('.') ? 1 : 0;
    if (text.size() <= first_digit || !IsDigit(text[first_digit])) return false;
    if (text.starts_with("0x") || text.starts_with("0X")) return false;
    const char* end = text.data() + text.size();
    const auto [stop, error] = absl::from_chars(text.data(), end, magnitude);
    if (stop != end) return false;
    // Out of range leaves the nearest finite value.
    if (error == std::errc::result_out_of_range && magnitude > 1) magnitude = HUGE_VAL;
  }
  *out = negative ? -magnitude : magnitude;
  return true;
}

}  // namespace ruff
