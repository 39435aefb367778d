#ifndef RUFF_LANG_LEX_TOKEN_BUFFER_H_
#define RUFF_LANG_LEX_TOKEN_BUFFER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ruff/lang/lex/token.h"
#include "ruff/lang/source/source_buffer.h"

namespace ruff {

// All tokens of one source, in order, ended by one kEof. The source must outlive the buffer.
//
// A string without interpolation is one kString. With interpolation it is
//
//   kInterpolationStart { kStringPart | kInterpolationExprStart tokens… kInterpolationExprEnd }
//   kInterpolationEnd
//
// where the tokens of an expression are ordinary ones, nested strings included, so a parser reads
// the expression in place. Starts and ends are always balanced. An expression with a lexical error
// in it (outside the expressions of strings nested in it) consists of one kError token.
//
// Tokens take eight bytes. Numbers are read again from their spelling when asked for; the texts of
// strings are views of the source unless they have escapes or are very long, then they are kept
// aside and found by binary search.
class TokenBuffer {
 public:
  TokenBuffer(TokenBuffer&&) = default;
  TokenBuffer& operator=(TokenBuffer&&) = default;

  const SourceBuffer& source() const { return *source_; }

  uint32_t size() const { return static_cast<uint32_t>(tokens_.size()); }
  const Token& operator[](uint32_t index) const { return tokens_[index]; }
  const Token* begin() const { return tokens_.data(); }
  const Token* end() const { return tokens_.data() + tokens_.size(); }

  // Offset behind the last byte of the token. Of a whole interpolated string: the end of the token
  // at `InterpolationEnd`.
  uint32_t EndOf(uint32_t index) const;

  // The token as it stands in the source.
  std::string_view Spelling(uint32_t index) const;

  // The value of a kInt.
  int64_t IntValue(uint32_t index) const;

  // The value of a kFloat.
  double FloatValue(uint32_t index) const;

  // The text a kString or kStringPart stands for, escapes replaced, without quotes; the message of
  // a kError. The view lives as long as the buffer and its source.
  std::string_view Text(uint32_t index) const;

  // Index of the kInterpolationEnd that belongs to the kInterpolationStart at `index`. Takes time
  // proportional to the number of tokens between them.
  uint32_t InterpolationEnd(uint32_t index) const;

 private:
  friend class TokenBufferBuilder;

  // Text kept aside; ordered by `offset`, the offset of its token.
  struct KeptText {
    uint32_t offset;
    uint32_t source_length;
    uint64_t text_begin;  // in kept_
    uint32_t text_length;
  };

  explicit TokenBuffer(const SourceBuffer* source) : source_(source) {}

  const KeptText& KeptTextOf(const Token& token) const;

  const SourceBuffer* source_;
  std::vector<Token> tokens_;
  std::vector<KeptText> kept_texts_;
  std::string kept_;
};

}  // namespace ruff

#endif  // RUFF_LANG_LEX_TOKEN_BUFFER_H_
