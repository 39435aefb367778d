#include "ruff/lang/lex/lexer.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ruff/base/unicode.h"
#include "ruff/base/utf8.h"
#include "ruff/lang/lex/character_class.h"
#include "ruff/lang/lex/keyword.h"
#include "ruff/lang/lex/number.h"
#include "ruff/lang/lex/token.h"
#include "ruff/lang/lex/token_buffer_builder.h"

// One pass over the bytes, driven by the class of the first byte of each token. The NUL behind the
// source stops every inner loop, so none of them counts.
//
// Interpolated strings nest: a string holds expressions, which hold strings. Each open `${` is a
// Frame on a stack; the `}` that closes it goes on with the text of its string. A lexical error
// belongs to the innermost open expression and replaces all of its tokens, because a parser must
// hear of it before anything else that is wrong there. With no expression open it is a diagnostic.

namespace ruff {
namespace {

class Lexer {
 public:
  Lexer(const SourceBuffer& source, const LexLimits& limits, DiagnosticList* diagnostics)
      : begin_(source.text().data()),
        end_(begin_ + source.size()),
        limits_(limits),
        diagnostics_(diagnostics),
        builder_(&source) {
    for (uint32_t* limit : {&limits_.identifier_characters, &limits_.number_characters}) {
      *limit = std::min(*limit, kMostCharacters);
    }
  }

  TokenBuffer Run() &&;

 private:
  using Builder = TokenBufferBuilder;

  // What fits a token for sure, at four bytes a character.
  static constexpr uint32_t kMostCharacters = Token::kMaxLength / 4;

  // An open `${`.
  struct Frame {
    uint32_t quote;        // offset of the quote that opened its string
    uint32_t open_braces;  // that are not closed yet, without its own
    Builder::Mark body;    // where its tokens start; once it failed, where they end
    bool failed;           // its only token is a kError
  };

  enum class Stop { kQuote, kExpression, kUnterminated };

  // Text of a string up to a quote, a `${` or the line end.
  struct Piece {
    Stop stop;
    uint32_t begin;
    uint32_t end;
    bool has_escapes;  // the text is in text_
  };

  uint32_t OffsetOf(const char* p) const { return static_cast<uint32_t>(p - begin_); }
  uint32_t Offset() const { return OffsetOf(p_); }
  std::string_view From(const char* start) const {
    return std::string_view(start, static_cast<size_t>(p_ - start));
  }
  std::string_view Character(const char* p) const {
    return {p, static_cast<size_t>(Utf8Length(*p))};
  }
  bool AtEnd() const { return p_ == end_; }

  void Add(TokenKind kind, const char* start) { Add(kind, OffsetOf(start), Offset()); }
  void Add(TokenKind kind, uint32_t start, uint32_t end);
  void AddText(TokenKind kind, uint32_t start, uint32_t end, const Piece& piece);
  void AddPart(const Piece& piece);

  void Report(DiagnosticKind kind, uint32_t offset, std::string_view argument = "");
  bool TooLong(std::string_view text, uint32_t limit, DiagnosticKind kind, uint32_t offset);

  void LineComment();
  void BlockComment();
  void Name();
  void Number();
  void Operator();
  void OpenBrace();
  void CloseBrace();

  void String();
  Piece StringPiece(uint32_t quote);
  void Escape();
  void OpenExpression(uint32_t quote);
  void CloseExpression();
  void Interpolated(uint32_t quote, Piece piece);
  void CloseAllExpressions();

  void SkipNameCharacters();

  const char* const begin_;
  const char* const end_;
  LexLimits limits_;
  DiagnosticList* const diagnostics_;
  Builder builder_;

