// Huge literals: the data stands in the source, so a test of a large array does not depend on how
// scripts grow arrays. Each program prints the length, an order-sensitive checksum and samples; the
// expectation is computed while the elements are written.

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "testing/generator/family.h"

namespace ruff::generator {
namespace {

constexpr int64_t kModulus = 1000003;

// The same sum as `digest` of the programs.
class Digest {
 public:
  void Add(int64_t value) { sum_ = (sum_ * 31 + value) % kModulus; }
  int64_t sum() const { return sum_; }

 private:
  int64_t sum_ = 7;
};

constexpr std::string_view kDigestSource =
    "func digest(xs) {\n"
    "    sum := 7\n"
    "    for x in xs { sum := (sum * 31 + x) % 1000003 }\n"
    "    return sum\n"
    "}\n";

// Line ends now and then: lines stay readable and their number grows with the data.
std::string_view Separator(uint64_t index) { return index % 16 == 15 ? ",\n" : ", "; }

void WriteInts(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  Digest digest;
  int64_t first = 0;
  int64_t last = 0;
  program.Write(kDigestSource, "xs := [");
  for (uint64_t i = 0; i < size; ++i) {
    last = decisions.Between(0, 999999);
    if (i == 0) first = last;
    digest.Add(last);
    program.Write(last, Separator(i));
  }
  program.Write("]\nprint(len(xs), digest(xs), xs[0], xs[-1])\n");
  expectation.output = absl::StrCat(size, " ", digest.sum(), " ", first, " ", last, "\n");
}

void WriteCalls(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  Digest digest;
  program.Write(kDigestSource, "func twice(x) { return x + x }\nxs := [");
  for (uint64_t i = 0; i < size; ++i) {
    const int64_t value = decisions.Between(0, 99999);
    digest.Add(value * 2);
    program.Write("twice(", value, ")", Separator(i));
  }
  program.Write("]\nprint(len(xs), digest(xs))\n");
  expectation.output = absl::StrCat(size, " ", digest.sum(), "\n");
}

void WriteFloats(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  int64_t twice = 0;  // the doubled sum, exact
  program.Write("xs := [");
  for (uint64_t i = 0; i < size; ++i) {
    const int64_t value = decisions.Between(0, 9999);
    twice += value * 2 + 1;
    program.Write(value, ".5", Separator(i));
  }
  program.Write("]\nsum := 0.0\nfor x in xs { sum += x }\nprint(len(xs), sum * 2)\n");
  expectation.output = absl::StrCat(size, " ", twice, "\n");
}

void WriteStrings(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  // Their lengths in characters and the texts themselves.
  static constexpr struct {
    std::string_view source;
    int64_t length;
  } kTexts[] = {{"a", 1},        {"", 0},           {"caf\u00e9", 4},  {"\u65e5\u672c", 2},
                {"x\\ty", 3},    {"\\\"", 1},       {"cost: \\$5", 8}, {"\U0001f600", 1},
                {"${1 + 1}", 1}, {"plain text", 10}};
  Digest digest;
  program.Write(
      "func digest(xs) {\n"
      "    sum := 7\n"
      "    for x in xs { sum := (sum * 31 + len(x)) % 1000003 }\n"
      "    return sum\n"
      "}\nxs := [");
  for (uint64_t i = 0; i < size; ++i) {
    const auto& text = kTexts[decisions.Below(std::size(kTexts))];
    digest.Add(text.length);
    program.Write("\"", text.source, "\"", Separator(i));
  }
  program.Write("]\nprint(len(xs), digest(xs))\n");
  expectation.output = absl::StrCat(size, " ", digest.sum(), "\n");
}

void WriteDict(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  int64_t sum = 0;
  uint64_t probe = decisions.Below(size);
  int64_t probed = 0;
  program.Write("d := {");
  for (uint64_t i = 0; i < size; ++i) {
    const int64_t value = decisions.Between(-1000, 1000);
    sum += value;
    if (i == probe) probed = value;
    program.Write("\"key", i, "\": ", value, Separator(i));
  }
  program.Write("}\nsum := 0\nfor key in d { sum += d[key] }\nprint(len(d), sum, d[\"key", probe,
                "\"])\n");
  expectation.output = absl::StrCat(size, " ", sum, " ", probed, "\n");
}

void WriteText(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  static constexpr std::string_view kLetters[] = {"a", "b", "\u00fc", "\u65e5", " ", "\\n"};
  uint64_t counted = 0;
  program.Write("text := \"");
  for (uint64_t i = 0; i < size; ++i) {
    const uint64_t letter = decisions.Below(std::size(kLetters));
    if (letter == 0) ++counted;
    program.Write(kLetters[letter]);
  }
  program.Write("\"\nprint(len(text), count_chars(text))\nfunc count_chars(text) {\n    n := 0\n");
  program.Write("    for c in text { if c == \"a\" { n += 1 } }\n    return n\n}\n");
  expectation.output = absl::StrCat(size, " ", counted, "\n");
}

void WriteNesting(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  const uint64_t depth = std::min<uint64_t>(size, 1500);  // below the default nesting limit
  const int64_t core = decisions.Between(0, 99);
  program.Write("x := ");
  for (uint64_t i = 0; i < depth; ++i) program.Write("[");
  program.Write(core);
  for (uint64_t i = 0; i < depth; ++i) program.Write("]");
  program.Write(
      "\ndepth := 0\nwhile type(x) == \"array\" {\n    x := x[0]\n    depth += 1\n}\n"
      "print(depth, x)\n");
  expectation.output = absl::StrCat(depth, " ", core, "\n");
}

void WriteChain(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  int64_t sum = 1;
  program.Write("a := 1\nx := a");
  for (uint64_t i = 0; i < size; ++i) {
    const int64_t value = decisions.Between(0, 99);
    const bool minus = decisions.Chance(50);
    sum += minus ? -value : value;
    program.Write(minus ? " - " : " + ", value, i % 16 == 15 ? "\n" : "");
  }
  program.Write("\nprint(x)\n");
  expectation.output = absl::StrCat(sum, "\n");
}

void WriteElseIf(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  const uint64_t taken = decisions.Below(size + 1);
  program.Write("x := ", taken, "\nif x == 0 { print(\"branch\", 0) }");
  for (uint64_t i = 1; i < size; ++i) {
    program.Write(" else if x == ", i, " {\n    print(\"branch\", ", i, ")\n}");
  }
  program.Write(" else { print(\"none\") }\n");
  expectation.output = taken < size ? absl::StrCat("branch ", taken, "\n") : "none\n";
}

void WriteStatements(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  int64_t sum = 0;
  program.Write("x := 0\n");
  for (uint64_t i = 0; i < size; ++i) {
    const int64_t value = decisions.Between(1, 9);
    if (decisions.Chance(50)) {
      sum += value;
      program.Write("x += ", value, "\n");
    } else {
      sum = (sum * 3 + value) % kModulus;
      program.Write("x := (x * 3 + ", value, ") % 1000003\n");
    }
  }
  program.Write("print(x)\n");
  expectation.output = absl::StrCat(sum, "\n");
}

void WriteFunctions(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  int64_t value = 0;
  for (uint64_t i = 0; i < size; ++i) {
    const int64_t added = decisions.Between(0, 9);
    value += added;
    program.Write("func step", i, "(x) { return x + ", added, " }\n");
  }
  program.Write("x := 0\n");
  for (uint64_t i = 0; i < size; ++i) program.Write("x := step", i, "(x)\n");
  program.Write("print(x)\n");
  expectation.output = absl::StrCat(value, "\n");
}

void WritePipe(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  int64_t value = 0;
  program.Write("func add(x, y) { return x + y }\nx := 0");
  for (uint64_t i = 0; i < size; ++i) {
    const int64_t added = decisions.Between(0, 9);
    value += added;
    program.Write("\n    |> add(", added, ")");
  }
  program.Write("\nprint(x)\n");
  expectation.output = absl::StrCat(value, "\n");
}

}  // namespace

std::span<const Kind> LiteralKinds() {
  static constexpr Kind kKinds[] = {
      {"ints", "an array of integers", WriteInts},
      {"calls", "an array of calls", WriteCalls},
      {"floats", "an array of floats", WriteFloats},
      {"strings", "an array of short strings with escapes and interpolation", WriteStrings},
      {"dict", "a dict with string keys", WriteDict},
      {"text", "one long string", WriteText},
      {"nesting", "arrays in arrays, at most 1,500 deep", WriteNesting},
      {"chain", "one sum of many terms", WriteChain},
      {"else_if", "one long else-if chain", WriteElseIf},
      {"statements", "many statements", WriteStatements},
      {"functions", "many functions, each called once", WriteFunctions},
      {"pipe", "one long pipe", WritePipe},
  };
  return kKinds;
}

}  // namespace ruff::generator
