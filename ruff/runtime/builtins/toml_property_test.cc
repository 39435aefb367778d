// Documents of random lines, and damaged ones: what is read can be written and is read again as the
// same value, and what is refused is refused at a place in the text.

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/random_values.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

constexpr uint64_t kSeeds = 5'000;

std::string Show(const Ref& value) { return FormatToString(value.get(), Form::kDebug); }

// Does `failure` begin with a line and column of `text`?
bool NamesAPlace(std::string_view failure, std::string_view text) {
  constexpr std::string_view kStart = "TOML parse error: TOML parse error at line ";
  if (!failure.starts_with(kStart)) return false;
  const std::string_view place = failure.substr(kStart.size(), failure.find('\n') - kStart.size());
  const std::vector<std::string_view> parts = absl::StrSplit(place, ", column ");
  const std::vector<std::string_view> lines = absl::StrSplit(text, '\n');
  size_t line, column;
  return parts.size() == 2 && absl::SimpleAtoi(parts[0], &line) &&
         absl::SimpleAtoi(parts[1], &column) && line >= 1 && line <= lines.size() && column >= 1 &&
         column <= CountCharacters(lines[line - 1]) + 1;
}

void Check(const std::string& text) {
  if (!IsValidUtf8(text)) return;
  TestContext c;
  const Ref value = c.Call("parse_toml", {S(text)});
  if (!c.failure().empty()) {
    EXPECT_TRUE(NamesAPlace(c.failure(), text)) << text << "\n" << c.failure();
    return;
  }
  const Ref written = c.Call("to_toml", {value});
  ASSERT_EQ(c.failure(), "") << text;
  EXPECT_EQ(Show(c.Call("parse_toml", {written})), Show(value)) << text;
}

template <size_t kCount>
std::string_view OneOf(const std::string_view (&pieces)[kCount], RandomValues* random) {
  return pieces[random->Below(kCount)];
}

std::string RandomKey(RandomValues* random) {
  constexpr std::string_view kNames[] = {"a", "b", "c", "\"b\"", "'c'", "1", "-"};
  std::string key(OneOf(kNames, random));
  while (random->OneIn(3))
    absl::StrAppend(&key, random->OneIn(4) ? " . " : ".", OneOf(kNames, random));
  return key;
}

std::string RandomValue(RandomValues* random) {
  constexpr std::string_view kScalars[] = {"1",
                                           "-17",
                                           "+0",
                                           "0",
                                           "1_000",
                                           "0xDEAD_beef",
                                           "0o17",
                                           "0b101",
                                           "1.5",
                                           "-0.0",
                                           "6.02e23",
                                           "1e-9",
                                           "inf",
                                           "-inf",
                                           "true",
                                           "false",
                                           "\"x\"",
                                           "'y'",
                                           "\"\\u00e9\\n\\\"\"",
                                           "\"\"\"\na\\\n  b\"\"\"",
                                           "'''\nq''q'''",
                                           "1979-05-27",
                                           "07:32:00",
                                           "1979-05-27T07:32:00Z",
                                           "1979-05-27 07:32:00.999999",
                                           "1979-05-27t07:32:00.5-07:00",
                                           "01",
                                           "1__0",
                                           "0x",
                                           "1.",
                                           ".5",
                                           "tru",
                                           "2023-02-29",
                                           "24:00:00",
                                           "+inf",
                                           "9223372036854775807",
                                           "9223372036854775808",
                                           "-9223372036854775808",
                                           "\"\\x\"",
                                           "1e",
                                           "--1",
                                           "0xG",
                                           "1979-05-27T"};
  if (random->OneIn(6)) {
    std::string array = "[";
    while (!random->OneIn(3)) {
      absl::StrAppend(&array, RandomValue(random), random->OneIn(8) ? "" : ",",
                      random->OneIn(6) ? " # c\n" : " ");
    }
    return array + "]";
  }
  if (random->OneIn(6)) {
    std::string table = "{";
    for (uint64_t n = random->Below(3); n > 0; --n) {
      absl::StrAppend(&table, RandomKey(random), "=", RandomValue(random), n > 1 ? ", " : "");
    }
    return table + "}";
  }
  return std::string(OneOf(kScalars, random));
}

std::string RandomLine(RandomValues* random) {
  switch (random->Below(6)) {
    case 0:
      return absl::StrCat("[", RandomKey(random), "]\n");
    case 1:
      return absl::StrCat("[[", RandomKey(random), "]]\r\n");
    case 2:
      return "  # comment\n";
    default:
      return absl::StrCat(RandomKey(random), " = ", RandomValue(random),
                          random->OneIn(5) ? " # c\n" : "\n");
  }
}

TEST(TomlPropertyTest, Lines) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    std::string text;
    for (uint64_t n = random.Below(6) + 1; n > 0; --n) text += RandomLine(&random);
    Check(text);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(TomlPropertyTest, WrittenAndDamaged) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    TestContext c;
    const Ref value = random.DictTree(30, {.nulls = false, .non_finite = true});
    const Ref written = c.Call("to_toml", {value});
    std::string text(written.As<String>()->view());
    Check(text);
    for (int i = 0; i < 3 && !text.empty(); ++i) {
      text.replace(random.Below(text.size()), random.Below(4), random.Text());
      Check(text);
    }
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

}  // namespace
}  // namespace ruff
