#include "ruff/runtime/builtins/yaml_scalar.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "absl/strings/ascii.h"
#include "ruff/runtime/builtins/arguments.h"

namespace ruff {
namespace {

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// Removes leading ASCII digits from `*text`; their number is returned.
size_t SkipDigits(std::string_view* text) {
  const auto end = std::find_if_not(text->begin(), text->end(), absl::ascii_isdigit);
  const auto count = static_cast<size_t>(end - text->begin());
  text->remove_prefix(count);
  return count;
}

std::string_view WithoutSign(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return text;
}

// 16 for "0x1F", 8 for "0o7", 2 for "0b1", otherwise 0.
int RadixOf(std::string_view text) {
  if (text.size() < 3 || text[0] != '0') return 0;
  const int radix = text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : text[1] == 'b' ? 2 : 0;
  if (radix == 0) return 0;
  const bool valid = std::all_of(text.begin() + 2, text.end(), [&](char c) {
    return radix == 16 ? absl::ascii_isxdigit(static_cast<unsigned char>(c))
                       : c >= '0' && c < '0' + radix;
  });
  return valid ? radix : 0;
}

// "1", "-5", "0"; not "017".
bool IsDecimal(std::string_view text) {
  std::string_view digits = WithoutSign(text);
  const bool leading_zero = digits.size() > 1 && digits[0] == '0';
  return SkipDigits(&digits) > 0 && digits.empty() && !leading_zero;
}

// "1.5", "1.", ".5", "1e3"; not the digits alone.
bool IsDecimalFloat(std::string_view text) {
  std::string_view rest = WithoutSign(text);
  size_t digits = SkipDigits(&rest);
  if (rest.empty()) return false;
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    digits += SkipDigits(&rest);
  }
  if (digits == 0) return false;
  if (rest.empty()) return true;
  if (rest[0] != 'e' && rest[0] != 'E') return false;
  rest = WithoutSign(rest.substr(1));
  return SkipDigits(&rest) > 0 && rest.empty();
}

bool IsInfinity(std::string_view text) {
  return IsOneOf(WithoutSign(text), {".inf", ".Inf", ".INF"});
}
bool IsNan(std::string_view text) { return IsOneOf(text, {".nan", ".NaN", ".NAN"}); }

Value Int(std::string_view text) {
  const int radix = RadixOf(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  if (radix != 0) text.remove_prefix(2);
  const char* const end = text.data() + text.size();
  int64_t i;
  uint64_t u;
  if (std::from_chars(text.data(), end, i, radix == 0 ? 10 : radix).ec == std::errc()) {
    return Value::Int(i);
  }
  if (std::from_chars(text.data(), end, u, radix == 0 ? 10 : radix).ec == std::errc()) {
    return Value::Float(static_cast<double>(u));
  }
  return Value::Unset();
}

Value Float(std::string_view text) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (IsNan(text)) return Value::Float(std::numeric_limits<double>::quiet_NaN());
  if (IsInfinity(text)) return Value::Float(text[0] == '-' ? -kInfinity : kInfinity);
  double d;
  return ParseFloat(text, &d) ? Value::Float(d) : Value::Unset();
}

}  // namespace

YamlKind YamlKindOf(std::string_view text) {
  if (text.empty() || IsOneOf(text, {"~", "null", "Null", "NULL"})) return YamlKind::kNull;
  if (IsOneOf(text, {"true", "True", "TRUE", "false", "False", "FALSE"})) return YamlKind::kBool;
  if (IsDecimal(text) || RadixOf(text) != 0) return YamlKind::kInt;
  if (IsDecimalFloat(text) || IsInfinity(text) || IsNan(text)) return YamlKind::kFloat;
  return YamlKind::kString;
}

Value YamlScalar(std::string_view text, YamlKind kind) {
  const YamlKind form = YamlKindOf(text);
  switch (kind) {
    case YamlKind::kString:
      return NewText(text);
    case YamlKind::kFloat:
      if (form == YamlKind::kFloat) return Float(text);
      if (form == YamlKind::kInt) {
        const Value i = Int(text);
        return i.IsInt() ? Value::Float(static_cast<double>(i.i)) : i;
      }
      return Value::Unset();
    case YamlKind::kNull:
      return form == kind ? Value::Null() : Value::Unset();
    case YamlKind::kBool:
      return form == kind ? Value::Bool(absl::ascii_tolower(text[0]) == 't') : Value::Unset();
    case YamlKind::kInt:
      return form == kind ? Int(text) : Value::Unset();
  }
}

}  // namespace ruff
