#ifndef RUFF_LANG_LEX_TOKEN_BUFFER_BUILDER_H_
#define RUFF_LANG_LEX_TOKEN_BUFFER_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ruff/lang/lex/token.h"
#include "ruff/lang/lex/token_buffer.h"
#include "ruff/lang/source/source_buffer.h"

namespace ruff {

// Fills a TokenBuffer. Tokens are added in source order; `Rewind` forgets the latest ones.
class TokenBufferBuilder {
 public:
  // A point to rewind to.
  struct Mark {
    uint32_t tokens;
    uint32_t kept_texts;
    size_t kept_bytes;
  };

  explicit TokenBufferBuilder(const SourceBuffer* source);

  // A token of at most Token::kMaxLength bytes that has no text of its own.
  void Add(TokenKind kind, uint32_t offset, uint32_t length, bool on_new_line) {
    if (buffer_.tokens_.size() == buffer_.tokens_.capacity()) Grow(offset);
    buffer_.tokens_.push_back({.offset = offset,
                               .kind = kind,
                               .on_new_line = on_new_line,
                               .has_text = false,
                               .length = length});
  }

  // A token whose text, or length in the source, is kept aside.
  void AddWithText(TokenKind kind, uint32_t offset, uint32_t length, bool on_new_line,
                   std::string_view text);

  Mark Here() const;
  void Rewind(const Mark& mark);

  // Gives back memory that was taken in advance.
  TokenBuffer Finish() &&;

 private:
  void Grow(uint32_t offset);

  TokenBuffer buffer_;
};

}  // namespace ruff

#endif  // RUFF_LANG_LEX_TOKEN_BUFFER_BUILDER_H_
