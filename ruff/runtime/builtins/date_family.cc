// Clocks, durations and dates, all in UTC.

#include <chrono>
#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "ruff/base/clock/time_source.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/builtins/whitespace.h"

namespace ruff {
namespace {

constexpr std::string_view kDurationType = "format_duration requires a number argument";
constexpr std::string_view kElapsedType = "elapsed requires number arguments";
constexpr std::string_view kFormatNumber = "format_date requires a number timestamp";
constexpr std::string_view kFormatType =
    "format_date requires timestamp (number) and format (string)";
constexpr std::string_view kParseType = "parse_date requires date string and format string";
constexpr std::string_view kDateFormat = "YYYY-MM-DD";

// Seconds of the years -262143 to 262142.
constexpr int64_t kMinTimestamp = -8334601228800;
constexpr int64_t kMaxTimestamp = 8210266876799;
constexpr int64_t kMinYear = -262143;
constexpr int64_t kMaxYear = 262142;

constexpr std::string_view kTooShort = "premature end of input";
constexpr std::string_view kInvalid = "input contains invalid characters";
constexpr std::string_view kOutOfRange = "input is out of range";
constexpr std::string_view kTrailing = "trailing input";

template <typename Unit>
int64_t SinceEpoch() {
  return std::chrono::duration_cast<Unit>(std::chrono::nanoseconds(SinceEpochNs())).count();
}

// Since the first question.
int64_t MonotonicNanoseconds() {
  static const int64_t start = MonotonicNs();
  return MonotonicNs() - start;
}

Value Now(NativeContext&, Value*, uint32_t) {
  return Value::Float(static_cast<double>(SinceEpoch<std::chrono::seconds>()));
}
Value NowUnix(NativeContext&, Value*, uint32_t) {
  return Value::Int(SinceEpoch<std::chrono::seconds>());
}
Value CurrentTimestamp(NativeContext&, Value*, uint32_t) {
  return Value::Int(SinceEpoch<std::chrono::milliseconds>());
}
Value PerformanceNow(NativeContext&, Value*, uint32_t) {
  return Value::Float(static_cast<double>(MonotonicNanoseconds()) / 1e6);
}
Value TimeUs(NativeContext&, Value*, uint32_t) {
  return Value::Float(static_cast<double>(MonotonicNanoseconds() / 1000));
}
Value TimeNs(NativeContext&, Value*, uint32_t) {
  return Value::Float(static_cast<double>(MonotonicNanoseconds()));
}

absl::CivilSecond CivilOf(int64_t timestamp) { return absl::CivilSecond(1970, 1, 1) + timestamp; }

// The pattern with YYYY, MM, DD, HH, mm and ss replaced.
std::string FormatTime(int64_t timestamp, std::string_view pattern) {
  const absl::CivilSecond t = CivilOf(timestamp);
  const auto two = [](int part) { return absl::StrFormat("%02d", part); };
  const std::string year = t.year() > 9999 ? absl::StrCat("+", t.year())
                           : t.year() < 0  ? absl::StrFormat("%05d", t.year())
                                           : absl::StrFormat("%04d", t.year());
  return absl::StrReplaceAll(pattern, {{"YYYY", year},
                                       {"MM", two(t.month())},
                                       {"DD", two(t.day())},
                                       {"HH", two(t.hour())},
                                       {"mm", two(t.minute())},
                                       {"ss", two(t.second())}});
}

Value NowUtc(NativeContext&, Value*, uint32_t) {
  return NewText(FormatTime(SinceEpoch<std::chrono::seconds>(), "YYYY-MM-DDTHH:mm:ssZ"));
}

Value FormatDate(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsNumber()) return context.Fail(std::string(kFormatNumber));
  if (!args[1].IsString()) return context.Fail(std::string(kFormatType));
  if (!std::isfinite(FloatOf(args[0]))) {
    return NewText("Invalid timestamp: value must be a finite number");
  }
  const int64_t timestamp = IntOf(args[0]);
  if (timestamp < kMinTimestamp || timestamp > kMaxTimestamp) {
    return NewText("Invalid timestamp: value is out of supported range");
  }
  // A pattern can grow by half (a year of six digits), and text and string live together.
  const std::string_view pattern = TextOf(args[1]);
  if (!CanMakeString(pattern.size() * uint64_t{3})) return FailTooLarge(context, "format_date");
  return NewText(FormatTime(timestamp, pattern));
}

Value FormatDuration(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsNumber()) return context.Fail(std::string(kDurationType));
  const double ms = FloatOf(args[0]);
  if (ms >= 1000) return NewText(absl::StrFormat("%.2fs", ms / 1000));
  if (ms >= 1) return NewText(absl::StrFormat("%.2fms", ms));
  if (ms >= 0.001) return NewText(absl::StrFormat("%.2fμs", ms * 1000));
  return NewText(absl::StrFormat("%.0fns", ms * 1e6));
}

