#include "ruff/lang/lex/token_buffer.h"

#include <algorithm>
#include <optional>

#include "ruff/base/check.h"
#include "ruff/lang/lex/number.h"

namespace ruff {

const TokenBuffer::KeptText& TokenBuffer::KeptTextOf(const Token& token) const {
  const auto kept =
      std::lower_bound(kept_texts_.begin(), kept_texts_.end(), token.offset,
                       [](const KeptText& text, uint32_t offset) { return text.offset < offset; });
  RUFF_DCHECK(kept != kept_texts_.end() && kept->offset == token.offset);
  return *kept;
}

uint32_t TokenBuffer::EndOf(uint32_t index) const {
  const Token& token = tokens_[index];
  return token.offset + (token.has_text ? KeptTextOf(token).source_length : token.length);
}

std::string_view TokenBuffer::Spelling(uint32_t index) const {
  const uint32_t begin = tokens_[index].offset;
  return source_->text().substr(begin, EndOf(index) - begin);
}

int64_t TokenBuffer::IntValue(uint32_t index) const {
  RUFF_DCHECK(tokens_[index].kind == TokenKind::kInt);
  return *ParseInt(Spelling(index));
}

double TokenBuffer::FloatValue(uint32_t index) const {
  RUFF_DCHECK(tokens_[index].kind == TokenKind::kFloat);
  return *ParseFloat(Spelling(index));
}

std::string_view TokenBuffer::Text(uint32_t index) const {
  const Token& token = tokens_[index];
  if (token.has_text) {
    const KeptText& kept = KeptTextOf(token);
    return std::string_view(kept_).substr(kept.text_begin, kept.text_length);
  }
  const std::string_view spelling = Spelling(index);
  if (token.kind == TokenKind::kStringPart) return spelling;
  RUFF_DCHECK(token.kind == TokenKind::kString);
  return spelling.substr(1, spelling.size() - 2);
}

uint32_t TokenBuffer::InterpolationEnd(uint32_t index) const {
  RUFF_DCHECK(tokens_[index].kind == TokenKind::kInterpolationStart);
  uint32_t open = 0;
  while (true) {
    if (tokens_[index].kind == TokenKind::kInterpolationStart) ++open;
    if (tokens_[index].kind == TokenKind::kInterpolationEnd && --open == 0) return index;
    ++index;
  }
}

}  // namespace ruff
