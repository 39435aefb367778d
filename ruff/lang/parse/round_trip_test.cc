// Programs made at random from the grammar: the printed form of a program parses to the same tree.
// Programs broken at random: the parser ends, with errors inside the text.

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/lang/ast/printer.h"
#include "ruff/lang/parse/parse_text.h"

namespace ruff {
namespace {

class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed) {}

  std::string Program() { return Statements(4, 6); }

  // The program with a few tokens dropped, doubled or replaced.
  std::string Broken() {
    std::string text = Program();
    static constexpr const char* kNoise[] = {"(",  ")",    "{",     "}",  "[", "]", ",",
                                             ";",  ":",    ":=",    "=",  "+", ".", "?",
                                             "\n", "let ", "func ", "5 ", "${"};
    for (int i = 0; i < 3 && !text.empty(); ++i) {
      const size_t at = Number(static_cast<int>(text.size()));
      if (static_cast<signed char>(text[at]) < 0) continue;  // leave the text valid UTF-8
      if (Number(2) == 0) {
        text.erase(at, 1);
      } else {
        text.insert(at, kNoise[Number(std::size(kNoise))]);
      }
    }
    return text;
  }

 private:
  int Number(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }
  std::string Pick(std::initializer_list<const char*> of) {
    return of.begin()[Number(static_cast<int>(of.size()))];
  }
  std::string Name() { return Pick({"a", "b", "ccc", "throw", "_", "P", "naïve"}); }

  template <typename F>
  std::string List(F item, int most = 3) {
    std::string text;
    for (int i = Number(most + 1); i > 0; --i) absl::StrAppend(&text, item(), i > 1 ? ", " : "");
    return text;
  }

  std::string Statements(int depth, int most) {
    std::string text;
    for (int i = Number(most + 1); i > 0; --i)
      absl::StrAppend(&text, Statement(depth), Pick({";", "\n;", ";\n"}));
    return text;
  }

  std::string Block(int depth) { return absl::StrCat("{", Statements(depth - 1, 3), "}"); }

  std::string Type(int depth) {
    if (depth <= 0) return Pick({"int", "float", "T", "null"});
    return absl::StrCat(Pick({"int", "Func", "Option<int>", "Result<int, T>"}), "") +
           Pick({"", "?", "[]", "? ?", "?[]"});
  }
  std::string Annotation() { return Number(3) == 0 ? absl::StrCat(": ", Type(1)) : ""; }

  std::string Pattern(int depth) {
    switch (depth <= 0 ? 0 : Number(4)) {
      case 0:
      case 1:
        return Name();
      case 2:
        return absl::StrCat("[", List([&] { return Pattern(depth - 1); }), "]");
      default:
        return absl::StrCat("{", Name(), Pick({"", ", b", ", ...r"}), "}");
    }
  }

  std::string Signature() {
    return absl::StrCat("(", List([&] { return Name() + Annotation(); }), ")",
                        Pick({"", " -> int", " ->"}), " ");
  }

  std::string Statement(int depth) {
    const std::string e = Expression(depth - 1);
    switch (depth <= 0 ? Number(6) : Number(20)) {
      case 0:
        return absl::StrCat(Pick({"let ", "mut "}), Pattern(2), Annotation(), " := ", e);
      case 1:
        return absl::StrCat("const ", Name(), Annotation(), " = ", e);
      case 2:
        return absl::StrCat(Name(), Pick({"", ".x", "[0].y"}), Pick({" := ", " += ", " %= "}), e);
      case 3:
        return Pick({"break", "continue", "return", "yield", "import m", "from a.b import c, d",
                     "enum E {A, B}"});
      case 4:
        return absl::StrCat("return ", e);
      case 5:
        return absl::StrCat("[a, {b, ...c}, ...d] := ", e);
      case 6:
        return absl::StrCat("if ", Header(depth), Block(depth), " else if ", Header(depth),
                            Block(depth), Number(2) ? " else " + Block(depth) : "");
      case 7:
        return absl::StrCat(Pick({"while ", "loop while ", "for x in "}), Header(depth),
                            Block(depth));
      case 8:
        return absl::StrCat(
            Pick({"loop ", "spawn ", "test_setup ", "test_teardown ", "test \"t\" "}),
            Block(depth));
      case 9:
        return absl::StrCat("try ", Block(depth), " except ", Pick({"", "e "}), Block(depth));
      case 10:
        return absl::StrCat(Pick({"func f", "async func f", "func* f"}), Signature(), Block(depth));
      case 11:
        return absl::StrCat("struct S { x: int, y = ", e, "; func m", Signature(), Block(depth),
                            "}");
      case 12:
        return absl::StrCat("match ", Header(depth), "{ case ",
                            Pick({"_", "-1", "\"s\"", "E::V", "Ok(x)", "n"}), Pick({" ", ": "}),
                            Block(depth), "case x if ", Header(depth), Block(depth), "default ",
                            Block(depth), "}");
      case 13:
        return absl::StrCat("export ", Statement(depth - 1));
      default:
        return e.starts_with("func") || e.starts_with("async") ? absl::StrCat("(", e, ")") : e;
    }
  }

