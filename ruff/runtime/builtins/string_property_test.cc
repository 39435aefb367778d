// String functions against models that see a text as a list of code points, over texts out of
// seeds: of few letters, so that they are found in each other, or of anything Unicode has.

#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/random_values.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

constexpr uint64_t kSeeds = 3'000;

std::u32string Decode(std::string_view text) {
  std::u32string points;
  for (size_t i = 0; i < text.size(); i += static_cast<size_t>(Utf8Length(text[i]))) {
    points += DecodeUtf8(text.substr(i));
  }
  return points;
}
std::string Encode(std::u32string_view points) {
  std::string text;
  for (const char32_t c : points) AppendUtf8(c, &text);
  return text;
}
Ref Str(std::u32string_view points) { return S(Encode(points)); }
Ref Strs(const std::vector<std::u32string>& parts) {
  std::vector<Ref> elements;
  for (const std::u32string& part : parts) elements.push_back(Str(part));
  return A(std::move(elements));
}
std::string Show(const Ref& value) { return FormatToString(value.get(), Form::kDebug); }

std::string RandomText(RandomValues* random) {
  std::string text;
  for (uint64_t n = random->Below(4); n > 0; --n) {
    text += random->OneIn(2) ? random->Letters() : random->Text();
  }
  return text;
}

// A text of few letters, with a needle that is often in it.
struct Haystack {
  explicit Haystack(RandomValues* random)
      : text(random->OneIn(3) ? RandomText(random) : random->Letters() + random->Letters()),
        points(Decode(text)) {
    if (random->OneIn(4)) {
      needle = Decode(random->Letters());
    } else {
      needle = points.substr(random->Below(points.size() + 1), random->Below(4));
    }
  }
  std::string text;
  std::u32string points;
  std::u32string needle;
};

TEST(StringPropertyTest, Positions) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const std::u32string text = Decode(RandomText(&random));
    const auto size = static_cast<int64_t>(text.size());
    const int64_t begin = static_cast<int64_t>(random.Below(text.size() + 4)) - 2;
    const int64_t end = static_cast<int64_t>(random.Below(text.size() + 4)) - 2;
    const auto part = [&](int64_t from, int64_t to) {
      from = std::clamp<int64_t>(from, 0, size);
      to = std::clamp<int64_t>(to, from, size);
      return text.substr(static_cast<size_t>(from), static_cast<size_t>(to - from));
    };
    EXPECT_EQ(c.Call("len", {Str(text)}).get().i, size);
    EXPECT_EQ(c.Call("count_chars", {Str(text)}).get().i, size);
    EXPECT_EQ(Show(c.Call("substring", {Str(text), I(begin), I(end)})), Show(Str(part(begin, end))))
        << seed;
    EXPECT_EQ(Show(c.Call("char_at", {Str(text), I(begin)})),
              Show(Str(part(std::max<int64_t>(begin, 0), std::max<int64_t>(begin, 0) + 1))));
    EXPECT_EQ(Show(c.Call("str_reverse", {Str(text)})),
              Show(Str(std::u32string(text.rbegin(), text.rend()))));
    const std::u32string suffix = Decode(random.Letters());
    const int64_t kept = end - static_cast<int64_t>(suffix.size());
    EXPECT_EQ(Show(c.Call("truncate", {Str(text), I(end), Str(suffix)})),
              Show(Str(end < 0 || size <= end ? text : part(0, kept) + suffix)));
  }
}

TEST(StringPropertyTest, Padding) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const std::u32string text = Decode(RandomText(&random));
    const std::u32string fill = Decode(random.Text());
    const int64_t width = static_cast<int64_t>(random.Below(30)) - 5;
    const int64_t missing = width - static_cast<int64_t>(text.size());
    const std::u32string pad(static_cast<size_t>(std::max<int64_t>(missing, 0)),
                             fill.empty() ? U' ' : fill[0]);
    EXPECT_EQ(Show(c.Call("pad_left", {Str(text), I(width), Str(fill)})), Show(Str(pad + text)));
    EXPECT_EQ(Show(c.Call("pad_right", {Str(text), I(width), Str(fill)})), Show(Str(text + pad)));
    std::u32string repeated;
    for (int64_t i = 0; i < width; ++i) repeated += text;
    EXPECT_EQ(Show(c.Call("repeat", {Str(text), I(width)})), Show(Str(repeated)));
  }
}

TEST(StringPropertyTest, Search) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const Haystack in(&random);
    const size_t found = in.points.find(in.needle);
    const Ref text = Str(in.points);
    const Ref needle = Str(in.needle);
    EXPECT_EQ(c.Call("contains", {text, needle}).get().i, found != in.points.npos);
    EXPECT_EQ(c.Call("index_of", {text, needle}).get().i,
              found == in.points.npos ? -1 : static_cast<int64_t>(found))
        << seed;
    EXPECT_EQ(c.Call("starts_with", {text, needle}).get().b, in.points.starts_with(in.needle));
    EXPECT_EQ(c.Call("ends_with", {text, needle}).get().b, in.points.ends_with(in.needle));
  }
}

