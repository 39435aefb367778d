// One pass over the bytes that makes no values; the ends that open arrays and objects still need
// are a text of their own.

#include "ruff/runtime/builtins/json_defect.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "fast_float/fast_float.h"
#include "ruff/runtime/builtins/json_scan.h"

namespace ruff {
namespace {

constexpr std::string_view kEofValue = "EOF while parsing a value";
constexpr std::string_view kEofList = "EOF while parsing a list";
constexpr std::string_view kEofObject = "EOF while parsing an object";
constexpr std::string_view kEofString = "EOF while parsing a string";
constexpr std::string_view kInvalidNumber = "invalid number";
constexpr std::string_view kLoneSurrogate = "lone leading surrogate in hex escape";
constexpr std::string_view kHexEnd = "unexpected end of hex escape";
constexpr std::string_view kControl =
    "control character (\\u0000-\\u001F) found while parsing a string";

class JsonChecker {
 public:
  JsonChecker(std::string_view text, size_t max_depth)
      : begin_(text.data()),
        at_(text.data()),
        end_(text.data() + text.size()),
        max_depth_(max_depth) {}

  std::string Defect() {
    Document();
    return std::move(defect_);
  }

 private:
  // Functions that check say whether they found nothing wrong; then `at_` is behind what they read.

  bool Fail(std::string_view what) {
    const char* line = begin_;
    size_t number = 1;
    while (const void* newline = std::memchr(line, '\n', static_cast<size_t>(at_ - line))) {
      line = static_cast<const char*>(newline) + 1;
      ++number;
    }
    defect_ = absl::StrCat(kJsonDefectStart, what, " at line ", number, " column ",
                           static_cast<size_t>(at_ - line));
    return false;
  }
  // The offending byte is at `at_`, or the text ends there.
  bool FailHere(std::string_view what, std::string_view at_end) {
    if (at_ == end_) return Fail(at_end);
    ++at_;
    return Fail(what);
  }

  // Is the next byte `c`?
  bool At(char c) const { return at_ != end_ && *at_ == c; }
  bool AtDigit() const { return at_ != end_ && absl::ascii_isdigit(static_cast<uint8_t>(*at_)); }
  void SkipSpace() {
    while (At(' ') || At('\n') || At('\r') || At('\t')) ++at_;
  }

  bool Document() {
    SkipSpace();
    while (true) {
      // Here a value begins.
      if (At('[') || At('{')) {
        if (!Open()) return false;
        if (!At(closing_.back())) {
          if (InObject() && !Key()) return false;
          continue;
        }
        Close();
      } else if (!Scalar()) {
        return false;
      }
      // A value has ended; maybe containers end behind it.
      while (true) {
        SkipSpace();
        if (closing_.empty()) return at_ == end_ || FailHere("trailing characters", "");
        if (!At(closing_.back())) break;
        Close();
      }
      if (!Comma()) return false;
    }
  }

  bool InObject() const { return closing_.back() == '}'; }

  // At `[` or `{`; afterwards at the first element or the end.
  bool Open() {
    if (closing_.size() == max_depth_) {
      defect_ = absl::StrCat("JSON input exceeds maximum nesting depth of ", max_depth_);
      return false;
    }
    closing_.push_back(*at_++ == '{' ? '}' : ']');
    SkipSpace();
    if (at_ == end_) return Fail(InObject() ? kEofObject : kEofList);
    return !InObject() || At('}') || At('"') || FailHere("key must be a string", "");
  }
  void Close() {
    closing_.pop_back();
    ++at_;
  }

  // Behind an element; afterwards at the next value.
  bool Comma() {
    if (!At(',')) {
      return InObject() ? FailHere("expected `,` or `}`", kEofObject)
                        : FailHere("expected `,` or `]`", kEofList);
    }
    ++at_;
    SkipSpace();
    if (At(closing_.back())) return FailHere("trailing comma", "");
    if (!InObject()) return true;
    return At('"') ? Key() : FailHere("key must be a string", kEofValue);
  }

  // At the quote of a key; afterwards at its value.
  bool Key() {
    if (!String()) return false;
    SkipSpace();
    if (!At(':')) return FailHere("expected `:`", kEofObject);
    ++at_;
    SkipSpace();
    return true;
  }

  bool Scalar() {
    if (at_ == end_) return Fail(kEofValue);
    switch (*at_) {
      case '"':
        return String();
      case 't':
        return Word("true");
      case 'f':
        return Word("false");
      case 'n':
        return Word("null");
      default:
        return At('-') || AtDigit() ? Number() : FailHere("expected value", kEofValue);
    }
  }

  bool Word(std::string_view word) {
    for (const char c : word) {
      if (!At(c)) return FailHere("expected ident", kEofValue);
      ++at_;
    }
    return true;
  }

  bool Number() {
    const char* const start = at_;
    if (At('-')) ++at_;
    const bool zero = At('0');
    if (!Digits(zero ? 1 : SIZE_MAX)) return false;
    if (zero && AtDigit()) return FailHere(kInvalidNumber, "");
    if (At('.')) {
      ++at_;
      if (!Digits()) return false;
    }
    if (At('e') || At('E')) {
      ++at_;
      if (At('+') || At('-')) ++at_;
      if (!Digits()) return false;
    }
    double d;
    fast_float::from_chars(start, at_, d);
    return !std::isinf(d) || Fail("number out of range");
  }
  // One to `max` digits.
  bool Digits(size_t max = SIZE_MAX) {
    if (!AtDigit()) return FailHere(kInvalidNumber, kEofValue);
    for (size_t i = 0; i < max && AtDigit(); ++i) ++at_;
    return true;
  }

  bool String() {
    ++at_;
    while (true) {
      at_ = SkipJsonPlain(at_, end_);
      if (at_ == end_) return Fail(kEofString);
      const char c = *at_++;
      if (c == '"') return true;
      if (c != '\\') return Fail(kControl);
      if (!Escape()) return false;
    }
  }

  // Behind the backslash.
  bool Escape() {
    if (at_ == end_) return Fail(kEofString);
    const char c = *at_++;
    if (c == 'u') return UnicodeEscape();
    return std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos ||
           Fail("invalid escape");
  }

  bool UnicodeEscape() {
    uint32_t unit;
    if (!HexUnit(&unit)) return false;
    if (unit >= 0xDC00 && unit < 0xE000) return Fail(kLoneSurrogate);
    if (unit < 0xD800 || unit >= 0xE000) return true;
    for (const char expected : {'\\', 'u'}) {
      if (!At(expected)) return FailHere(kHexEnd, kEofString);
      ++at_;
    }
    if (!HexUnit(&unit)) return false;
    return (unit >= 0xDC00 && unit < 0xE000) || Fail(kLoneSurrogate);
  }

  bool HexUnit(uint32_t* unit) {
    if (end_ - at_ < 4) {
      at_ = end_;
      return Fail(kEofString);
    }
    const std::string_view digits(at_, 4);
    at_ += 4;
    return (absl::c_all_of(digits, absl::ascii_isxdigit) && absl::SimpleHexAtoi(digits, unit)) ||
           Fail("invalid escape");
  }

  const char* const begin_;
  const char* at_;
  const char* const end_;
  const size_t max_depth_;
  std::string closing_;  // what ends each open array and object
  std::string defect_;
};

}  // namespace

std::string FindJsonDefect(std::string_view text, size_t max_depth) {
  return JsonChecker(text, max_depth).Defect();
}

}  // namespace ruff
