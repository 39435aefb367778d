// Numbers: float functions, constants, bit operations.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"

namespace ruff {
namespace {

// A body that applies `function` to a number. The name is part of the type so that each row has its
// own messages.
template <size_t n>
struct Name {
  constexpr Name(const char (&text)[n]) { std::copy_n(text, n, chars); }  // NOLINT: implicit
  constexpr std::string_view view() const { return {chars, n - 1}; }
  char chars[n];
};

template <Name name, double (*function)(double)>
Value Unary(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsNumber()) {
    return context.Fail(absl::StrCat(name.view(), "() expects numeric argument 'value' , got ",
                                     Diagnostic(args[0])));
  }
  return Value::Float(function(FloatOf(args[0])));
}

template <Name name, double (*function)(double, double)>
Value Binary(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsNumber() || !args[1].IsNumber()) {
    return context.Fail(absl::StrCat(name.view(), "() expects numeric arguments"));
  }
  return Value::Float(function(FloatOf(args[0]), FloatOf(args[1])));
}

double Abs(double x) { return std::fabs(x); }
double Floor(double x) { return std::floor(x); }
double Ceil(double x) { return std::ceil(x); }
double Round(double x) { return std::round(x); }
double Sqrt(double x) { return std::sqrt(x); }
double Sin(double x) { return std::sin(x); }
double Cos(double x) { return std::cos(x); }
double Tan(double x) { return std::tan(x); }
double Exp(double x) { return std::exp(x); }
double Log(double x) { return std::log(x); }
double Pow(double x, double y) { return std::pow(x, y); }
double Min(double x, double y) { return std::fmin(x, y); }
double Max(double x, double y) { return std::fmax(x, y); }

Value CheckedSqrt(NativeContext& context, Value* args, uint32_t count) {
  if (args[0].IsNumber() && FloatOf(args[0]) < 0) {
    return context.Fail("sqrt() domain error: value must be >= 0");
  }
  return Unary<"sqrt", Sqrt>(context, args, count);
}

Value CheckedLog(NativeContext& context, Value* args, uint32_t count) {
  if (args[0].IsNumber() && FloatOf(args[0]) <= 0) {
    return context.Fail("log() domain error: value must be > 0");
  }
  return Unary<"log", Log>(context, args, count);
}

int64_t And(int64_t a, int64_t b) { return a & b; }
int64_t Or(int64_t a, int64_t b) { return a | b; }
int64_t Xor(int64_t a, int64_t b) { return a ^ b; }
int64_t Shl(int64_t a, int64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) << b); }
int64_t Shr(int64_t a, int64_t b) { return a >> b; }

Value FailNotInt(NativeContext& context, std::string_view name, std::string_view which, Value got) {
  return context.Fail(
      absl::StrCat(name, "() expects integer argument '", which, "' , got ", Diagnostic(got)));
}

template <Name name, int64_t (*function)(int64_t, int64_t)>
Value Bits(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsInt()) return FailNotInt(context, name.view(), "left", args[0]);
  if (!args[1].IsInt()) return FailNotInt(context, name.view(), "right", args[1]);
  return Value::Int(function(args[0].i, args[1].i));
}

template <Name name, int64_t (*function)(int64_t, int64_t)>
Value Shift(NativeContext& context, Value* args, uint32_t count) {
  if (args[0].IsInt() && args[1].IsInt() && (args[1].i < 0 || args[1].i > 63)) {
    return context.Fail(absl::StrCat(name.view(), "() expects a shift amount between 0 and 63"));
  }
  return Bits<name, function>(context, args, count);
}

Value BitNot(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsInt()) return FailNotInt(context, "bit_not", "value", args[0]);
  return Value::Int(~args[0].i);
}

constexpr NativeConstant kConstants[] = {
    {"PI", std::numbers::pi, "The ratio of a circle's circumference to its diameter."},
    {"E", std::numbers::e, "The base of natural logarithms."},
};

// Rows of functions of one and of two numbers.
#define RUFF_UNARY(NAME, BODY, DOC, EXAMPLE, MORE_ERRORS)                        \
  {.name = NAME,                                                                 \
   .min_args = 1,                                                                \
   .max_args = 1,                                                                \
   .body = BODY,                                                                 \
   .signature = NAME "(value: number) -> float",                                 \
   .doc = DOC,                                                                   \
   .example = EXAMPLE,                                                           \
   .errors = NAME "() expects numeric argument 'value' , got VALUE" MORE_ERRORS, \
   .arity_error = NAME "() expects 1 argument"}
#define RUFF_BINARY(NAME, BODY, PARAMETERS, DOC, EXAMPLE) \
  {.name = NAME,                                          \
   .min_args = 2,                                         \
   .max_args = 2,                                         \
   .body = BODY,                                          \
   .signature = NAME PARAMETERS " -> float",              \
   .doc = DOC,                                            \
   .example = EXAMPLE,                                    \
   .errors = NAME "() expects numeric arguments",         \
   .arity_error = NAME "() expects 2 arguments"}