  const char* p_ = begin_;
  bool on_new_line_ = false;  // a line end stands between the latest token and p_
  std::vector<Frame> frames_;
  std::string text_;
};

void Lexer::Add(TokenKind kind, uint32_t start, uint32_t end) {
  builder_.Add(kind, start, end - start, std::exchange(on_new_line_, false));
}

// Adds a string or a part of one, which stands at `start` to `end` and has the text of `piece`.
void Lexer::AddText(TokenKind kind, uint32_t start, uint32_t end, const Piece& piece) {
  if (!piece.has_escapes && end - start <= Token::kMaxLength) return Add(kind, start, end);
  const std::string_view text =
      piece.has_escapes ? text_ : std::string_view(begin_ + piece.begin, piece.end - piece.begin);
  builder_.AddWithText(kind, start, end - start, std::exchange(on_new_line_, false), text);
}

void Lexer::AddPart(const Piece& piece) {
  if (piece.begin < piece.end) AddText(TokenKind::kStringPart, piece.begin, piece.end, piece);
}

void Lexer::Report(DiagnosticKind kind, uint32_t offset, std::string_view argument) {
  if (frames_.empty()) {
    if (diagnostics_->size() < limits_.diagnostics) diagnostics_->Append(kind, offset, argument);
    return;
  }
  Frame& frame = frames_.back();
  if (std::exchange(frame.failed, true)) return;
  builder_.Rewind(frame.body);
  builder_.AddWithText(TokenKind::kError, offset, 0, false,
                       MakeDiagnostic(kind, offset, argument).message);
  frame.body = builder_.Here();
}

// Whether `text` has more than `limit` characters; reports it then.
bool Lexer::TooLong(std::string_view text, uint32_t limit, DiagnosticKind kind, uint32_t offset) {
  if (text.size() <= limit || CountCharacters(text) <= limit) return false;
  Report(kind, offset, absl::StrCat(limit));
  return true;
}

void Lexer::LineComment() {
  while (!IsLineEnd(*p_) && !(*p_ == '\0' && AtEnd())) ++p_;
}

void Lexer::BlockComment() {
  const uint32_t start = Offset();
  p_ += 2;
  while (!(p_[0] == '*' && p_[1] == '/')) {
    if (*p_ == '\0' && AtEnd()) return Report(DiagnosticKind::kUnterminatedComment, start);
    if (IsLineEnd(*p_)) on_new_line_ = true;
    ++p_;
  }
  p_ += 2;
}

// Letters and numbers of all scripts, and underscores.
void Lexer::SkipNameCharacters() {
  while (true) {
    while (IsNameByte(*p_)) ++p_;
    if (ClassOf(*p_) != CharacterClass::kNonAscii) return;
    const std::string_view character = Character(p_);
    if (!IsAlphanumeric(DecodeUtf8(character))) return;
    p_ += character.size();
  }
}

void Lexer::Name() {
  const char* const start = p_;
  SkipNameCharacters();
  const std::string_view word = From(start);
  if (TooLong(word, limits_.identifier_characters, DiagnosticKind::kIdentifierTooLong,
              OffsetOf(start))) {
    return;
  }
  Add(FindKeyword(word), start);
}

void Lexer::Number() {
  const char* const start = p_;
  const auto skip_digits = [this] {
    while (IsDigit(*p_)) ++p_;
  };
  skip_digits();
  bool is_float = false;
  bool has_exponent = false;
  if (p_[0] == '.' && IsDigit(p_[1])) {
    is_float = true;
    ++p_;
    skip_digits();
  }
  if (*p_ == 'e' || *p_ == 'E') {
    const int digits = p_[1] == '+' || p_[1] == '-' ? 2 : 1;
    if (IsDigit(p_[digits])) {
      is_float = has_exponent = true;
      p_ += digits;
      skip_digits();
    }
  }
  const size_t length = From(start).size();
  SkipNameCharacters();
  const std::string_view text = From(start);
  const uint32_t offset = OffsetOf(start);
  if (TooLong(text, limits_.number_characters, DiagnosticKind::kNumberTooLong, offset)) return;
  if (text.size() != length) return Report(DiagnosticKind::kMalformedNumber, offset, text);
  const bool may_overflow = has_exponent || length > (is_float ? 300 : 18);
  if (may_overflow && !(is_float ? ParseFloat(text).has_value() : ParseInt(text).has_value())) {
    return Report(DiagnosticKind::kNumberOverflow, offset, text);
  }
  Add(is_float ? TokenKind::kFloat : TokenKind::kInt, start);
}

void Lexer::Operator() {
  const char* const start = p_;
  if (p_[0] == '.' && p_[1] == '.' && p_[2] == '.') {
    p_ += 3;
    return Add(TokenKind::kEllipsis, start);
  }
  const TokenKind pair = PairOperator(p_[0], p_[1]);
  if (pair != TokenKind::kEof) {
    p_ += 2;
    return Add(pair, start);
  }
  ++p_;
  Add(SingleOperator(*start), start);
}

void Lexer::OpenBrace() {
  if (!frames_.empty()) ++frames_.back().open_braces;
  const char* const start = p_++;
  Add(TokenKind::kLeftBrace, start);
}

void Lexer::CloseBrace() {
  if (!frames_.empty() && frames_.back().open_braces-- == 0) return CloseExpression();
  const char* const start = p_++;
  Add(TokenKind::kRightBrace, start);
}

void Lexer::String() {
  const uint32_t quote = Offset();
  ++p_;
  const Piece piece = StringPiece(quote);
  switch (piece.stop) {
    case Stop::kQuote:
      return AddText(TokenKind::kString, quote, Offset(), piece);
    case Stop::kExpression:
      Add(TokenKind::kInterpolationStart, quote, quote + 1);
      return Interpolated(quote, piece);
    case Stop::kUnterminated:
      return;
  }
}

// Goes on with an interpolated string behind `piece`.
void Lexer::Interpolated(uint32_t quote, Piece piece) {
  AddPart(piece);
  if (piece.stop == Stop::kExpression) return OpenExpression(quote);
  const bool closed = piece.stop == Stop::kQuote;
  Add(TokenKind::kInterpolationEnd, closed ? Offset() - 1 : Offset(), Offset());
}

// Reads text of the string that starts at `quote`, and the quote or nothing else behind it. Reports
// what is wrong with it.
Lexer::Piece Lexer::StringPiece(uint32_t quote) {
  Piece piece = {.stop = Stop::kUnterminated, .begin = Offset(), .end = 0, .has_escapes = false};
  text_.clear();
  const char* plain = p_;  // text since here is not in text_ yet
  while (true) {
    while (!IsStringStop(*p_)) ++p_;
    if (*p_ == '\\' && p_ + 1 != end_) {
      text_ += From(plain);
      Escape();
      piece.has_escapes = true;
      plain = p_;
    } else if (*p_ == '"') {
      piece.stop = Stop::kQuote;
      break;
    } else if (p_[0] == '$' && p_[1] == '{') {
      piece.stop = Stop::kExpression;
      break;
    } else if (IsLineEnd(*p_) || AtEnd()) {
      Report(DiagnosticKind::kUnterminatedString, quote);
      break;
    } else {
      ++p_;
    }
  }
  piece.end = Offset();
  if (piece.has_escapes) text_ += From(plain);
  const std::string_view text =
      piece.has_escapes ? std::string_view(text_) : From(begin_ + piece.begin);
  TooLong(text, limits_.string_characters, DiagnosticKind::kStringTooLong, quote);
  if (piece.stop == Stop::kQuote) ++p_;
  return piece;
}

// Reads a backslash and the character behind it, and appends what they stand for to text_.
void Lexer::Escape() {
  ++p_;
  const std::string_view character = Character(p_);
  switch (*p_) {
    case 'n':
      text_ += '\n';
      break;
    case 't':
      text_ += '\t';
      break;
    case 'r':
      text_ += '\r';
      break;
    case '\\':
    case '"':
    case '$':
      text_ += *p_;
      break;
    default:
      Report(DiagnosticKind::kInvalidEscape, Offset(), character);
      if (p_[0] == '\r' && p_[1] == '\n') ++p_;  // one line end
  }
  p_ += character.size();
}

void Lexer::OpenExpression(uint32_t quote) {
  const char* const start = p_;
  p_ += 2;
  Add(TokenKind::kInterpolationExprStart, start);
  frames_.push_back({.quote = quote, .open_braces = 0, .body = builder_.Here(), .failed = false});
}

void Lexer::CloseExpression() {
  const Frame frame = frames_.back();
  frames_.pop_back();
  if (frame.failed) builder_.Rewind(frame.body);
  const char* const start = p_++;
  Add(TokenKind::kInterpolationExprEnd, start);
  Interpolated(frame.quote, StringPiece(frame.quote));
}

// The source ended inside an expression. Reports the outermost string, closes it where it broke
// off and forgets the others.
void Lexer::CloseAllExpressions() {
  const Frame outermost = frames_.front();
  frames_.clear();
  Report(DiagnosticKind::kUnterminatedInterpolation, outermost.quote);
  builder_.Rewind(outermost.body);
  Add(TokenKind::kInterpolationExprEnd, Offset(), Offset());
  Add(TokenKind::kInterpolationEnd, Offset(), Offset());
}

TokenBuffer Lexer::Run() && {
  while (true) {
    switch (ClassOf(*p_)) {
      case CharacterClass::kBlank:
        ++p_;
        break;
      case CharacterClass::kLineEnd:
        on_new_line_ = true;
        ++p_;
        break;
      case CharacterClass::kName:
        Name();
        break;
      case CharacterClass::kDigit:
        Number();
        break;
      case CharacterClass::kQuote:
        String();
        break;
      case CharacterClass::kOperator:
        Operator();
        break;
      case CharacterClass::kOpenBrace:
        OpenBrace();
        break;
      case CharacterClass::kCloseBrace:
        CloseBrace();
        break;
      case CharacterClass::kHash:
        LineComment();
        break;
      case CharacterClass::kSlash:
        if (p_[1] == '/') {
          LineComment();
        } else if (p_[1] == '*') {
          BlockComment();
        } else {
          Operator();
        }
        break;
      case CharacterClass::kNul:
        if (AtEnd()) {
          if (!frames_.empty()) CloseAllExpressions();
          Add(TokenKind::kEof, Offset(), Offset());
          return std::move(builder_).Finish();
        }
        Report(DiagnosticKind::kNullByte, Offset());
        ++p_;
        break;
      case CharacterClass::kInvalid:
      case CharacterClass::kNonAscii: {
        const std::string_view character = Character(p_);
        Report(DiagnosticKind::kInvalidCharacter, Offset(), character);
        p_ += character.size();
        break;
      }
    }
  }
}

}  // namespace

TokenBuffer Lex(const SourceBuffer& source, const LexLimits& limits, DiagnosticList* diagnostics) {
  if (source.size() > limits.source_bytes) {
    diagnostics->Append(
        DiagnosticKind::kParse, 0,
        absl::StrCat("Source size ", source.size(), " bytes exceeds maximum allowed ",
                     limits.source_bytes, " bytes"));
    TokenBufferBuilder nothing(&source);
    nothing.Add(TokenKind::kEof, source.size(), 0, false);
    return std::move(nothing).Finish();
  }
  return Lexer(source, limits, diagnostics).Run();
}

}  // namespace ruff
