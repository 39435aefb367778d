// The reader: one pass over the bytes, open containers on a stack of its own. Positions in messages
// are computed only when there is a message.
//
// Keys repeat from object to object, so a small table keeps the strings of recent ones: an object
// of known keys makes no strings and hashes nothing anew.

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "absl/strings/charconv.h"
#include "absl/strings/str_cat.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/json.h"
#include "ruff/runtime/builtins/json_scan.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr std::string_view kEofValue = "EOF while parsing a value";
constexpr std::string_view kEofList = "EOF while parsing a list";
constexpr std::string_view kEofObject = "EOF while parsing an object";
constexpr std::string_view kEofString = "EOF while parsing a string";
constexpr std::string_view kInvalidNumber = "invalid number";
constexpr std::string_view kLoneSurrogate = "lone leading surrogate in hex escape";
constexpr std::string_view kHexEnd = "unexpected end of hex escape";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

class JsonParser {
 public:
  JsonParser(std::string_view text, size_t max_depth, std::string* error)
      : begin_(text.data()),
        at_(text.data()),
        end_(text.data() + text.size()),
        max_depth_(max_depth),
        error_(error) {}

  Value Run() {
    Ref result;
    if (!Document(&result)) return Value::Unset();
    return result.Take();
  }

 private:
  // An array or object whose end has not been read, and the key that the next value belongs to.
  struct Open {
    Ref container;
    Ref key;
  };

  bool Fail(std::string_view what) {
    const char* line = begin_;
    size_t number = 1;
    while (const void* newline = std::memchr(line, '\n', static_cast<size_t>(at_ - line))) {
      line = static_cast<const char*>(newline) + 1;
      ++number;
    }
    *error_ = absl::StrCat("JSON parse error: ", what, " at line ", number, " column ",
                           static_cast<size_t>(at_ - line));
    return false;
  }
  // The offending byte is at `at_`, or the text ends there.
  bool FailHere(std::string_view what, std::string_view at_end) {
    if (at_ == end_) return Fail(at_end);
    ++at_;
    return Fail(what);
  }

