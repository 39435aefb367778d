// Numbers against models: bits one by one, sums in 128 bits, texts of numbers read back.

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/runtime/builtins/random_values.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

constexpr uint64_t kSeeds = 3'000;
constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
constexpr int64_t kMin = std::numeric_limits<int64_t>::min();

using Wide = __int128;

std::string Show(const Ref& value) { return FormatToString(value.get(), Form::kDebug); }
std::string Text(const Ref& value) { return FormatToString(value.get(), Form::kText); }

bool Bit(int64_t n, int64_t i) { return (static_cast<uint64_t>(n) >> i & 1) != 0; }

TEST(NumberPropertyTest, Bits) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const int64_t a = random.Int();
    const int64_t b = random.Int();
    const auto shift = static_cast<int64_t>(random.Below(64));
    const int64_t conjunction = c.Call("bit_and", {I(a), I(b)}).get().i;
    const int64_t disjunction = c.Call("bit_or", {I(a), I(b)}).get().i;
    const int64_t difference = c.Call("bit_xor", {I(a), I(b)}).get().i;
    const int64_t complement = c.Call("bit_not", {I(a)}).get().i;
    const int64_t left = c.Call("bit_shl", {I(a), I(shift)}).get().i;
    const int64_t right = c.Call("bit_shr", {I(a), I(shift)}).get().i;
    for (int64_t i = 0; i < 64; ++i) {
      EXPECT_EQ(Bit(conjunction, i), Bit(a, i) && Bit(b, i));
      EXPECT_EQ(Bit(disjunction, i), Bit(a, i) || Bit(b, i));
      EXPECT_EQ(Bit(difference, i), Bit(a, i) != Bit(b, i));
      EXPECT_EQ(Bit(complement, i), !Bit(a, i));
      EXPECT_EQ(Bit(left, i), i >= shift && Bit(a, i - shift)) << shift;
      EXPECT_EQ(Bit(right, i), Bit(a, std::min<int64_t>(i + shift, 63))) << shift;
    }
  }
}

// The sum of ints, or the message of the first addition that overflows.
std::string ModelSum(const std::vector<int64_t>& ints) {
  Wide sum = 0;
  for (const int64_t n : ints) {
    if (sum + n > kMax || sum + n < kMin) {
      return absl::StrCat("error: Integer overflow: ", static_cast<int64_t>(sum), " + ", n);
    }
    sum += n;
  }
  return absl::StrCat("Int(", static_cast<int64_t>(sum), ")");
}

TEST(NumberPropertyTest, Sums) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    std::vector<int64_t> ints;
    std::vector<Ref> elements;
    std::vector<Ref> mixed;  // the same sum
    for (uint64_t n = random.Below(40); n > 0; --n) {
      ints.push_back(random.Int());
      elements.push_back(I(ints.back()));
      if (random.OneIn(4)) mixed.push_back(S("no number"));
      mixed.push_back(elements.back());
    }
    const std::string sum = ModelSum(ints);
    EXPECT_EQ(c.Try("sum", {A(elements)}), sum) << seed;
    EXPECT_EQ(c.Try("sum", {A(mixed)}), sum);
    if (sum.starts_with("error")) continue;

    // From the first float on in doubles.
    double total = c.Call("sum", {A(elements)}).get().i;
    std::vector<Ref> floats = elements;
    for (uint64_t n = random.Below(5) + 1; n > 0; --n) {
      const double d = random.FiniteFloat();
      const int64_t i = random.Int();
      floats.push_back(F(d));
      floats.push_back(I(i));
      total += d;
      total += static_cast<double>(i);
    }
    EXPECT_EQ(Show(c.Call("sum", {A(floats)})), Show(F(total))) << seed;
  }
}

// What `text` says as a decimal int of 64 bits.
std::optional<int64_t> ModelInt(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  Wide value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = std::min<Wide>(value * 10 + (digit - '0'), Wide{1} << 100);
  }
  if (is_negative) value = -value;
  if (value > kMax || value < kMin) return std::nullopt;
  return static_cast<int64_t>(value);
}

TEST(NumberPropertyTest, TextsOfInts) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    std::string text = std::to_string(random.Int());
    constexpr std::string_view kOthers = "0189+-. ex";
    for (uint64_t n = random.Below(3); n > 0; --n) {
      text.insert(random.Below(text.size() + 1), 1, kOthers[random.Below(kOthers.size())]);
    }
    const std::optional<int64_t> value = ModelInt(Text(c.Call("trim", {S(text)})));
    const std::string expected = value.has_value()
                                     ? Show(I(*value))
                                     : absl::StrCat("error: Cannot parse '", text, "' as integer");
    EXPECT_EQ(c.Try("parse_int", {S(text)}), expected);
    if (value.has_value()) EXPECT_EQ(c.Try("to_int", {S(text)}), expected);
  }
}

// The shortest text that says a float says no other one, without an exponent.
TEST(NumberPropertyTest, TextsOfFloats) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const double d = random.FiniteFloat();
    const std::string text = Text(c.Call("to_string", {F(d)}));
    const Ref again = c.Call("parse_float", {S(text)});
    ASSERT_EQ(c.failure(), "");
    EXPECT_EQ(again.get().d, d) << text;
    EXPECT_EQ(std::signbit(again.get().d), std::signbit(d));
    EXPECT_EQ(text.find_first_not_of("-.0123456789"), std::string::npos) << text;
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), d);
    EXPECT_FALSE(text.ends_with(".0")) << text;
  }
}

TEST(NumberPropertyTest, FloatsToInts) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const double d = random.FiniteFloat();
    const double whole = std::trunc(d);
    const int64_t expected = whole >= 0x1p63    ? kMax
                             : whole <= -0x1p63 ? kMin
                                                : static_cast<int64_t>(whole);
    EXPECT_EQ(c.Call("to_int", {F(d)}).get().i, expected) << d;
  }
}

// [start, stop) by steps, counted in 128 bits.
TEST(NumberPropertyTest, Ranges) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const int64_t start = random.Int();
    const int64_t step = random.OneIn(2) ? random.Int() : static_cast<int64_t>(random.Below(7)) - 3;
    const Wide far = Wide{start} + Wide{step} * static_cast<Wide>(random.Below(20)) +
                     static_cast<Wide>(random.Below(3)) - 1;
    const auto stop = static_cast<int64_t>(std::clamp<Wide>(far, kMin, kMax));
    if (step == 0) continue;
    std::vector<Ref> elements;
    for (Wide i = start; step > 0 ? i < stop : i > stop; i += step) {
      elements.push_back(I(static_cast<int64_t>(i)));
      if (elements.size() > 100) break;
    }
    if (elements.size() > 100) continue;
    EXPECT_EQ(Show(c.Call("range", {I(start), I(stop), I(step)})), Show(A(elements)))
        << start << " " << stop << " " << step;
  }
}

}  // namespace
}  // namespace ruff