  std::string Header(int depth) { return Expression(depth - 2) + " "; }

  std::string Expression(int depth) {
    if (depth <= 0)
      return Pick(
          {"a", "b", "1", "2.5", "\"s\"", "true", "null", "self", "None", "E::V", "[]", "(yield)"});
    auto sub = [&] { return Expression(depth - 1 - Number(2)); };
    switch (Number(16)) {
      case 0:
        return absl::StrCat(
            sub(),
            Pick({" + ", " * ", " == ", " < ", " && ", " || ", " ?? ", " |> ", " - ", " % "}),
            sub());
      case 1:
        return absl::StrCat(sub(), Pick({" + ", " * ", " == ", " ?? ", " |> "}), sub(),
                            Pick({" - ", " |> "}), sub());
      case 2:
        return absl::StrCat(Pick({"-", "!", "await "}), sub());
      case 3:
        return absl::StrCat("(", sub(), ")");
      case 4:
        return absl::StrCat("(", sub(), ")", Pick({".x", "?", "[0]", "?.y", "? ?", "? .z"}));
      case 5:
        return absl::StrCat("f(", List(sub), ")");
      case 6:
        return absl::StrCat("a", Pick({".", "?."}), Pick({"m", "test"}), "(", List(sub), ")");
      case 7:
        return absl::StrCat("[", List([&] { return Pick({"", "..."}) + sub(); }), "]");
      case 8:
        return absl::StrCat("f({", List([&] {
                              return Number(3) ? absl::StrCat(sub(), ": ", sub()) : "..." + sub();
                            }),
                            "})");
      case 9:
        return absl::StrCat("[P {x: ", sub(), ", y: P {}}]");
      case 10:
        return absl::StrCat("f(", Pick({"", "async "}), "func", Pick({"", "*"}), Signature(),
                            Block(depth - 1), ")");
      case 11:
        return absl::StrCat(Pick({"Ok(", "Err(", "Some(", "throw(", "E::V("}), sub(), ")");
      case 12:
        return absl::StrCat("\"t${", sub(), "}$", Pick({"", "?", "\\n", "\\${", "\\\""}),
                            "${\"u\"}\"");
      case 13:
        return absl::StrCat("[yield ", sub(), "]");
      case 14:
        return absl::StrCat("a[", sub(), "]");
      default:
        return sub();
    }
  }

  std::mt19937 random_;
};

TEST(RoundTrip, PrintedProgramsParseToTheSameTree) {
  size_t nodes = 0;
  for (uint32_t seed = 0; seed < 3000; ++seed) {
    const std::string text = Generator(seed).Program();
    const Parsed first = ParseText(text);
    ASSERT_TRUE(first.ast) << first.errors[0] << "\n" << text;
    nodes += first.ast->node_count();
    const std::string printed = PrintAst(*first.ast);
    const Parsed second = ParseText(printed);
    ASSERT_TRUE(second.ast) << second.errors[0] << "\n" << text << "\n---\n" << printed;
    ASSERT_TRUE(SameTree(*first.ast, *second.ast)) << text << "\n---\n" << printed;
    ASSERT_EQ(PrintAst(*second.ast), printed);
  }
  EXPECT_GT(nodes, 50'000u);
}

TEST(RoundTrip, BrokenProgramsEndInErrorsInsideTheText) {
  size_t broken = 0;
  for (uint32_t seed = 0; seed < 20000; ++seed) {
    const Parsed parsed = ParseText(Generator(seed).Broken());
    if (!parsed.ast) ++broken;
  }
  EXPECT_GT(broken, 10'000u);
}

}  // namespace
}  // namespace ruff
