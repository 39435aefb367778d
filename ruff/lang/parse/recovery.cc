// Diagnostics, and how the parser goes on after one.
//
// The first error of a top-level statement is reported and the statement is given up. To keep the
// rest of it from causing errors that are none, two rules apply:
//
//   - If the error stands inside a bracket of the statement that is closed further on, parsing goes
//     on behind that bracket; which one closes which is found for the whole file at the first
//     error, by a pass that survives missing and stray ones.
//   - After that, and until a token that surely begins a new statement (first in its line, behind a
//     `;`, a statement keyword that was not itself the error), errors are not reported.

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/lang/lex/render_token.h"
#include "ruff/lang/parse/machine.h"
#include "ruff/lang/parse/token_role.h"

namespace ruff::parse {
namespace {

// The opening bracket a closing one belongs to; kEof for other tokens.
TokenKind OpeningOf(TokenKind closing) {
  switch (closing) {
    case TokenKind::kRightParen:
      return TokenKind::kLeftParen;
    case TokenKind::kRightBracket:
      return TokenKind::kLeftBracket;
    case TokenKind::kRightBrace:
      return TokenKind::kLeftBrace;
    case TokenKind::kInterpolationExprEnd:
      return TokenKind::kInterpolationExprStart;
    case TokenKind::kInterpolationEnd:
      return TokenKind::kInterpolationStart;
    default:
      return TokenKind::kEof;
  }
}

// Rank of an opening bracket; 0 for other tokens. A closing bracket of a higher rank closes,
// besides its partner, those of lower rank left open inside; never the other way round.
int RankOf(TokenKind opening) {
  switch (opening) {
    case TokenKind::kLeftParen:
    case TokenKind::kLeftBracket:
      return 1;
    case TokenKind::kLeftBrace:
      return 2;
    case TokenKind::kInterpolationExprStart:
    case TokenKind::kInterpolationStart:
      return 3;
    default:
      return 0;
  }
}

}  // namespace

bool Parser::Error(std::string message) {
  if (quiet_) return false;
  ++error_count_;
  if (At(TokenKind::kError)) message = tokens_.Text(IndexOf(token_));
  uint32_t position = offset();
  for (const Frame& frame : stack_) {
    if (frame.state != State::kInterpolationParts) continue;
    position = frame.begin;
    break;
  }
  diagnostics_->Append(DiagnosticKind::kParse, position, message);
  return false;
}

bool Parser::ErrorFound(std::string_view expected) {
  if (quiet_) return false;
  return Error(absl::StrCat(expected, " but found ", RenderToken(tokens_, IndexOf(token_))));
}

Step Parser::Fail(std::string message) {
  Error(std::move(message));
  return Step::kFailed;
}

Step Parser::FailFound(std::string_view expected) {
  ErrorFound(expected);
  return Step::kFailed;
}

bool Parser::Expect(TokenKind kind, std::string_view context) {
  if (Take(kind)) return true;
  if (quiet_) return false;
  return ErrorFound(absl::StrCat("Expected '", SpellingOf(kind), "' ", context));
}

bool Parser::ExpectName(NameId* name, std::string message) {
  if (!At(TokenKind::kIdentifier)) return Error(std::move(message));
  *name = Name(*token_++);
  return true;
}

Step Parser::Recover() {
  error_token_ = token_;
  stack_.resize(1);
  scratch_.clear();
  nested_.clear();
  expression_depth_ = 0;
  block_depth_ = 0;
  quiet_ = true;
  if (error_count_ >= max_diagnostics_) return Step::kDone;

  token_ = EndOfBrokenBracket(statement_start_, error_token_);
  if (token_ == statement_start_ && !At(TokenKind::kEof)) ++token_;
  while (!At(TokenKind::kEof) && !At(TokenKind::kRightBrace) && !Take(TokenKind::kSemicolon) &&
         !CanBeginStatement(kind())) {
    ++token_;
  }
  return NextStatement();
}

// Whether the token here begins a new statement rather than a piece of a broken one.
bool Parser::AtFreshStatement() const {
  switch (kind()) {
    case TokenKind::kElse:
    case TokenKind::kExcept:
    case TokenKind::kCase:
    case TokenKind::kDefault:
    case TokenKind::kComma:
    case TokenKind::kRightParen:
    case TokenKind::kRightBracket:
    case TokenKind::kRightBrace:
      return false;
    default:
      return token_->on_new_line || token_[-1].kind == TokenKind::kSemicolon ||
             (IsStatementKeyword(kind()) && token_ != error_token_);
  }
}

// The token behind the outermost bracket opened in [first, error) and closed at or behind `error`;
// `error` if there is none.
const Token* Parser::EndOfBrokenBracket(const Token* first, const Token* error) {
  FindPartners();
  const uint32_t error_index = IndexOf(error);
  for (uint32_t i = IndexOf(first); i < error_index; ++i) {
    const uint32_t partner = partners_[i];
    if (partner >= error_index) return tokens_.begin() + partner + 1;
    if (partner != 0) i = partner;
  }
  return error;
}

void Parser::FindPartners() {
  if (!partners_.empty()) return;
  partners_.resize(tokens_.size());
  std::vector<uint32_t> open;
  auto rank_of_top = [&] { return open.empty() ? 0 : RankOf(tokens_[open.back()].kind); };
  for (uint32_t i = 0; i < tokens_.size(); ++i) {
    const Token& token = tokens_[i];
    if (RankOf(token.kind) > 0) {
      open.push_back(i);
    } else if (const TokenKind opening = OpeningOf(token.kind); opening != TokenKind::kEof) {
      while (rank_of_top() > 0 && rank_of_top() <= RankOf(opening) &&
             tokens_[open.back()].kind != opening) {
        open.pop_back();
      }
      if (!open.empty() && tokens_[open.back()].kind == opening) {
        partners_[open.back()] = i;
        open.pop_back();
      }
    } else if (token.on_new_line && IsStatementKeyword(token.kind)) {
      // No statement begins directly inside `(` or `[`: they were left open.
      while (rank_of_top() == 1) open.pop_back();
    }
  }
}

}  // namespace ruff::parse
