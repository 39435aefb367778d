#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/lang/lex/lexer.h"

// What the lexer reports, and where. `EveryKind` fails for a kind without a source.

namespace ruff {
namespace {

using Messages = std::vector<std::string>;

// `LINE:COLUMN CODE MESSAGE` for each diagnostic.
Messages Diagnose(std::string text, const LexLimits& limits = {}) {
  const SourceBuffer source = *SourceBuffer::FromText("t.ruff", std::move(text));
  DiagnosticList diagnostics;
  const TokenBuffer tokens = Lex(source, limits, &diagnostics);
  EXPECT_EQ(tokens[tokens.size() - 1].kind, TokenKind::kEof);
  Messages messages;
  for (const Diagnostic& diagnostic : diagnostics) {
    const LineColumn place = source.Locate(diagnostic.offset);
    messages.push_back(absl::StrCat(place.line, ":", place.column, " ",
                                    TraitsOf(diagnostic.kind).code.substr(3), " ",
                                    diagnostic.message));
  }
  return messages;
}

TEST(LexerDiagnosticsTest, InvalidCharacters) {
  EXPECT_EQ(Diagnose("a @ ^ ~ ` $ \\ 'x'"),
            (Messages{"1:3 LEX001 Invalid character: '@'", "1:5 LEX001 Invalid character: '^'",
                      "1:7 LEX001 Invalid character: '~'", "1:9 LEX001 Invalid character: '`'",
                      "1:11 LEX001 Invalid character: '$'", "1:13 LEX001 Invalid character: '\\'",
                      "1:15 LEX001 Invalid character: '''", "1:17 LEX001 Invalid character: '''"}));
  EXPECT_EQ(Diagnose("été"), (Messages{"1:1 LEX001 Invalid character: 'é'"}));
  EXPECT_EQ(Diagnose("a\u00A0b\f\v"),
            (Messages{"1:2 LEX001 Invalid character: '\u00A0'",
                      "1:4 LEX001 Invalid character: '\f'", "1:5 LEX001 Invalid character: '\v'"}));
  EXPECT_EQ(Diagnose("x\n\uFEFFy"), (Messages{"2:1 LEX001 Invalid character: '\uFEFF'"}));
  EXPECT_EQ(Diagnose("x😀"), (Messages{"1:2 LEX001 Invalid character: '😀'"}));
}

TEST(LexerDiagnosticsTest, NullByte) {
  EXPECT_EQ(Diagnose(std::string("a\nx\0 := 1\0", 10)),
            (Messages{"2:2 LEX002 Null byte is not allowed in source",
                      "2:8 LEX002 Null byte is not allowed in source"}));
}

TEST(LexerDiagnosticsTest, UnterminatedStrings) {
  EXPECT_EQ(Diagnose("x := \"no end\ny := @\r\nz := \"also\r\"\"\"a\\"),
            (Messages{"1:6 LEX003 Unterminated string literal", "2:6 LEX001 Invalid character: '@'",
                      "3:6 LEX003 Unterminated string literal",
                      "4:3 LEX003 Unterminated string literal"}));
  EXPECT_EQ(Diagnose("\"a ${1} b\nc"), (Messages{"1:1 LEX003 Unterminated string literal"}));
}

TEST(LexerDiagnosticsTest, UnterminatedInterpolation) {
  const Messages expected = {"2:6 LEX003 Unterminated interpolated string expression"};
  EXPECT_EQ(Diagnose("x := 1\ny := \"value ${x + 1\nz := 3\n"), expected);
  EXPECT_EQ(Diagnose("x := 1\ny := \"value ${x + {}"), expected);
  EXPECT_EQ(Diagnose("x := 1\ny := \"value ${\"inner ${\"deep"), expected);
  EXPECT_EQ(Diagnose("x := 1\ny := \"value ${@ /* }\""), expected);
}

TEST(LexerDiagnosticsTest, UnterminatedComment) {
  EXPECT_EQ(Diagnose("x := 1 /* starts here\nand never ends *"),
            (Messages{"1:8 LEX004 Unterminated block comment"}));
  EXPECT_EQ(Diagnose("/*/"), (Messages{"1:1 LEX004 Unterminated block comment"}));
}

TEST(LexerDiagnosticsTest, InvalidEscapes) {
  EXPECT_EQ(Diagnose(R"("\0 \' \x41 \u0041 \{" "\é")"),
            (Messages{R"(1:3 LEX005 Invalid escape sequence: \\0)",
                      R"(1:6 LEX005 Invalid escape sequence: \\')",
                      R"(1:9 LEX005 Invalid escape sequence: \\x)",
                      R"(1:14 LEX005 Invalid escape sequence: \\u)",
                      R"(1:21 LEX005 Invalid escape sequence: \\{)",
                      R"(1:26 LEX005 Invalid escape sequence: \\é)"}));
  EXPECT_EQ(Diagnose(R"("$\{1}" "a\q${1}\z")"),
            (Messages{R"(1:4 LEX005 Invalid escape sequence: \\{)",
                      R"(1:12 LEX005 Invalid escape sequence: \\q)",
                      R"(1:18 LEX005 Invalid escape sequence: \\z)"}));
}

TEST(LexerDiagnosticsTest, ABackslashDoesNotContinueALine) {
  EXPECT_EQ(Diagnose("\"a\\\nb\" c"), (Messages{"1:4 LEX005 Invalid escape sequence: \\\\\n"}));
  EXPECT_EQ(Diagnose("\"a\\\r\nb\" c"), (Messages{"1:4 LEX005 Invalid escape sequence: \\\\\r"}));
}

TEST(LexerDiagnosticsTest, NumbersOutOfRange) {
  EXPECT_EQ(Diagnose("9223372036854775807 9223372036854775808 99999999999999999999999"),
            (Messages{"1:21 LEX006 Numeric literal overflow: 9223372036854775808",
                      "1:41 LEX006 Numeric literal overflow: 99999999999999999999999"}));
  EXPECT_EQ(Diagnose("1e999 -1.5e400"), (Messages{"1:1 LEX006 Numeric literal overflow: 1e999",
                                                  "1:8 LEX006 Numeric literal overflow: 1.5e400"}));
  const std::string digits(310, '9');
  EXPECT_EQ(Diagnose(digits + ".0"),
            (Messages{absl::StrCat("1:1 LEX006 Numeric literal overflow: ", digits, ".0")}));
}

TEST(LexerDiagnosticsTest, MalformedNumbers) {
  for (const char* text : {"0x1F", "0b101", "1_000", "12abc", "1.5f", "3é", "1.2_3", "1e", "2.5E",
                           "1e3x", "1e+3x", "1e5_", "7日本", "1²"}) {
    EXPECT_EQ(Diagnose(text),
              (Messages{absl::StrCat("1:1 LEX007 Malformed numeric literal: ", text)}));
  }
  EXPECT_EQ(Diagnose("1e+"), (Messages{"1:1 LEX007 Malformed numeric literal: 1e"}));
  EXPECT_EQ(Diagnose("2.5E- x"), (Messages{"1:1 LEX007 Malformed numeric literal: 2.5E"}));
  EXPECT_EQ(Diagnose("1x.5"), (Messages{"1:1 LEX007 Malformed numeric literal: 1x"}));
}

TEST(LexerDiagnosticsTest, Limits) {
  LexLimits limits;
  limits.identifier_characters = 4;
  EXPECT_EQ(Diagnose("aééé aéééé", limits),
            (Messages{"1:6 LEX008 Identifier exceeds max length of 4 characters"}));
  limits = LexLimits();
  limits.string_characters = 3;
  EXPECT_EQ(Diagnose(R"("ééé" "éééé" "\n\n\n${1}\n\n\n" "a${1}bcde")", limits),
            (Messages{"1:7 LEX009 String literal exceeds max length of 3 characters",
                      "1:33 LEX009 String literal exceeds max length of 3 characters"}));
  limits = LexLimits();
  limits.number_characters = 3;
  EXPECT_EQ(Diagnose("123 1234 1.5 12.5 12ab", limits),
            (Messages{"1:5 LEX010 Numeric literal exceeds max length of 3 characters",
                      "1:14 LEX010 Numeric literal exceeds max length of 3 characters",
                      "1:19 LEX010 Numeric literal exceeds max length of 3 characters"}));
  limits = LexLimits();
  limits.source_bytes = 3;
  EXPECT_EQ(Diagnose("a b", limits), Messages{});
  EXPECT_EQ(Diagnose("a @ b", limits),
            (Messages{"1:1 PARSE001 Source size 5 bytes exceeds maximum allowed 3 bytes"}));
  limits = LexLimits();
  limits.diagnostics = 2;
  EXPECT_EQ(Diagnose("@@@@", limits).size(), 2u);
}

TEST(LexerDiagnosticsTest, DefaultLimitsAreWide) {
  EXPECT_EQ(Diagnose(std::string(65'536, 'a')), Messages{});
  EXPECT_EQ(Diagnose(std::string(65'537, 'a')),
            (Messages{"1:1 LEX008 Identifier exceeds max length of 65536 characters"}));
  EXPECT_EQ(Diagnose(std::string(512, '0')), Messages{});
  EXPECT_EQ(Diagnose(std::string(513, '0')),
            (Messages{"1:1 LEX010 Numeric literal exceeds max length of 512 characters"}));
}

TEST(LexerDiagnosticsTest, LimitsCannotExceedWhatATokenHolds) {
  LexLimits limits;
  limits.identifier_characters = limits.number_characters = UINT32_MAX;
  EXPECT_EQ(Diagnose(std::string(Token::kMaxLength + 1, 'a'), limits).size(), 1u);
  EXPECT_EQ(Diagnose(std::string(Token::kMaxLength + 1, '0'), limits).size(), 1u);
}

TEST(LexerDiagnosticsTest, PlacesCountCharactersAndLines) {
  EXPECT_EQ(Diagnose("\tab := @\ns := \"😀é\" @\n/* a\nb */ x := ~\n\"multi ${\n 1\n}\" ^\n"),
            (Messages{"1:8 LEX001 Invalid character: '@'", "2:11 LEX001 Invalid character: '@'",
                      "4:11 LEX001 Invalid character: '~'", "7:4 LEX001 Invalid character: '^'"}));
  EXPECT_EQ(Diagnose("x := 1\r\n/* block\r\ncomment */\r\ny := @\r\n"),
            (Messages{"4:6 LEX001 Invalid character: '@'"}));
}

TEST(LexerDiagnosticsTest, AllAreReportedInOrder) {
  EXPECT_EQ(Diagnose("x := @ ~ \"a\\z\" 1x 99999999999999999999\ny := ( [ {"),
            (Messages{"1:6 LEX001 Invalid character: '@'", "1:8 LEX001 Invalid character: '~'",
                      R"(1:13 LEX005 Invalid escape sequence: \\z)",
                      "1:16 LEX007 Malformed numeric literal: 1x",
                      "1:19 LEX006 Numeric literal overflow: 99999999999999999999"}));
}

// The tokens of an interpolated string, by the text of those that have one of their own.
std::string Tokens(std::string text) {
  const SourceBuffer source = *SourceBuffer::FromText("t.ruff", std::move(text));
  DiagnosticList diagnostics;
  const TokenBuffer tokens = Lex(source, LexLimits(), &diagnostics);
  EXPECT_TRUE(diagnostics.empty());
  std::string out;
  for (uint32_t i = 0; i + 1 < tokens.size(); ++i) {
    const bool is_error = tokens[i].kind == TokenKind::kError;
    absl::StrAppend(&out, i == 0 ? "" : " ", is_error ? tokens.Text(i) : tokens.Spelling(i));
  }
  return out;
}

TEST(LexerDiagnosticsTest, ErrorsInsideAnExpressionAreLeftToTheParser) {
  EXPECT_EQ(Tokens(R"("char${'c'}" x)"), R"(" char ${ Invalid character: ''' } " x)");
  EXPECT_EQ(Tokens(R"("${1 2 @ ~ 3}${4}")"), R"(" ${ Invalid character: '@' } ${ 4 } ")");
  EXPECT_EQ(Tokens(R"("${f("\q", {}) + "\t"}\\")"), R"(" ${ Invalid escape sequence: \\q } \\ ")");
  EXPECT_EQ(Tokens("\"${1x\n}\""), "\" ${ Malformed numeric literal: 1x } \"");
  EXPECT_EQ(Tokens("\"${\"open\n}\""), "\" ${ Unterminated string literal } \"");
  EXPECT_EQ(Tokens("\"${\"a ${1} open\n}\""), "\" ${ Unterminated string literal } \"");
}

TEST(LexerDiagnosticsTest, ErrorsBelongToTheInnermostExpression) {
  EXPECT_EQ(Tokens(R"("a${x + "b${@ y}c"}d")"),
            R"(" a ${ x + " b ${ Invalid character: '@' } c " } d ")");
  EXPECT_EQ(Tokens(R"("a${x + "b${y}\c${z}" + @}d")"),
            R"(" a ${ Invalid escape sequence: \\c } d ")");
  EXPECT_EQ(Tokens(R"("${@ "${~}"}${"${~}"}")"),
            R"(" ${ Invalid character: '@' } ${ " ${ Invalid character: '~' } " } ")");
}

// One source for each kind that the lexer reports; the kinds of later phases are tested there.
TEST(LexerDiagnosticsTest, EveryKind) {
  LexLimits limits;
  limits.source_bytes = 20;
  limits.identifier_characters = limits.string_characters = limits.number_characters = 5;
  const std::map<DiagnosticKind, std::string> sources = {
      {DiagnosticKind::kInvalidCharacter, "@"},
      {DiagnosticKind::kNullByte, std::string(1, '\0')},
      {DiagnosticKind::kUnterminatedString, "\""},
      {DiagnosticKind::kUnterminatedInterpolation, "\"${"},
      {DiagnosticKind::kUnterminatedComment, "/*"},
      {DiagnosticKind::kInvalidEscape, "\"\\q\""},
      {DiagnosticKind::kNumberOverflow, "1e999"},
      {DiagnosticKind::kMalformedNumber, "1x"},
      {DiagnosticKind::kIdentifierTooLong, "abcdef"},
      {DiagnosticKind::kStringTooLong, "\"abcdef\""},
      {DiagnosticKind::kNumberTooLong, "123456"},
      {DiagnosticKind::kParse, "abc abc abc abc abc abc"},
  };
  const std::set<DiagnosticKind> of_later_phases = {DiagnosticKind::kCompile, DiagnosticKind::kCli};
  for (int i = 0; i < kDiagnosticKindCount; ++i) {
    const auto kind = static_cast<DiagnosticKind>(i);
    if (of_later_phases.contains(kind)) continue;
    ASSERT_TRUE(sources.contains(kind)) << "no source for " << TraitsOf(kind).name;
    const SourceBuffer source = *SourceBuffer::FromText("t.ruff", sources.at(kind));
    DiagnosticList diagnostics;
    Lex(source, limits, &diagnostics);
    ASSERT_EQ(diagnostics.size(), 1u) << TraitsOf(kind).name;
    EXPECT_EQ(diagnostics[0].kind, kind);
    EXPECT_EQ(diagnostics[0].offset, kind == DiagnosticKind::kInvalidEscape ? 2u : 0u);
  }
}

}  // namespace
}  // namespace ruff
