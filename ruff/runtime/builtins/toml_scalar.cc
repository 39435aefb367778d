#include "ruff/runtime/builtins/toml_scalar.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "ruff/runtime/builtins/arguments.h"

namespace ruff {
namespace {

using Problem = std::string_view;

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

Value Refuse(Problem what, Problem* problem) {
  *problem = what;
  return Value::Unset();
}

// `digits` without underscores; false unless every underscore stands between two digits.
bool JoinDigits(std::string_view digits, std::string* out) {
  const auto is_digit = [&](size_t i) {
    return i < digits.size() && absl::ascii_isxdigit(static_cast<unsigned char>(digits[i]));
  };
  for (size_t i = 0; i < digits.size(); ++i) {
    if (digits[i] != '_') {
      out->push_back(digits[i]);
    } else if (i == 0 || !is_digit(i - 1) || !is_digit(i + 1)) {
      return false;
    }
  }
  return true;
}

Value Radix(std::string_view word, int radix, Problem* problem) {
  std::string digits;
  int64_t i;
  if (!JoinDigits(word, &digits) || digits.empty() || digits[0] == '-') {
    return Refuse("invalid number", problem);
  }
  const auto [stop, status] =
      std::from_chars(digits.data(), digits.data() + digits.size(), i, radix);
  if (stop != digits.data() + digits.size()) return Refuse("invalid number", problem);
  if (status == std::errc::result_out_of_range) {
    return Refuse("integer does not fit into 64 bits", problem);
  }
  return Value::Int(i);
}

Value Decimal(std::string_view word, Problem* problem) {
  std::string text;
  if (!JoinDigits(word, &text)) return Refuse("an underscore stands between two digits", problem);
  std::string_view rest = text;
  const auto take_digits = [&] {
    const size_t size = std::find_if_not(rest.begin(), rest.end(), IsDigit) - rest.begin();
    const std::string_view digits = rest.substr(0, size);
    rest.remove_prefix(size);
    return digits;
  };
  if (rest.starts_with('+') || rest.starts_with('-')) rest.remove_prefix(1);
  if (rest == "inf" || rest == "nan") {
    const double magnitude = rest == "inf" ? std::numeric_limits<double>::infinity()
                                           : std::numeric_limits<double>::quiet_NaN();
    return Value::Float(text[0] == '-' ? -magnitude : magnitude);
  }
  const std::string_view whole = take_digits();
  if (whole.empty()) return Refuse("invalid value", problem);
  if (whole.size() > 1 && whole[0] == '0') return Refuse("number with a leading zero", problem);
  const bool integral = rest.empty();
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    if (take_digits().empty()) return Refuse("invalid number", problem);
  }
  if (rest.starts_with('e') || rest.starts_with('E')) {
    rest.remove_prefix(1);
    if (rest.starts_with('+') || rest.starts_with('-')) rest.remove_prefix(1);
    if (take_digits().empty()) return Refuse("invalid number", problem);
  }
  if (!rest.empty()) return Refuse("invalid number", problem);
  int64_t i;
  double d;
  if (integral) {
    if (!ParseInt(text, &i)) return Refuse("integer does not fit into 64 bits", problem);
    return Value::Int(i);
  }
  ParseFloat(text, &d);
  if (std::isinf(d)) return Refuse("number out of range", problem);
  return Value::Float(d);
}

// Reads the parts of a date and time one after the other.
class DateTime {
 public:
  explicit DateTime(std::string_view text) : rest_(text) {}

  // The RFC 3339 form; empty when the text is none.
  std::string Canonical() {
    std::string out;
    const bool has_date = IsTomlDate(rest_);
    if (has_date) {
      if (!Date(&out)) return {};
      if (rest_.empty()) return out;
      if (!Skip('T') && !Skip('t') && !Skip(' ')) return {};
      out += 'T';
    }
    if (!Time(&out)) return {};
    if (rest_.empty()) return out;
    return has_date && Offset(&out) && rest_.empty() ? out : std::string();
  }

 private:
  bool Skip(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Exactly `width` digits, from `min` to `max`.
  bool Number(size_t width, int min, int max, int* out) {
    if (rest_.size() < width) return false;
    *out = 0;
    for (size_t i = 0; i < width; ++i) {
      if (!IsDigit(rest_[i])) return false;
      *out = *out * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(width);
    return *out >= min && *out <= max;
  }

  bool Date(std::string* out) {
    int year, month, day;
    if (!Number(4, 0, 9999, &year) || !Skip('-') || !Number(2, 1, 12, &month) || !Skip('-')) {
      return false;
    }
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    const int days = month == 2 ? 28 + leap : 30 + (month + month / 8) % 2;
    if (!Number(2, 1, days, &day)) return false;
    absl::StrAppendFormat(out, "%04d-%02d-%02d", year, month, day);
    return true;
  }
  bool Time(std::string* out) {
    int hour, minute, second;
    if (!Number(2, 0, 23, &hour) || !Skip(':') || !Number(2, 0, 59, &minute) || !Skip(':') ||
        !Number(2, 0, 60, &second)) {  // 60: a leap second
      return false;
    }
    absl::StrAppendFormat(out, "%02d:%02d:%02d", hour, minute, second);
    if (!Skip('.')) return true;
    const size_t size = std::find_if_not(rest_.begin(), rest_.end(), IsDigit) - rest_.begin();
    if (size == 0) return false;
    std::string_view fraction = rest_.substr(0, std::min(size, kFractionDigits));
    while (fraction.ends_with('0')) fraction.remove_suffix(1);
    if (!fraction.empty()) absl::StrAppendFormat(out, ".%s", fraction);
    rest_.remove_prefix(size);
    return true;
  }
  bool Offset(std::string* out) {
    if (Skip('Z') || Skip('z')) {
      *out += 'Z';
      return true;
    }
    const char sign = rest_[0];
    int hour, minute;
    if ((!Skip('+') && !Skip('-')) || !Number(2, 0, 23, &hour) || !Skip(':') ||
        !Number(2, 0, 59, &minute)) {
      return false;
    }
    absl::StrAppendFormat(out, "%c%02d:%02d", sign, hour, minute);
    return true;
  }

  static constexpr size_t kFractionDigits = 9;
  std::string_view rest_;
};

bool IsTomlTime(std::string_view word) {
  return word.size() > 2 && IsDigit(word[0]) && IsDigit(word[1]) && word[2] == ':';
}

}  // namespace

bool IsTomlDate(std::string_view word) {
  return word.size() > 4 && std::all_of(word.begin(), word.begin() + 4, IsDigit) && word[4] == '-';
}

Value TomlScalar(std::string_view word, std::string_view* problem) {
  if (word == "true" || word == "false") return Value::Bool(word == "true");
  if (IsTomlDate(word) || IsTomlTime(word)) {
    const std::string text = DateTime(word).Canonical();
    return text.empty() ? Refuse("invalid date or time", problem) : NewText(text);
  }
  if (word.starts_with("0x")) return Radix(word.substr(2), 16, problem);
  if (word.starts_with("0o")) return Radix(word.substr(2), 8, problem);
  if (word.starts_with("0b")) return Radix(word.substr(2), 2, problem);
  return Decimal(word, problem);
}

}  // namespace ruff