#define RUFF_BITS(NAME, BODY, PARAMETERS, DOC, EXAMPLE, MORE_ERRORS)      \
  {.name = NAME,                                                          \
   .min_args = 2,                                                         \
   .max_args = 2,                                                         \
   .body = BODY,                                                          \
   .signature = NAME PARAMETERS " -> int",                                \
   .doc = DOC,                                                            \
   .example = EXAMPLE,                                                    \
   .errors = NAME "() expects integer argument 'left' , got VALUE\n" NAME \
                  "() expects integer argument 'right' , got VALUE" MORE_ERRORS}

constexpr NativeFunction kTable[] = {
    RUFF_UNARY("abs", (Unary<"abs", Abs>), "The absolute value.", "print(abs(-3)) => 3", ""),
    RUFF_UNARY("sqrt", CheckedSqrt, "The square root.", "print(sqrt(16)) => 4",
               "\nsqrt() domain error: value must be >= 0"),
    RUFF_UNARY("floor", (Unary<"floor", Floor>), "The largest integral float not above the value.",
               "print(floor(2.7)) => 2", ""),
    RUFF_UNARY("ceil", (Unary<"ceil", Ceil>), "The smallest integral float not below the value.",
               "print(ceil(2.1)) => 3", ""),
    RUFF_UNARY("round", (Unary<"round", Round>), "The nearest integral float, halves away from 0.",
               "print(round(2.5), round(-2.5)) => 3 -3", ""),
    RUFF_UNARY("sin", (Unary<"sin", Sin>), "The sine of an angle in radians.", "print(sin(0)) => 0",
               ""),
    RUFF_UNARY("cos", (Unary<"cos", Cos>), "The cosine of an angle in radians.",
               "print(cos(0)) => 1", ""),
    RUFF_UNARY("tan", (Unary<"tan", Tan>), "The tangent of an angle in radians.",
               "print(tan(0)) => 0", ""),
    RUFF_UNARY("exp", (Unary<"exp", Exp>), "`E` to the power of the value.", "print(exp(0)) => 1",
               ""),
    RUFF_UNARY("log", CheckedLog, "The natural logarithm.", "print(log(1)) => 0",
               "\nlog() domain error: value must be > 0"),
    RUFF_BINARY("pow", (Binary<"pow", Pow>), "(base: number, exponent: number)",
                "`base` to the power of `exponent`.", "print(pow(2, 10)) => 1024"),
    RUFF_BINARY("min", (Binary<"min", Min>), "(a: number, b: number)",
                "The smaller number; a NaN is ignored.", "print(min(3, 2.5)) => 2.5"),
    RUFF_BINARY("max", (Binary<"max", Max>), "(a: number, b: number)",
                "The larger number; a NaN is ignored.", "print(max(3, 2.5)) => 3"),
    RUFF_BITS("bit_and", (Bits<"bit_and", And>), "(left: int, right: int)", "The bits set in both.",
              "print(bit_and(12, 10)) => 8", ""),
    RUFF_BITS("bit_or", (Bits<"bit_or", Or>), "(left: int, right: int)",
              "The bits set in at least one.", "print(bit_or(12, 10)) => 14", ""),
    RUFF_BITS("bit_xor", (Bits<"bit_xor", Xor>), "(left: int, right: int)",
              "The bits set in exactly one.", "print(bit_xor(12, 10)) => 6", ""),
    {.name = "bit_not",
     .min_args = 1,
     .max_args = 1,
     .body = BitNot,
     .signature = "bit_not(value: int) -> int",
     .doc = "All bits inverted.",
     .example = "print(bit_not(0)) => -1",
     .errors = "bit_not() expects integer argument 'value' , got VALUE"},
    RUFF_BITS("bit_shl", (Shift<"bit_shl", Shl>), "(value: int, bits: int)",
              "The bits moved up; those that leave the 64 are lost.", "print(bit_shl(1, 4)) => 16",
              "\nbit_shl() expects a shift amount between 0 and 63"),
    RUFF_BITS("bit_shr", (Shift<"bit_shr", Shr>), "(value: int, bits: int)",
              "The bits moved down; the sign is kept.", "print(bit_shr(-16, 2)) => -4",
              "\nbit_shr() expects a shift amount between 0 and 63"),
};

#undef RUFF_UNARY
#undef RUFF_BINARY
#undef RUFF_BITS

}  // namespace

absl::Span<const NativeFunction> MathBuiltins() { return kTable; }
absl::Span<const NativeConstant> MathConstants() { return kConstants; }

}  // namespace ruff
