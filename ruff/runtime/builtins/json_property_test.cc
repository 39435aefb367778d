// Damaged JSON: what reads it and what explains it agree on what is JSON.

#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "ruff/runtime/builtins/json.h"
#include "ruff/runtime/builtins/json_defect.h"
#include "ruff/runtime/builtins/random_values.h"

namespace ruff {
namespace {

constexpr uint64_t kSeeds = 20'000;

constexpr std::string_view kPieces[] = {
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "\"",
    "\\",
    "\"a\"",
    "\"\\n\"",
    "\"a\":",
    "\\u",
    "\\ud83d",
    "\\ude00",
    "\\u00e9",
    "\\x",
    "0",
    "-",
    "-0",
    "1",
    "01",
    "1.",
    ".5",
    "-0.0",
    "e",
    "e5",
    "e999",
    "e-999",
    "+",
    "null",
    "nul",
    "true",
    "truefalse",
    "false",
    "NaN",
    " ",
    "\n",
    "\t",
    "\x01",
    "\x0c",
    "\x1a",
    "\xef\xbb\xbf",
    "é",
    "/",
    "#",
    "'",
    "\r",
    "\x7f",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "1.7976931348623158e308",
    "1.7976931348623159e308",
    "123456789012345678901234567890.5",
};

std::string Damaged(std::string text, RandomValues* random) {
  for (uint64_t n = random->Below(3) + 1; n > 0; --n) {
    const size_t at = random->Below(text.size() + 1);
    size_t end = at + random->Below(3);
    // Characters stay whole.
    const auto inside = [&](size_t i) { return i < text.size() && (text[i] & 0xC0) == 0x80; };
    if (inside(at)) continue;
    while (inside(end)) ++end;
    text.replace(at, end - at, kPieces[random->Below(std::size(kPieces))]);
  }
  return text;
}

std::string Soup(RandomValues* random) {
  std::string text;
  for (uint64_t n = random->Below(12); n > 0; --n)
    text += kPieces[random->Below(std::size(kPieces))];
  return text;
}

void Check(const std::string& text) {
  TestContext c;
  std::string error;
  const Ref value(ParseJson(text, &error));
  const std::string defect = FindJsonDefect(text, kDefaultJsonDepth);
  EXPECT_EQ(value.get().Is(Kind::kUnset), !defect.empty()) << text << "\n" << defect;
  EXPECT_EQ(error, defect) << text;
}

TEST(JsonPropertyTest, ReaderAndDefectsAgree) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    TestContext c;
    const Ref written = c.Call("to_json", {random.Tree(12, {})});
    Check(Damaged(std::string(written.As<String>()->view()), &random));
    Check(Soup(&random));
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

// Around the 64 bytes that simdjson looks at together.
TEST(JsonPropertyTest, EveryPieceAtEveryPlace) {
  for (const std::string_view piece : kPieces) {
    for (size_t before = 0; before < 70; ++before) {
      const std::string blank(before, ' ');
      Check(blank + std::string(piece));
      Check("[" + blank + std::string(piece) + "]");
      Check("[\"" + blank + std::string(piece) + "\"]");
      if (HasFailure()) FAIL() << piece << " behind " << before;
    }
  }
}

}  // namespace
}  // namespace ruff
