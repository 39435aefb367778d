// Any bytes through the lexer. Every token lies in the source, tokens are in order, and what is
// asked of a token is answered.

#include <cstddef>
#include <cstdint>
#include <string>

#include "ruff/base/check.h"
#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/lex/lexer.h"
#include "ruff/lang/source/source_buffer.h"

namespace ruff {
namespace {

void CheckTokens(const SourceBuffer& source, const TokenBuffer& tokens) {
  RUFF_CHECK(tokens.size() > 0);
  RUFF_CHECK(tokens[tokens.size() - 1].kind == TokenKind::kEof);
  int depth = 0;
  uint32_t previous = 0;
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    RUFF_CHECK(previous <= tokens[i].offset);
    previous = tokens[i].offset;
    switch (tokens[i].kind) {
      case TokenKind::kInt:
        (void)tokens.IntValue(i);
        break;
      case TokenKind::kFloat:
        (void)tokens.FloatValue(i);
        break;
      case TokenKind::kString:
      case TokenKind::kStringPart:
      case TokenKind::kError:
        (void)tokens.Text(i);
        break;
      case TokenKind::kInterpolationStart:
        ++depth;
        break;
      case TokenKind::kInterpolationEnd:
        RUFF_CHECK(--depth >= 0);
        break;
      default:
        break;
    }
    RUFF_CHECK(tokens[i].offset <= tokens.EndOf(i) && tokens.EndOf(i) <= source.size());
  }
  RUFF_CHECK(depth == 0);
}

}  // namespace
}  // namespace ruff

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto source =
      ruff::SourceBuffer::FromText("input", std::string(reinterpret_cast<const char*>(data), size));
  if (!source.ok()) return 0;
  ruff::DiagnosticList diagnostics;
  const ruff::TokenBuffer tokens = ruff::Lex(*source, ruff::LexLimits(), &diagnostics);
  ruff::CheckTokens(*source, tokens);
  for (const ruff::Diagnostic& diagnostic : diagnostics) {
    RUFF_CHECK(diagnostic.offset == ruff::Diagnostic::kNowhere ||
               diagnostic.offset <= source->size());
  }
  return 0;
}