  void SkipSpace() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }
  // Is the next byte `c`?
  bool At(char c) const { return at_ != end_ && *at_ == c; }

  bool Document(Ref* result) {
    SkipSpace();
    while (true) {
      // Here a value begins.
      Ref value;
      if (At('[') || At('{')) {
        if (!OpenContainer()) return false;
        if (!At(Closing())) {
          if (InObject() && !Key()) return false;
          continue;
        }
        ++at_;
        value = CloseContainer();
      } else if (!Scalar(&value)) {
        return false;
      }
      // A value has ended; maybe containers end behind it.
      while (true) {
        SkipSpace();
        if (open_.empty()) {
          *result = std::move(value);
          return at_ == end_ || FailHere("trailing characters", "");
        }
        Store(std::move(value));
        if (heap_->over_limit()) {
          *error_ = "parse_json() result exceeds maximum size";
          return false;
        }
        if (At(Closing())) {
          ++at_;
          value = CloseContainer();
          continue;
        }
        if (!At(',')) {
          return InObject() ? FailHere("expected `,` or `}`", kEofObject)
                            : FailHere("expected `,` or `]`", kEofList);
        }
        ++at_;
        SkipSpace();
        if (At(Closing())) return FailHere("trailing comma", "");
        if (InObject()) {
          if (!At('"')) return FailHere("key must be a string", kEofValue);
          if (!Key()) return false;
        }
        break;
      }
    }
  }

  bool InObject() const { return open_.back().container.get().IsDict(); }
  char Closing() const { return InObject() ? '}' : ']'; }

  // At `[` or `{`; afterwards at its first element or end.
  bool OpenContainer() {
    const bool object = *at_ == '{';
    if (open_.size() == max_depth_) {
      *error_ = absl::StrCat("JSON input exceeds maximum nesting depth of ", max_depth_);
      return false;
    }
    ++at_;
    open_.push_back({object ? Ref(NewDict()) : Ref(NewArray()), Ref()});
    SkipSpace();
    if (at_ == end_) return Fail(object ? kEofObject : kEofList);
    if (object && *at_ != '}' && *at_ != '"') return FailHere("key must be a string", "");
    return true;
  }

  Ref CloseContainer() {
    Ref closed = std::move(open_.back().container);
    open_.pop_back();
    return closed;
  }

  void Store(Ref value) {
    Open& open = open_.back();
    if (open.container.get().IsArray()) {
      ArrayPush(open.container.As<Array>(), value.Take());
    } else {
      DictSet(open.container.As<Dict>(), open.key.get(), value.Take());
    }
  }

  // A key and its colon; then the value begins at `at_`.
  bool Key() {
    std::string_view text;
    if (!StringText(&text)) return false;
    open_.back().key = KeyString(text);
    SkipSpace();
    if (!At(':')) return FailHere("expected `:`", kEofObject);
    ++at_;
    SkipSpace();
    return true;
  }

  Ref KeyString(std::string_view text) {
    if (text.empty() || text.size() > kMaxKeptKey) return Ref(NewString(text));
    const auto byte = [&](size_t i) { return static_cast<size_t>(static_cast<uint8_t>(text[i])); };
    const size_t slot =
        (text.size() * 31 + byte(0) * 7 + byte(text.size() / 2) * 5 + byte(text.size() - 1)) %
        kKeptKeys;
    Ref& kept = keys_[slot];
    if (!kept.get().IsString() || kept.As<String>()->view() != text) kept = Ref(NewString(text));
    return kept;
  }

  bool Scalar(Ref* value) {
    if (at_ == end_) return Fail(kEofValue);
    switch (*at_) {
      case '"': {
        std::string_view text;
        if (!StringText(&text)) return false;
        *value = Ref(NewString(text));
        return true;
      }
      case 't':
        *value = Ref(Value::Bool(true));
        return Word("true");
      case 'f':
        *value = Ref(Value::Bool(false));
        return Word("false");
      case 'n':
        *value = Ref(Value::Null());
        return Word("null");
      default:
        if (*at_ == '-' || IsDigit(*at_)) return Number(value);
        return FailHere("expected value", kEofValue);
    }
  }

  bool Word(std::string_view word) {
    for (const char c : word) {
      if (!At(c)) return FailHere("expected ident", kEofValue);
      ++at_;
    }
    return true;
  }

  bool Number(Ref* value) {
    const char* const start = at_;
    const bool negative = *at_ == '-';
    if (negative) ++at_;
    if (at_ == end_ || !IsDigit(*at_)) return FailHere(kInvalidNumber, kEofValue);
    const char* const digits = at_;
    uint64_t magnitude = 0;
    while (at_ != end_ && IsDigit(*at_)) {
      magnitude = magnitude * 10 + static_cast<uint64_t>(*at_ - '0');
      ++at_;
    }
    if (*digits == '0' && at_ - digits > 1) {
      at_ = digits + 1;
      return FailHere(kInvalidNumber, kEofValue);
    }
    bool integral = true;
    if (At('.')) {
      integral = false;
      ++at_;
      if (!Digits()) return false;
    }
    if (At('e') || At('E')) {
      integral = false;
      ++at_;
      if (At('+') || At('-')) ++at_;
      if (!Digits()) return false;
    }
    // Up to 18 digits cannot overflow; 19 can exceed int64, but not uint64.
    const uint64_t limit = uint64_t{INT64_MAX} + (negative ? 1 : 0);
    if (integral && at_ - digits <= 19 && magnitude <= limit && !(negative && magnitude == 0)) {
      *value = Ref(Value::Int(static_cast<int64_t>(negative ? 0 - magnitude : magnitude)));
      return true;
    }
    double d;
    const auto [stop, status] = absl::from_chars(start, at_, d);
    if (status == std::errc::result_out_of_range) {
      if (d >= 1 || d <= -1) return Fail("number out of range");
      d = negative ? -0.0 : 0.0;
    }
    *value = Ref(Value::Float(d));
    return true;
  }
  bool Digits() {
    if (at_ == end_ || !IsDigit(*at_)) return FailHere(kInvalidNumber, kEofValue);
    while (at_ != end_ && IsDigit(*at_)) ++at_;
    return true;
  }

  // The string at `at_`, without quotes and escapes; valid until the next call.
  bool StringText(std::string_view* text) {
    ++at_;
    const char* run = at_;
    at_ = SkipJsonPlain(at_, end_);
    if (At('"')) {
      *text = {run, static_cast<size_t>(at_ - run)};
      ++at_;
      return true;
    }
    scratch_.clear();
    while (true) {
      scratch_.append(run, at_);
      if (at_ == end_) return Fail(kEofString);
      const char c = *at_++;
      if (c == '"') break;
      if (c != '\\')
        return Fail("control character (\\u0000-\\u001F) found while parsing a string");
      if (!Escape()) return false;
      run = at_;
      at_ = SkipJsonPlain(at_, end_);
    }
    *text = scratch_;
    return true;
  }

  // Behind the backslash.
  bool Escape() {
    if (at_ == end_) return Fail(kEofString);
    const char c = *at_++;
    switch (c) {
      case '"':
      case '\\':
      case '/':
        scratch_.push_back(c);
        return true;
      case 'b':
        scratch_.push_back('\b');
        return true;
      case 'f':
        scratch_.push_back('\f');
        return true;
      case 'n':
        scratch_.push_back('\n');
        return true;
      case 'r':
        scratch_.push_back('\r');
        return true;
      case 't':
        scratch_.push_back('\t');
        return true;
      case 'u':
        return UnicodeEscape();
      default:
        return Fail("invalid escape");
    }
  }

  bool UnicodeEscape() {
    uint32_t unit;
    if (!HexUnit(&unit)) return false;
    char32_t character = unit;
    if (unit >= 0xDC00 && unit < 0xE000) return Fail(kLoneSurrogate);
    if (unit >= 0xD800 && unit < 0xDC00) {
      for (const char expected : {'\\', 'u'}) {
        if (!At(expected)) return FailHere(kHexEnd, kEofString);
        ++at_;
      }
      uint32_t low;
      if (!HexUnit(&low)) return false;
      if (low < 0xDC00 || low >= 0xE000) return Fail(kLoneSurrogate);
      character = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    AppendUtf8(character, &scratch_);
    return true;
  }

  bool HexUnit(uint32_t* unit) {
    if (end_ - at_ < 4) {
      at_ = end_;
      return Fail(kEofString);
    }
    *unit = 0;
    bool valid = true;
    for (int i = 0; i < 4; ++i) {
      const char c = *at_++;
      const char lower = static_cast<char>(c | 0x20);
      uint32_t digit = 0;
      if (IsDigit(c)) {
        digit = static_cast<uint32_t>(c - '0');
      } else if (lower >= 'a' && lower <= 'f') {
        digit = static_cast<uint32_t>(lower - 'a') + 10;
      } else {
        valid = false;
      }
      *unit = *unit << 4 | digit;
    }
    return valid || Fail("invalid escape");
  }

  static constexpr size_t kKeptKeys = 256;
  static constexpr size_t kMaxKeptKey = 64;  // bytes

  const char* const begin_;
  const char* at_;
  const char* const end_;
  const size_t max_depth_;
  std::string* const error_;
  const Heap* const heap_ = Heap::Current();
  std::vector<Open> open_;
  std::string scratch_;
  Ref keys_[kKeptKeys];
};

}  // namespace

Value ParseJson(std::string_view text, std::string* error, size_t max_depth) {
  return JsonParser(text, max_depth, error).Run();
}

}  // namespace ruff
