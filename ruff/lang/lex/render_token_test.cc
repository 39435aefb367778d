#include "ruff/lang/lex/render_token.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "ruff/lang/lex/lexer.h"

namespace ruff {
namespace {

// The rendering of the token number `index` of `text`.
std::string Render(std::string text, uint32_t index = 0) {
  const SourceBuffer source = *SourceBuffer::FromText("t.ruff", std::move(text));
  DiagnosticList diagnostics;
  return RenderToken(Lex(source, LexLimits(), &diagnostics), index);
}

TEST(RenderTokenTest, PlainTokens) {
  EXPECT_EQ(Render("naïve"), R"(Identifier("naïve"))");
  EXPECT_EQ(Render("let"), R"(Keyword("let"))");
  EXPECT_EQ(Render("null"), R"(Keyword("null"))");
  EXPECT_EQ(Render("true"), "Bool(true)");
  EXPECT_EQ(Render("false"), "Bool(false)");
  EXPECT_EQ(Render("007"), "Int(7)");
  EXPECT_EQ(Render(""), "Eof");
}

TEST(RenderTokenTest, OperatorsAndPunctuation) {
  for (const char* text : {":=", "::", "=", "->", "?", "?.", "|>", "...", "&", "%="}) {
    EXPECT_EQ(Render(text), std::string("Operator(\"") + text + "\")");
  }
  for (const char* text : {":", ".", "(", ")", "{", "}", "[", "]", ",", ";"}) {
    EXPECT_EQ(Render(text), std::string("Punctuation('") + text + "')");
  }
}

TEST(RenderTokenTest, Floats) {
  EXPECT_EQ(Render("1.0"), "Float(1.0)");
  EXPECT_EQ(Render("00.10"), "Float(0.1)");
  EXPECT_EQ(Render("0.0"), "Float(0.0)");
  EXPECT_EQ(Render("1e15"), "Float(1000000000000000.0)");
  EXPECT_EQ(Render("1e16"), "Float(1e16)");
  EXPECT_EQ(Render("1.25e300"), "Float(1.25e300)");
  EXPECT_EQ(Render("1e-4"), "Float(0.0001)");
  EXPECT_EQ(Render("1.5e-7"), "Float(1.5e-7)");
  EXPECT_EQ(Render("123456789.125"), "Float(123456789.125)");
}

TEST(RenderTokenTest, Strings) {
  EXPECT_EQ(Render(R"("q\"u\n\té\\ 'x' \r\$")"), R"(String("q\"u\n\té\\ 'x' \r$"))");
  EXPECT_EQ(Render(std::string("\"\0\x1B\x7F\"", 5)), R"(String("\0\u{1b}\u{7f}"))");
}

TEST(RenderTokenTest, InterpolatedStrings) {
  EXPECT_EQ(Render(R"("x${y + 1}z")"),
            R"(InterpolatedString([Text("x"), Expression("y + 1"), Text("z")]))");
  EXPECT_EQ(Render(R"("${}")"), R"(InterpolatedString([Expression("")]))");
  EXPECT_EQ(Render(R"("\t${ {"k": "v${1}"} }${@}")"),
            R"(InterpolatedString([Text("\t"), Expression(" {\"k\": \"v${1}\"} "), )"
            R"(Expression("@")]))");
}

TEST(RenderTokenTest, PiecesOfInterpolatedStrings) {
  EXPECT_EQ(Render(R"("a${@}")", 1), R"(Text("a"))");
  EXPECT_EQ(Render(R"("a${@}")", 3), R"(Error("Invalid character: '@'"))");
  EXPECT_EQ(Render(R"("a${@}")", 4), "Eof");
}

}  // namespace
}  // namespace ruff