Value Elapsed(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsNumber() || !args[1].IsNumber()) return context.Fail(std::string(kElapsedType));
  return Value::Float(FloatOf(args[1]) - FloatOf(args[0]));
}

// Reads the parts of a date; the first defect stays.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  // A number of at most `max_digits` digits, after blanks.
  int64_t Number(size_t max_digits) {
    rest_ = TrimStart(rest_);
    return Digits(max_digits);
  }
  // The same, or any number of digits after a sign.
  int64_t SignedNumber(size_t max_digits) {
    rest_ = TrimStart(rest_);
    if (!rest_.starts_with('-') && !rest_.starts_with('+')) return Digits(max_digits);
    const bool negative = rest_.starts_with('-');
    rest_.remove_prefix(1);
    const int64_t number = Digits(rest_.size());
    return negative ? -number : number;
  }
  void Dash() {
    if (rest_.empty()) return Defect(kTooShort);
    if (rest_[0] != '-') return Defect(kInvalid);
    rest_.remove_prefix(1);
  }
  void End() {
    if (!rest_.empty()) Defect(kTrailing);
  }
  void Defect(std::string_view defect) {
    if (defect_.empty()) defect_ = defect;
  }
  std::string_view defect() const { return defect_; }

 private:
  static bool IsDigit(char c) { return c >= '0' && c <= '9'; }

  int64_t Digits(size_t max_digits) {
    if (rest_.empty()) return Defect(kTooShort), 0;
    size_t size = 0;
    while (size < rest_.size() && size < max_digits && IsDigit(rest_[size])) ++size;
    int64_t number = 0;
    if (size == 0) {
      Defect(kInvalid);
    } else if (!ParseInt(rest_.substr(0, size), &number)) {
      Defect(kOutOfRange);
    }
    rest_.remove_prefix(size);
    return number;
  }

  std::string_view rest_;
  std::string_view defect_;
};

Value ParseDate(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) return context.Fail(std::string(kParseType));
  const std::string_view text = TextOf(args[0]);
  if (TextOf(args[1]) != kDateFormat) {
    return context.Fail(absl::StrCat("parse_date failed: unsupported format '", TextOf(args[1]),
                                     "' (expected '", kDateFormat, "')"));
  }
  DateReader reader(text);
  const int64_t year = reader.SignedNumber(4);
  reader.Dash();
  const int64_t month = reader.Number(2);
  if (month < 1 || month > 12) reader.Defect(kOutOfRange);
  reader.Dash();
  const int64_t day = reader.Number(2);
  if (day < 1 || day > 31) reader.Defect(kOutOfRange);
  reader.End();
  if (year < kMinYear || year > kMaxYear) reader.Defect(kOutOfRange);
  if (reader.defect().empty()) {
    const absl::CivilDay date(year, static_cast<int>(month), static_cast<int>(day));
    if (date.day() == day) {
      return Value::Float(static_cast<double>(date - absl::CivilDay(1970, 1, 1)) * 86400);
    }
    reader.Defect(kOutOfRange);
  }
  return context.Fail(absl::StrCat("parse_date failed: '", text, "' does not match format '",
                                   kDateFormat, "' (", reader.defect(), ")"));
}

