// Regular expressions against a matcher that tries everything in order, over small patterns and
// texts out of seeds. Trying in order is what "leftmost, first alternative, greedy" means.

#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/random_values.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

constexpr uint64_t kSeeds = 1'000;

// Goes on from a position; false sends the matcher to its next choice.
using Next = std::function<bool(size_t)>;

struct Pattern {
  std::string text;
  // Tries all ways to match `subject` from `at`, in order, until `next` is content.
  std::function<bool(std::u32string_view subject, size_t at, const Next& next)> match;
  bool can_be_empty = false;
};

Pattern Character(RandomValues* random) {
  struct Class {
    std::string_view text;
    std::u32string_view members;
  };
  static constexpr Class kClasses[] = {{"a", U"a"},        {"ä", U"ä"},          {".", U"abä日 "},
                                       {"[^a]", U"bä日 "}, {"[a-c日]", U"ab日"}, {"\\w", U"abä日"},
                                       {"\\s", U" "}};
  const Class& c = kClasses[random->Below(std::size(kClasses))];
  return {std::string(c.text), [&c](std::u32string_view subject, size_t at, const Next& next) {
            return at < subject.size() && c.members.find(subject[at]) != c.members.npos &&
                   next(at + 1);
          }};
}

Pattern RandomPattern(int budget, RandomValues* random);

Pattern Sequence(int budget, RandomValues* random) {
  const Pattern a = RandomPattern(budget / 2, random);
  const Pattern b = RandomPattern(budget / 2, random);
  return {absl::StrCat("(?:", a.text, ")(?:", b.text, ")"),
          [a, b](std::u32string_view subject, size_t at, const Next& next) {
            return a.match(subject, at,
                           [&](size_t middle) { return b.match(subject, middle, next); });
          },
          a.can_be_empty && b.can_be_empty};
}

Pattern Choice(int budget, RandomValues* random) {
  const Pattern a = RandomPattern(budget / 2, random);
  const Pattern b = RandomPattern(budget / 2, random);
  return {absl::StrCat("(?:", a.text, "|", b.text, ")"),
          [a, b](std::u32string_view subject, size_t at, const Next& next) {
            return a.match(subject, at, next) || b.match(subject, at, next);
          },
          a.can_be_empty || b.can_be_empty};
}

// Once or not at all, or any number of times; greedy or lazy.
Pattern Repetition(int budget, RandomValues* random) {
  const Pattern a = RandomPattern(budget - 1, random);
  const bool is_lazy = random->OneIn(2);
  // What engines do with an empty turn of a loop differs.
  const bool is_loop = !a.can_be_empty && random->OneIn(2);
  const auto match = [a, is_lazy, is_loop](std::u32string_view subject, size_t at,
                                           const Next& next) {
    const std::function<bool(size_t)> turn = [&](size_t from) {
      const auto once = [&] {
        return a.match(subject, from, [&](size_t to) { return is_loop ? turn(to) : next(to); });
      };
      return is_lazy ? next(from) || once() : once() || next(from);
    };
    return turn(at);
  };
  return {absl::StrCat("(?:", a.text, ")", is_loop ? "*" : "?", is_lazy ? "?" : ""), match, true};
}

Pattern RandomPattern(int budget, RandomValues* random) {
  if (budget <= 1) return Character(random);
  switch (random->Below(3)) {
    case 0:
      return Sequence(budget, random);
    case 1:
      return Choice(budget, random);
    default:
      return Repetition(budget, random);
  }
}

struct Match {
  size_t begin;
  size_t end;
};

std::optional<Match> Find(const Pattern& pattern, std::u32string_view subject, size_t from) {
  for (size_t begin = from; begin <= subject.size(); ++begin) {
    size_t end = 0;
    const bool found = pattern.match(subject, begin, [&](size_t at) {
      end = at;
      return true;
    });
    if (found) return Match{begin, end};
  }
  return std::nullopt;
}

// All matches; an empty one right behind another does not count.
std::vector<Match> FindAll(const Pattern& pattern, std::u32string_view subject) {
  std::vector<Match> matches;
  size_t from = 0;
  while (from <= subject.size()) {
    const std::optional<Match> match = Find(pattern, subject, from);
    if (!match.has_value()) break;
    const bool is_empty = match->begin == match->end;
    if (!is_empty || matches.empty() || matches.back().end != match->end) {
      matches.push_back(*match);
    }
    from = is_empty ? match->end + 1 : match->end;
  }
  return matches;
}

Ref Encode(std::u32string_view points) {
  std::string text;
  for (const char32_t c : points) AppendUtf8(c, &text);
  return S(text);
}

std::string Show(const Ref& value) { return FormatToString(value.get(), Form::kDebug); }

TEST(RegexPropertyTest, MatchesInOrder) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const Pattern pattern = RandomPattern(static_cast<int>(random.Below(9)), &random);
    std::u32string subject;
    for (uint64_t n = random.Below(10); n > 0; --n) subject += U"abä日 "[random.Below(5)];
    const Ref text = Encode(subject);
    const std::vector<Match> matches = FindAll(pattern, subject);
    std::vector<Ref> found;
    std::vector<Ref> between;
    std::u32string replaced;
    size_t end = 0;
    for (const Match& match : matches) {
      const std::u32string_view whole = subject;
      found.push_back(Encode(whole.substr(match.begin, match.end - match.begin)));
      between.push_back(Encode(whole.substr(end, match.begin - end)));
      replaced += whole.substr(end, match.begin - end);
      replaced += U'<';
      replaced += whole.substr(match.begin, match.end - match.begin);
      replaced += U'>';
      end = match.end;
    }
    replaced += subject.substr(end);
    between.push_back(Encode(subject.substr(end)));
    EXPECT_EQ(c.Call("regex_match", {text, S(pattern.text)}).get().b, !matches.empty());
    EXPECT_EQ(Show(c.Call("regex_find_all", {text, S(pattern.text)})), Show(A(found)));
    EXPECT_EQ(Show(c.Call("regex_replace", {text, S(pattern.text), S("<$0>")})),
              Show(Encode(replaced)));
    EXPECT_EQ(Show(c.Call("regex_split", {text, S(pattern.text)})), Show(A(between)));
    if (HasFailure()) FAIL() << "seed " << seed << ": " << pattern.text << " in " << Show(text);
  }
}

}  // namespace
}  // namespace ruff