// What stands between the occurrences of `needle`; an empty one stands at every boundary.
std::vector<std::u32string> Split(const std::u32string& text, const std::u32string& needle) {
  std::vector<std::u32string> parts;
  if (needle.empty()) {
    parts.emplace_back();
    for (const char32_t c : text) parts.emplace_back(1, c);
    parts.emplace_back();
    return parts;
  }
  size_t begin = 0;
  for (size_t at; (at = text.find(needle, begin)) != text.npos; begin = at + needle.size()) {
    parts.push_back(text.substr(begin, at - begin));
  }
  parts.push_back(text.substr(begin));
  return parts;
}

TEST(StringPropertyTest, SplitJoinReplace) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const Haystack in(&random);
    const std::u32string other = Decode(random.OneIn(2) ? random.Letters() : random.Text());
    const std::vector<std::u32string> parts = Split(in.points, in.needle);
    std::u32string replaced;
    for (size_t i = 0; i < parts.size(); ++i) replaced += i == 0 ? parts[i] : other + parts[i];
    const Ref text = Str(in.points);
    const Ref needle = Str(in.needle);
    const Ref split = c.Call("split", {text, needle});
    EXPECT_EQ(Show(split), Show(Strs(parts))) << seed;
    EXPECT_EQ(Show(c.Call("join", {split, needle})), Show(text));
    EXPECT_EQ(Show(c.Call("join", {split, Str(other)})), Show(Str(replaced)));
    EXPECT_EQ(Show(c.Call("replace", {text, needle, Str(other)})), Show(Str(replaced)));
  }
}

bool IsSpace(char32_t c) {
  constexpr std::u32string_view kSpaces =
      U"\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
      U"\u200a\u2028\u2029\u202f\u205f\u3000";
  return kSpaces.find(c) != kSpaces.npos;
}

TEST(StringPropertyTest, Whitespace) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const std::u32string text = Decode(RandomText(&random) + random.Letters());
    const auto begin = std::find_if_not(text.begin(), text.end(), IsSpace);
    const auto end = std::find_if_not(text.rbegin(), text.rend(), IsSpace).base();
    const bool is_blank = begin == text.end();
    EXPECT_EQ(Show(c.Call("trim_start", {Str(text)})), Show(Str({begin, text.end()})));
    EXPECT_EQ(Show(c.Call("trim_end", {Str(text)})), Show(Str({text.begin(), end}))) << seed;
    EXPECT_EQ(Show(c.Call("trim", {Str(text)})), Show(is_blank ? S("") : Str({begin, end})));

    std::vector<std::u32string> words;
    bool is_word = false;
    for (const char32_t p : text) {
      if (IsSpace(p)) {
        is_word = false;
      } else {
        if (!is_word) words.emplace_back();
        words.back() += p;
        is_word = true;
      }
    }
    EXPECT_EQ(Show(c.Call("words", {Str(text)})), Show(Strs(words)));

    std::vector<std::u32string> lines = Split(text, U"\n");
    const bool is_complete = lines.back().empty();  // the last line, or there is none
    if (is_complete) lines.pop_back();
    for (size_t i = 0; i < lines.size(); ++i) {
      const bool has_end = i + 1 < lines.size() || is_complete;
      if (has_end && lines[i].ends_with(U'\r')) lines[i].pop_back();
    }
    EXPECT_EQ(Show(c.Call("lines", {Str(text)})), Show(Strs(lines))) << seed;
  }
}

TEST(StringPropertyTest, Case) {
  TestContext c;
  const auto call = [&](const char* function, const std::string& text) {
    return std::string(c.Call(function, {S(text)}).As<String>()->view());
  };
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const std::string a = RandomText(&random);
    const std::string b = RandomText(&random);
    const std::string upper = call("to_upper", a);
    const std::string lower = call("to_lower", a);
    // Characters change case one by one, but for the sigma at the end of a word.
    EXPECT_EQ(call("to_upper", a + b), upper + call("to_upper", b));
    if ((a + b).find("Σ") == std::string::npos) {
      EXPECT_EQ(call("to_lower", a + b), lower + call("to_lower", b));
    }
    EXPECT_EQ(call("to_upper", upper), upper) << seed;
    EXPECT_EQ(call("to_lower", lower), lower) << seed;
    EXPECT_EQ(call("upper", a), upper);
    EXPECT_EQ(call("lower", a), lower);
    const std::u32string points = Decode(a);
    if (!points.empty()) {
      EXPECT_EQ(call("capitalize", a), call("to_upper", Encode(points.substr(0, 1))) +
                                           call("to_lower", Encode(points.substr(1))));
    }
    for (const std::u32string& point : Split(points, U"")) {
      if (point.empty() || point[0] >= 0x80) continue;
      const auto p = static_cast<char>(point[0]);
      const bool is_letter = (p >= 'a' && p <= 'z') || (p >= 'A' && p <= 'Z');
      EXPECT_EQ(call("upper", {p})[0], is_letter ? p & ~0x20 : p);
      EXPECT_EQ(call("lower", {p})[0], is_letter ? p | 0x20 : p);
    }
  }
}

}  // namespace
}  // namespace ruff