constexpr NativeFunction kTable[] = {
    {.name = "now",
     .min_args = 0,
     .max_args = 0,
     .body = Now,
     .capability = Capability::kClock,
     .signature = "now() -> float",
     .doc = "Whole seconds since 1970.",
     .example = "print(now() == floor(now())) => true",
     .arity_error = "now() expects 0 arguments, got {}"},
    {.name = "now_unix",
     .min_args = 0,
     .max_args = 0,
     .body = NowUnix,
     .capability = Capability::kClock,
     .signature = "now_unix() -> int",
     .doc = "Seconds since 1970.",
     .example = "print(now_unix() > 1700000000) => true",
     .arity_error = "now_unix() expects 0 arguments, got {}"},
    {.name = "now_utc_seconds",
     .min_args = 0,
     .max_args = 0,
     .body = NowUnix,
     .capability = Capability::kClock,
     .signature = "now_utc_seconds() -> int",
     .doc = "The same as `now_unix`.",
     .example = "print(type(now_utc_seconds())) => int",
     .arity_error = "now_unix() expects 0 arguments, got {}",
     .alias_of = "now_unix"},
    {.name = "current_timestamp",
     .min_args = 0,
     .max_args = 0,
     .body = CurrentTimestamp,
     .capability = Capability::kClock,
     .signature = "current_timestamp() -> int",
     .doc = "Milliseconds since 1970.",
     .example = "print(current_timestamp() > 1700000000000) => true",
     .arity_error = "current_timestamp() expects 0 arguments, got {}"},
    {.name = "time",
     .min_args = 0,
     .max_args = 0,
     .body = CurrentTimestamp,
     .capability = Capability::kClock,
     .signature = "time() -> int",
     .doc = "The same as `current_timestamp`.",
     .example = "print(type(time())) => int",
     .arity_error = "current_timestamp() expects 0 arguments, got {}",
     .alias_of = "current_timestamp"},
    {.name = "now_utc",
     .min_args = 0,
     .max_args = 0,
     .body = NowUtc,
     .capability = Capability::kClock,
     .signature = "now_utc() -> string",
     .doc = "The time as YYYY-MM-DDTHH:MM:SSZ.",
     .example = "print(len(now_utc())) => 20",
     .arity_error = "now_utc() expects 0 arguments, got {}"},
    {.name = "performance_now",
     .min_args = 0,
     .max_args = 0,
     .body = PerformanceNow,
     .capability = Capability::kClock,
     .signature = "performance_now() -> float",
     .doc = "Milliseconds on a clock that never goes back.",
     .example = "print(performance_now() <= performance_now()) => true",
     .arity_error = "performance_now() expects 0 arguments, got {}"},
    {.name = "time_us",
     .min_args = 0,
     .max_args = 0,
     .body = TimeUs,
     .capability = Capability::kClock,
     .signature = "time_us() -> float",
     .doc = "Whole microseconds on a clock that never goes back.",
     .example = "print(time_us() >= 0) => true",
     .arity_error = "time_us() expects 0 arguments, got {}"},
    {.name = "time_ns",
     .min_args = 0,
     .max_args = 0,
     .body = TimeNs,
     .capability = Capability::kClock,
     .signature = "time_ns() -> float",
     .doc = "Whole nanoseconds on a clock that never goes back.",
     .example = "print(time_ns() >= 0) => true",
     .arity_error = "time_ns() expects 0 arguments, got {}"},
    {.name = "elapsed",
     .min_args = 2,
     .max_args = 2,
     .body = Elapsed,
     .capability = Capability::kClock,
     .signature = "elapsed(start: number, end: number) -> float",
     .doc = "The difference of two times.",
     .example = "print(elapsed(100, 350.5)) => 250.5",
     .errors = kElapsedType,
     .arity_error = "elapsed() expects 2 arguments (start, end), got {}"},
    {.name = "format_duration",
     .min_args = 1,
     .max_args = 1,
     .body = FormatDuration,
     .capability = Capability::kClock,
     .signature = "format_duration(milliseconds: number) -> string",
     .doc = "A duration in the unit that fits: s, ms, μs or ns.",
     .example = "print(format_duration(1500), format_duration(0.5)) => 1.50s 500.00μs",
     .errors = kDurationType,
     .arity_error = "format_duration() expects 1 argument (milliseconds), got {}"},
    {.name = "format_date",
     .min_args = 2,
     .max_args = 2,
     .body = FormatDate,
     .capability = Capability::kClock,
     .signature = "format_date(timestamp: number, pattern: string) -> string",
     .doc = "The pattern with YYYY, MM, DD, HH, mm and ss replaced by those of the time in "
            "seconds; a text "
            "that begins with `Invalid timestamp` when there is no such time.",
     .example = "print(format_date(951782400, \"DD.MM.YYYY HH:mm\")) => 29.02.2000 00:00",
     .errors = "format_date requires a number timestamp\n"
               "format_date requires timestamp (number) and format (string)\n"
               "format_date() result exceeds maximum size",
     .arity_error = "format_date() expects 2 arguments (timestamp, format), got {}"},
    {.name = "parse_date",
     .min_args = 2,
     .max_args = 2,
     .body = ParseDate,
     .capability = Capability::kClock,
     .signature = "parse_date(date: string, format: string) -> float",
     .doc = "The seconds since 1970 of a date; the format is \"YYYY-MM-DD\".",
     .example = "print(parse_date(\"2024-01-01\", \"YYYY-MM-DD\")) => 1704067200",
     .errors = "parse_date requires date string and format string\n"
               "parse_date failed: unsupported format 'F' (expected 'YYYY-MM-DD')\n"
               "parse_date failed: 'T' does not match format 'YYYY-MM-DD' (REASON)",
     .arity_error = "parse_date() expects 2 arguments (date, format), got {}"},
};

}  // namespace

absl::Span<const NativeFunction> DateBuiltins() { return kTable; }

}  // namespace ruff
