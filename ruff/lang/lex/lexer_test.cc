#include "ruff/lang/lex/lexer.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/lang/lex/render_token.h"

namespace ruff {
namespace {

// A source with its tokens, which must be without diagnostics.
class Lexed {
 public:
  explicit Lexed(std::string text)
      : source_(*SourceBuffer::FromText("t.ruff", std::move(text))),
        tokens_(Lex(source_, LexLimits(), &diagnostics_)) {
    for (const Diagnostic& diagnostic : diagnostics_) ADD_FAILURE() << diagnostic.message;
  }

  const TokenBuffer* operator->() const { return &tokens_; }
  const Token& operator[](uint32_t index) const { return tokens_[index]; }

  // Spellings separated by spaces; a token on a new line has a `|` before it. Ends with `.`.
  std::string Spellings() const {
    std::string out;
    for (uint32_t i = 0; i + 1 < tokens_.size(); ++i) {
      absl::StrAppend(&out, tokens_[i].on_new_line ? "|" : "", tokens_.Spelling(i), " ");
    }
    EXPECT_EQ(tokens_[tokens_.size() - 1].kind, TokenKind::kEof);
    return out + ".";
  }

  std::vector<TokenKind> Kinds() const {
    std::vector<TokenKind> kinds;
    for (const Token& token : tokens_) kinds.push_back(token.kind);
    return kinds;
  }

