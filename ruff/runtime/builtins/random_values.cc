#include "ruff/runtime/builtins/random_values.h"

#include <bit>
#include <cmath>
#include <iterator>
#include <limits>

#include "ruff/base/utf8.h"

namespace ruff {
namespace {

constexpr int64_t kIntEdges[] = {0,
                                 1,
                                 -1,
                                 (int64_t{1} << 53) - 1,
                                 int64_t{1} << 53,
                                 (int64_t{1} << 53) + 1,
                                 std::numeric_limits<int64_t>::max(),
                                 std::numeric_limits<int64_t>::min()};
constexpr double kFloatEdges[] = {0.0,
                                  -0.0,
                                  0.1,
                                  0.5,
                                  1.0,
                                  -1.5,
                                  1e15,
                                  1e16,
                                  1e21,
                                  1e-5,
                                  1e-6,
                                  5e-324,
                                  1.7976931348623157e308,
                                  1e308,
                                  -1e20,
                                  1 / 3.,
                                  9223372036854775808.0};
constexpr std::string_view kPieces[] = {
    "a",      "b",      "Z",      "0",         "7",          ".",      "-",      "+",      "e",
    "_",      "x",      " ",      "  ",        "\n",         "\n\n",   "\t",     "\r",     "\r\n",
    ":",      ": ",     "#",      " #",        "\"",         "'",      "\\",     "/",      ",",
    "|",      ">",      "&",      "*",         "!",          "%",      "@",      "`",      "?",
    "=",      "[",      "]",      "{",         "}",          "<<",     "---",    "...",    "- ",
    "? ",     "~",      "null",   "true",      "no",         "0x1F",   "0o7",    "1e3",    ".inf",
    "nan",    "'''",    "\"\"\"", "${x}",      "2024-01-01", "\x01",   "\x1f",   "\x7f",   "é",
    "ß",      "İ",      "ς",      "日本",      "e\u0301",    "\u0085", "\u00a0", "\u2028", "\u3000",
    "\ufeff", "\uffff", "😀",     "👨\u200d👩"};

}  // namespace

// SplitMix64.
uint64_t RandomValues::Bits() {
  uint64_t z = state_ += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

uint64_t RandomValues::Below(uint64_t limit) { return Bits() % limit; }

int64_t RandomValues::Int() {
  if (OneIn(4)) return kIntEdges[Below(std::size(kIntEdges))];
  return static_cast<int64_t>(Bits()) >> Below(64);
}

double RandomValues::FiniteFloat() {
  switch (Below(4)) {
    case 0:
      return kFloatEdges[Below(std::size(kFloatEdges))];
    case 1:
      return static_cast<double>(static_cast<int64_t>(Below(2'000)) - 1'000) / 8;
    case 2:
      return static_cast<double>(Int());
    default:
      while (true) {
        const auto d = std::bit_cast<double>(Bits());
        if (std::isfinite(d)) return d;
      }
  }
}

char32_t RandomValues::Character() {
  constexpr char32_t kLimits[] = {0x80, 0x800, 0x10000, 0x110000};
  const auto c = static_cast<char32_t>(Below(kLimits[Below(std::size(kLimits))]));
  return c >= 0xd800 && c < 0xe000 ? U'x' : c;
}

std::string RandomValues::Text() {
  std::string text;
  for (uint64_t n = Below(6); n > 0; --n) {
    if (OneIn(8)) {
      AppendUtf8(Character(), &text);
    } else {
      text += kPieces[Below(std::size(kPieces))];
    }
  }
  return text;
}

std::string RandomValues::Letters() {
  constexpr std::string_view kLetters[] = {"a", "b", "ä", "日", " "};
  std::string text;
  for (uint64_t n = Below(8); n > 0; --n) text += kLetters[Below(std::size(kLetters))];
  return text;
}

std::string RandomValues::Binary() {
  std::string bytes;
  for (uint64_t n = Below(20); n > 0; --n) bytes += static_cast<char>(Below(256));
  return bytes;
}

Ref RandomValues::Scalar(const TreeOptions& options) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  switch (Below(6)) {
    case 0:
      return options.nulls ? Null() : B(true);
    case 1:
      return B(OneIn(2));
    case 2:
      return I(Int());
    case 3:
      if (options.non_finite && OneIn(4)) return F(OneIn(2) ? kInfinity : -kInfinity);
      return F(FiniteFloat());
    default:
      return S(Text());
  }
}

Ref RandomValues::ArrayTree(int budget, const TreeOptions& options) {
  std::vector<Ref> elements;
  while (budget > 0 && !OneIn(6)) {
    const int share = static_cast<int>(Below(static_cast<uint64_t>(budget))) + 1;
    elements.push_back(Tree(share, options));
    budget -= share;
  }
  return A(std::move(elements));
}

Ref RandomValues::DictTree(int budget, const TreeOptions& options) {
  std::vector<std::pair<std::string, Ref>> entries;
  while (budget > 0 && !OneIn(6)) {
    const int share = static_cast<int>(Below(static_cast<uint64_t>(budget))) + 1;
    std::string key = Text();
    entries.emplace_back(std::move(key), Tree(share, options));
    budget -= share;
  }
  return D(std::move(entries));
}

Ref RandomValues::Tree(int budget, const TreeOptions& options) {
  if (budget <= 1) return Scalar(options);
  return OneIn(2) ? ArrayTree(budget - 1, options) : DictTree(budget - 1, options);
}

}  // namespace ruff
