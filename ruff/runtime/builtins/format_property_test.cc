// Texts of formats and the values they say, over values out of seeds: what is written is read as
// the same value, and the same text is written again. Texts that were damaged are refused or read,
// and what is read can be written.

#include <cmath>
#include <string>

#include "gtest/gtest.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/random_values.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

constexpr uint64_t kSeeds = 2'000;

std::string_view TextOf(const Ref& text) { return text.As<String>()->view(); }

std::string Show(const Ref& value) { return FormatToString(value.get(), Form::kDebug); }

// The same kinds with the same content; NaN is itself, zeros have signs. Quotes in strings are not
// escaped, but the texts written are compared, too.
bool IsSame(const Ref& a, const Ref& b) { return Show(a) == Show(b); }

struct Format {
  const char* reader;
  const char* writer;
};

void CheckRoundTrip(const Format& format, const Ref& value) {
  TestContext c;
  const Ref text = c.Call(format.writer, {value});
  ASSERT_EQ(c.failure(), "") << Show(value);
  const Ref again = c.Call(format.reader, {text});
  ASSERT_EQ(c.failure(), "") << TextOf(text);
  EXPECT_TRUE(IsSame(value, again)) << Show(value) << "\n" << Show(again) << "\n" << TextOf(text);
  EXPECT_EQ(TextOf(c.Call(format.writer, {again})), TextOf(text));
}

TEST(FormatPropertyTest, Json) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const Ref value = random.Tree(30, {});
    CheckRoundTrip({"parse_json", "to_json"}, value);
    CheckRoundTrip({"parse_json", "to_json_pretty"}, value);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(FormatPropertyTest, Yaml) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    CheckRoundTrip({"parse_yaml", "to_yaml"}, random.Tree(30, {.non_finite = true}));
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(FormatPropertyTest, Toml) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const Ref value = random.DictTree(30, {.nulls = false, .non_finite = true});
    CheckRoundTrip({"parse_toml", "to_toml"}, value);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

// A field of a table, which comes back as it went: an int, a float that is no int, a text that is
// no number.
Ref RandomField(RandomValues* random) {
  switch (random->Below(3)) {
    case 0:
      return I(random->Int());
    case 1: {
      const double d = random->FiniteFloat();
      return d == std::trunc(d) ? F(0.25) : F(d);
    }
    default:
      return S(random->Text() + "?");
  }
}

TEST(FormatPropertyTest, Csv) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    std::vector<std::string> header;
    for (uint64_t n = random.Below(4) + 1; n > 0; --n) header.push_back(random.Text());
    std::vector<Ref> rows;
    for (uint64_t n = random.Below(4) + 1; n > 0; --n) {
      std::vector<std::pair<std::string, Ref>> row;
      for (const std::string& key : header) row.emplace_back(key, RandomField(&random));
      rows.push_back(D(std::move(row)));
    }
    CheckRoundTrip({"parse_csv", "to_csv"}, A(std::move(rows)));
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(FormatPropertyTest, Base64) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const Ref bytes(NewBytes(random.Binary()));
    const Ref text = c.Call("encode_base64", {bytes});
    EXPECT_TRUE(IsSame(c.Call("decode_base64", {text}), bytes));
    // There is one text for any bytes.
    std::string damaged(TextOf(text));
    constexpr std::string_view kOthers = "A/+=z ";
    if (!damaged.empty()) {
      damaged[random.Below(damaged.size())] = kOthers[random.Below(kOthers.size())];
    }
    const Ref other = c.Call("decode_base64", {S(damaged)});
    if (c.failure().empty()) EXPECT_EQ(TextOf(c.Call("encode_base64", {other})), damaged);
  }
}

// Leaves out, repeats, moves or replaces a piece of `text`.
std::string Damage(std::string text, RandomValues* random) {
  if (text.empty()) return random->Text();
  const size_t at = random->Below(text.size());
  const std::string piece = text.substr(at, random->Below(8));
  switch (random->Below(4)) {
    case 0:
      return text.erase(at, piece.size());
    case 1:
      return text.insert(at, piece);
    case 2:
      return text.insert(random->Below(text.size()), piece);
    default:
      return text.replace(at, piece.size(), random->Text());
  }
}

void CheckDamaged(const Format& format, std::string_view error_prefix, const Ref& value,
                  RandomValues* random) {
  TestContext c;
  std::string text(TextOf(c.Call(format.writer, {value})));
  for (int i = 0; i < 4; ++i) {
    text = Damage(std::move(text), random);
    if (!IsValidUtf8(text)) return;
    const Ref read = c.Call(format.reader, {S(text)});
    if (!c.failure().empty()) {
      EXPECT_TRUE(c.failure().starts_with(error_prefix)) << c.failure() << "\n" << text;
    } else {
      CheckRoundTrip(format, read);
    }
  }
}

TEST(FormatPropertyTest, DamagedTexts) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    CheckDamaged({"parse_json", "to_json"}, "JSON parse error: ", random.Tree(30, {}), &random);
    CheckDamaged({"parse_yaml", "to_yaml"}, "YAML parse error: ", random.Tree(30, {}), &random);
    CheckDamaged({"parse_toml", "to_toml"}, "TOML parse error: TOML parse error at line ",
                 random.DictTree(30, {.nulls = false}), &random);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

}  // namespace
}  // namespace ruff
