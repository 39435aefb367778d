#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/lang/lex/lexer.h"
#include "ruff/lang/lex/render_token.h"

// What must hold for the tokens of any text, tried on texts put together at random from fragments
// that open, close and break things.

namespace ruff {
namespace {

constexpr std::string_view kFragments[] = {
    "\"", "\"", "\"", "${", "${", "}", "}",   "{",  "\\", "\\q", "\\n",  "\n",    "\r\n",  "\r",
    "/*", "*/", "//", "#",  "a",  "é", "😀",  "1",  "1.", "e+",  "1x",   "1e999", "..",    ".",
    "?",  "|",  ">",  "=",  "@",  "$", "let", "  ", "(",  "]",   "f(x)", "\t",    "\uFEFF"};

std::string RandomText(std::mt19937& random) {
  std::uniform_int_distribution<size_t> fragment(0, std::size(kFragments));
  std::string text;
  for (int left = std::uniform_int_distribution<int>(0, 60)(random); left > 0; --left) {
    const size_t choice = fragment(random);
    text += choice < std::size(kFragments) ? kFragments[choice] : std::string_view("\0", 1);
  }
  return text;
}

void CheckTokens(const TokenBuffer& tokens) {
  const uint32_t size = tokens.source().size();
  std::vector<TokenKind> open;  // starts of strings and expressions
  uint32_t end = 0;             // of the previous token
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    const TokenKind kind = tokens[i].kind;
    ASSERT_LE(end, tokens[i].offset);
    end = tokens.EndOf(i);
    ASSERT_LE(end, size);
    ASSERT_EQ(kind == TokenKind::kEof, i + 1 == tokens.size());
    ASSERT_FALSE(RenderToken(tokens, i).empty());
    switch (kind) {
      case TokenKind::kInterpolationStart:
      case TokenKind::kInterpolationExprStart:
        open.push_back(kind);
        break;
      case TokenKind::kInterpolationEnd:
        ASSERT_FALSE(open.empty());
        ASSERT_EQ(open.back(), TokenKind::kInterpolationStart);
        open.pop_back();
        break;
      case TokenKind::kInterpolationExprEnd:
        ASSERT_FALSE(open.empty());
        ASSERT_EQ(open.back(), TokenKind::kInterpolationExprStart);
        open.pop_back();
        break;
      case TokenKind::kError:
        ASSERT_EQ(tokens[i - 1].kind, TokenKind::kInterpolationExprStart);
        ASSERT_EQ(tokens[i + 1].kind, TokenKind::kInterpolationExprEnd);
        break;
      default:
        break;
    }
  }
  ASSERT_TRUE(open.empty());
}

TEST(LexerPropertyTest, TokensOfAnyTextAreWellFormed) {
  std::mt19937 random(20240722);
  for (int i = 0; i < 20'000; ++i) {
    const SourceBuffer source = *SourceBuffer::FromText("t.ruff", RandomText(random));
    SCOPED_TRACE(source.text());
    DiagnosticList diagnostics;
    const TokenBuffer tokens = Lex(source, LexLimits(), &diagnostics);
    CheckTokens(tokens);
    if (HasFatalFailure()) return;
    for (const Diagnostic& diagnostic : diagnostics) ASSERT_LE(diagnostic.offset, source.size());
  }
}

}  // namespace
}  // namespace ruff
