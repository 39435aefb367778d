#include "ruff/lang/lex/token_buffer_builder.h"

#include <algorithm>
#include <utility>

namespace ruff {

TokenBufferBuilder::TokenBufferBuilder(const SourceBuffer* source) : buffer_(source) {
  // Ordinary code has a token every five to eight bytes.
  buffer_.tokens_.reserve(source->size() / 8 + 8);
}

// Assumes that the rest of the source, behind `offset`, is as dense as what was seen.
void TokenBufferBuilder::Grow(uint32_t offset) {
  const double count = static_cast<double>(buffer_.tokens_.size());
  const double expected = count * buffer_.source_->size() / std::max(offset, 1u);
  const double most = buffer_.source_->size() + 8.0;
  const double wanted = std::max(1.25 * count, std::min(1.02 * expected, most));
  buffer_.tokens_.reserve(static_cast<size_t>(wanted) + 8);
}

void TokenBufferBuilder::AddWithText(TokenKind kind, uint32_t offset, uint32_t length,
                                     bool on_new_line, std::string_view text) {
  Add(kind, offset, 0, on_new_line);
  buffer_.tokens_.back().has_text = true;
  buffer_.kept_texts_.push_back({.offset = offset,
                                 .source_length = length,
                                 .text_begin = buffer_.kept_.size(),
                                 .text_length = static_cast<uint32_t>(text.size())});
  buffer_.kept_ += text;
}

TokenBufferBuilder::Mark TokenBufferBuilder::Here() const {
  return {.tokens = buffer_.size(),
          .kept_texts = static_cast<uint32_t>(buffer_.kept_texts_.size()),
          .kept_bytes = buffer_.kept_.size()};
}

void TokenBufferBuilder::Rewind(const Mark& mark) {
  buffer_.tokens_.resize(mark.tokens);
  buffer_.kept_texts_.resize(mark.kept_texts);
  buffer_.kept_.resize(mark.kept_bytes);
}

TokenBuffer TokenBufferBuilder::Finish() && {
  if (buffer_.tokens_.capacity() > buffer_.tokens_.size() + buffer_.tokens_.size() / 4 + 64) {
    buffer_.tokens_.shrink_to_fit();
  }
  return std::move(buffer_);
}

}  // namespace ruff