 private:
  SourceBuffer source_;
  DiagnosticList diagnostics_;
  TokenBuffer tokens_;
};

std::string Spellings(std::string text) { return Lexed(std::move(text)).Spellings(); }

using Kinds = std::vector<TokenKind>;
using enum TokenKind;

TEST(LexerTest, NothingButEof) {
  for (const char* text : {"", " \t\n\r\r\n", "# only", "#!/usr/bin/env ruff\n", "/**/", "/***/",
                           "/// doc", "/** doc\n*/", "\uFEFF"}) {
    EXPECT_EQ(Spellings(text), ".") << text;
  }
}

TEST(LexerTest, CommentsEndWhereTheyShould) {
  EXPECT_EQ(Spellings("a # b\rc // d\r\ne /// f\ng"), "a |c |e |g .");
  EXPECT_EQ(Spellings("a /* b */ c /** d **/ e /* /* */ f /*/ */ g"), "a c e f g .");
  EXPECT_EQ(Spellings("a /* b\n */ c /* d \r */ e"), "a |c |e .");
  EXPECT_EQ(Spellings("12 /* x */ / 4 // tail"), "12 / 4 .");
  EXPECT_EQ(Spellings(std::string("a // \0 b\nc /* \0 */ d # \0", 24)), "a |c d .");
}

TEST(LexerTest, TokensKnowThatTheyStartALine) {
  EXPECT_EQ(Spellings("f\n(x)\r[1] g\r\n\n h ;"), "f |( x ) |[ 1 ] g |h ; .");
}

TEST(LexerTest, EverySpelling) {
  for (int i = 0; i < kTokenKindCount; ++i) {
    const auto kind = static_cast<TokenKind>(i);
    const std::string spelling(SpellingOf(kind));
    if (spelling.empty()) continue;
    EXPECT_EQ(Lexed(spelling).Kinds(), (Kinds{kind, kEof})) << spelling;
    EXPECT_EQ(Lexed(" " + spelling + " x").Kinds(), (Kinds{kind, kIdentifier, kEof})) << spelling;
  }
}

// Two spellings side by side lex as the longest match of the first, whatever follows.
TEST(LexerTest, LongestMatchOfEveryPair) {
  for (int i = 0; i < kTokenKindCount; ++i) {
    for (int k = 0; k < kTokenKindCount; ++k) {
      const auto first = static_cast<TokenKind>(i);
      const auto second = static_cast<TokenKind>(k);
      if (RoleOf(first) < TokenRole::kOperator || RoleOf(second) < TokenRole::kOperator) continue;
      const std::string text = absl::StrCat(SpellingOf(first), SpellingOf(second));
      if (text.find("//") != text.npos || text.find("/*") != text.npos) continue;
      std::string_view longest;
      for (int n = 0; n < kTokenKindCount; ++n) {
        const std::string_view spelling = SpellingOf(static_cast<TokenKind>(n));
        if (text.starts_with(spelling) && spelling.size() > longest.size()) longest = spelling;
      }
      EXPECT_EQ(Lexed(text)->Spelling(0), longest) << text;
    }
  }
}

TEST(LexerTest, OperatorsThatDoNotExist) {
  EXPECT_EQ(Spellings("a..b a=>b --x ++ ** << >> ?? = ==="),
            "a . . b a = > b - - x + + * * < < > > ?? = == = .");
  EXPECT_EQ(Spellings("f()?.x f()?? a:=b a::b a: =b |>| ...."),
            "f ( ) ?. x f ( ) ?? a := b a :: b a : = b |> | ... . .");
}

TEST(LexerTest, Identifiers) {
  for (const char* name :
       {"_", "__", "_x1", "camelCase", "naïve", "caf_é2", "n日本", "x²", "letter", "test_",
        "test_groups", "Self", "iff", "throw", "Ok", "None"}) {
    EXPECT_EQ(Lexed(name).Kinds(), (Kinds{kIdentifier, kEof})) << name;
    EXPECT_EQ(Spellings(name), absl::StrCat(name, " ."));
  }
}

TEST(LexerTest, Ints) {
  const Lexed lexed("0 007 9223372036854775807 1..3 5.name");
  EXPECT_EQ(lexed.Spellings(), "0 007 9223372036854775807 1 . . 3 5 . name .");
  EXPECT_EQ(lexed->IntValue(0), 0);
  EXPECT_EQ(lexed->IntValue(1), 7);
  EXPECT_EQ(lexed->IntValue(2), INT64_MAX);
}

TEST(LexerTest, Floats) {
  const Lexed lexed("00.25 1e3 1E+3 2.5e-2 0e5 1.2.3 .5 1e-999 2.0e0.x");
  EXPECT_EQ(lexed.Spellings(), "00.25 1e3 1E+3 2.5e-2 0e5 1.2 . 3 . 5 1e-999 2.0e0 . x .");
  const double values[] = {0.25, 1000, 1000, 0.025, 0, 1.2};
  for (uint32_t i = 0; i < 6; ++i) {
    EXPECT_EQ(lexed[i].kind, kFloat);
    EXPECT_EQ(lexed->FloatValue(i), values[i]);
  }
}

TEST(LexerTest, ALongNumberIsANumber) {
  const std::string zeros(510, '0');
  EXPECT_EQ(Lexed(zeros + "42")->IntValue(0), 42);
  EXPECT_EQ(Lexed("0." + zeros)->FloatValue(0), 0.0);
}

TEST(LexerTest, Strings) {
  const Lexed lexed(R"("" "plain é😀" "\n\t\r\\\"\$" "$ $$ $x {}" "\${x}" "# // /* '")");
  EXPECT_EQ(lexed->Text(0), "");
  EXPECT_EQ(lexed->Text(1), "plain é😀");
  EXPECT_EQ(lexed->Text(2), "\n\t\r\\\"$");
  EXPECT_EQ(lexed->Text(3), "$ $$ $x {}");
  EXPECT_EQ(lexed->Text(4), "${x}");
  EXPECT_EQ(lexed->Spelling(4), R"("\${x}")");
  EXPECT_EQ(Lexed(std::string("\"a\0b\"", 5))->Text(0), std::string_view("a\0b", 3));
}

TEST(LexerTest, StringsOfAnyLength) {
  const std::string text(Token::kMaxLength + 10, 'x');
  const Lexed lexed("\"" + text + "\" \"" + text + "${1}" + text + "\" end");
  EXPECT_EQ(lexed->Text(0), text);
  EXPECT_EQ(lexed->EndOf(0), text.size() + 2);
  EXPECT_EQ(lexed->Text(2), text);
  EXPECT_EQ(lexed->Text(6), text);
  EXPECT_EQ(lexed->Spelling(8), "end");
}

TEST(LexerTest, Interpolation) {
  const Lexed lexed(R"("a${x + 1}\t${y}" z)");
  EXPECT_EQ(lexed.Kinds(),
            (Kinds{kInterpolationStart, kStringPart, kInterpolationExprStart, kIdentifier, kPlus,
                   kInt, kInterpolationExprEnd, kStringPart, kInterpolationExprStart, kIdentifier,
                   kInterpolationExprEnd, kInterpolationEnd, kIdentifier, kEof}));
  EXPECT_EQ(lexed.Spellings(), R"(" a ${ x + 1 } \t ${ y } " z .)");
  EXPECT_EQ(lexed->Text(1), "a");
  EXPECT_EQ(lexed->Text(7), "\t");
  EXPECT_EQ(lexed->InterpolationEnd(0), 11u);
}

TEST(LexerTest, InterpolationAtTheEdges) {
  EXPECT_EQ(Spellings(R"("${}")"), R"(" ${ } " .)");
  EXPECT_EQ(Spellings(R"("${a}${b}")"), R"(" ${ a } ${ b } " .)");
  EXPECT_EQ(Spellings(R"("$${n}" "${n}$")"), R"(" $ ${ n } " " ${ n } $ " .)");
  EXPECT_EQ(Spellings("\"${\n n +\r\n1\n}\" x"), "\" ${ |n + |1 |} \" x .");
  EXPECT_EQ(Spellings(R"("\\${1}")"), R"(" \\ ${ 1 } " .)");
}

TEST(LexerTest, InterpolatedCodeIsCode) {
  EXPECT_EQ(Spellings(R"("a${"}"}b")"), R"(" a ${ "}" } b " .)");
  EXPECT_EQ(Spellings(R"("${{"}": "v"}["}"]}")"), R"(" ${ { "}" : "v" } [ "}" ] } " .)");
  EXPECT_EQ(Spellings("\"c${1 /* } \" */ + 1 // }\n}d\""), "\" c ${ 1 + 1 |} d \" .");
  EXPECT_EQ(Spellings(R"("${func() { if a { } }}" })"), R"(" ${ func ( ) { if a { } } } " } .)");
}

TEST(LexerTest, InterpolationNests) {
  const Lexed lexed(R"("a${"b${"c${1}d"}e"}f")");
  EXPECT_EQ(lexed.Spellings(), R"(" a ${ " b ${ " c ${ 1 } d " } e " } f " .)");
  EXPECT_EQ(lexed->InterpolationEnd(0), lexed->size() - 2);
  EXPECT_EQ(lexed->InterpolationEnd(3), lexed->size() - 5);
}

TEST(LexerTest, InterpolationNestsWithoutLimit) {
  constexpr int kDepth = 200'000;
  std::string text;
  for (int i = 0; i < kDepth; ++i) text += "\"${";
  text += "1";
  for (int i = 0; i < kDepth; ++i) text += "}\"";
  const Lexed lexed(std::move(text));
  EXPECT_EQ(lexed->size(), kDepth * 4u + 2);
  EXPECT_EQ(lexed->InterpolationEnd(0), lexed->size() - 2);
}

TEST(LexerTest, ManyTextsKeptAsideAreFoundAgain) {
  std::string text;
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&text, "\"\\t", i, "${\"\\n", i, "\"}\", ");
  const Lexed lexed(std::move(text));
  for (uint32_t i = 0; i < 1000; ++i) {
    EXPECT_EQ(lexed->Text(i * 7 + 1), absl::StrCat("\t", i));
    EXPECT_EQ(lexed->Text(i * 7 + 3), absl::StrCat("\n", i));
  }
}

TEST(LexerTest, TokensAreDense) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "print(x)\n";
  const Lexed lexed(std::move(text));
  EXPECT_EQ(lexed->size(), 400'001u);
  for (uint32_t i = 0; i + 1 < lexed->size(); ++i) ASSERT_LE(lexed->EndOf(i), lexed[i + 1].offset);
}

}  // namespace
}  // namespace ruff
