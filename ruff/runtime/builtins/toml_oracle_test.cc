// Our reader of TOML against toml++: both refuse a document, or both read the same from it.
//
// Documents are written by to_toml, put together from lines that say something about tables, and
// damaged. What exceeds a limit of toml++ alone (numbers of 126 characters) says nothing.

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gtest/gtest.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/random_values.h"
#include "ruff/runtime/value/format.h"

// The library asserts what some bad documents break, and reports them behind that.
#undef NDEBUG
#define TOML_ASSERT(condition) static_cast<void>(0)
#define TOML_EXCEPTIONS 0
#include "toml++/toml.h"

namespace ruff {
namespace {

constexpr uint64_t kSeeds = 5'000;

std::string DateText(const toml::date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year, date.month, date.day);
}

std::string TimeText(const toml::time& time) {
  std::string text = absl::StrFormat("%02d:%02d:%02d", time.hour, time.minute, time.second);
  if (time.nanosecond == 0) return text;
  absl::StrAppendFormat(&text, ".%09d", time.nanosecond);
  return text.substr(0, text.find_last_not_of('0') + 1);
}

std::string DateTimeText(const toml::date_time& moment) {
  std::string text = absl::StrCat(DateText(moment.date), "T", TimeText(moment.time));
  if (!moment.offset) return text;
  const int minutes = moment.offset->minutes;
  if (minutes == 0) return text + "Z";
  absl::StrAppendFormat(&text, "%c%02d:%02d", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                        std::abs(minutes) % 60);
  return text;
}

// The value that `node` is in Ruff.
Ref Converted(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table: {
      std::vector<std::pair<std::string, Ref>> entries;
      for (const auto& [key, value] : *node.as_table()) {
        entries.emplace_back(key.str(), Converted(value));
      }
      return D(std::move(entries));
    }
    case toml::node_type::array: {
      std::vector<Ref> elements;
      for (const toml::node& element : *node.as_array()) elements.push_back(Converted(element));
      return A(std::move(elements));
    }
    case toml::node_type::string:
      return S(node.as_string()->get());
    case toml::node_type::integer:
      return I(node.as_integer()->get());
    case toml::node_type::floating_point:
      return F(node.as_floating_point()->get());
    case toml::node_type::boolean:
      return B(node.as_boolean()->get());
    case toml::node_type::date:
      return S(DateText(node.as_date()->get()));
    case toml::node_type::time:
      return S(TimeText(node.as_time()->get()));
    case toml::node_type::date_time:
      return S(DateTimeText(node.as_date_time()->get()));
    default:
      return Null();
  }
}

std::string Show(const Ref& value) { return FormatToString(value.get(), Form::kDebug); }

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

void Compare(const std::string& text) {
  if (!IsValidUtf8(text)) return;
  TestContext c;
  const Ref ours = c.Call("parse_toml", {S(text)});
  // Characters outside ASCII where none may stand lead toml++ into undefined behaviour.
  if (!c.failure().empty() && !IsAscii(text)) return;
  const toml::parse_result theirs = toml::parse(std::string_view(text));
  if (!theirs) {
    if (absl::StrContains(theirs.error().description(), "exceed")) return;
    EXPECT_NE(c.failure(), "") << text << "\nours: " << Show(ours)
                               << "\ntheirs: " << theirs.error().description();
  } else if (c.failure().empty()) {
    EXPECT_EQ(Show(ours), Show(Converted(theirs.table()))) << text;
  } else {
    ADD_FAILURE() << text << "\nours: " << c.failure()
                  << "\ntheirs: " << Show(Converted(theirs.table()));
  }
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

TEST(TomlOracleTest, Lines) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    std::string text;
    for (uint64_t n = random.Below(6) + 1; n > 0; --n) text += RandomLine(&random);
    Compare(text);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(TomlOracleTest, WrittenAndDamaged) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    TestContext c;
    const Ref value = random.DictTree(30, {.nulls = false, .non_finite = true});
    const Ref written = c.Call("to_toml", {value});
    std::string text(written.As<String>()->view());
    Compare(text);
    for (int i = 0; i < 3 && !text.empty(); ++i) {
      text.replace(random.Below(text.size()), random.Below(4), random.Text());
      Compare(text);
    }
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

}  // namespace
}  // namespace ruff
