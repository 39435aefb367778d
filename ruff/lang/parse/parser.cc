#include "ruff/lang/parse/parser.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/lang/parse/machine.h"

namespace ruff {
namespace parse {
namespace {

constexpr std::string_view kWords[] = {"throw", "Ok", "Err",    "Some",
                                       "None",  "_",  "Result", "Option"};
static_assert(std::size(kWords) == static_cast<size_t>(Word::kCount));

}  // namespace

Parser::Parser(const TokenBuffer& tokens, const ParseLimits& limits, DiagnosticList* diagnostics)
    : tokens_(tokens),
      text_(tokens.source().text()),
      max_expression_depth_(std::min(limits.expression_depth, ParseLimits::kMaxDepth)),
      max_block_depth_(std::min(limits.block_depth, ParseLimits::kMaxDepth)),
      max_diagnostics_(limits.diagnostics),
      diagnostics_(diagnostics),
      token_(tokens.begin()),
      statement_start_(token_) {
  // `f(1),` is five tokens, three nodes and three words; room never touched costs nothing.
  const size_t estimate = tokens.size() * size_t{5} / 8 + 16;
  ast_.Reserve(estimate, estimate);
  for (std::string_view word : kWords) ast_.InternName(word);
}

std::optional<Ast> Parser::Run() {
  Push(State::kProgram, 0);
  Step step = NextStatement();
  for (;;) {
    switch (step) {
      case Step::kOperand:
        step = StartOperand();
        break;
      case Step::kOperator:
        step = ContinueOperand();
        break;
      case Step::kComplete:
        step = Resume();
        break;
      case Step::kStatement:
        step = StartStatement();
        break;
      case Step::kFailed:
        step = Recover();
        break;
      case Step::kDone:
        if (error_count_ > 0) return std::nullopt;
        ast_.SetStatements(ListId{TakeList(0)});
        return std::move(ast_);
    }
  }
}

Step Parser::Resume() {
  switch (Top().state) {
#define RUFF_STATE(name, operands) \
  case State::k##name:             \
    return On##name(value_);
#include "ruff/lang/parse/state.def"
  }
  return Step::kFailed;
}

Frame& Parser::Push(State state, uint32_t begin) {
  return stack_.emplace_back(Frame{.state = state,
                                   .op = 0,
                                   .depth = static_cast<uint16_t>(expression_depth_),
                                   .begin = begin,
                                   .a = 0,
                                   .b = 0,
                                   .c = 0,
                                   .base = static_cast<uint32_t>(scratch_.size())});
}

Frame* Parser::Nest(State state, uint32_t begin, std::string_view what) {
  if (!CheckExpressionDepth(expression_depth_ + 1, what)) return nullptr;
  Frame& frame = Push(state, begin);
  ++expression_depth_;
  return &frame;
}

bool Parser::CheckExpressionDepth(size_t depth, std::string_view what) {
  return depth <= max_expression_depth_ ||
         Error(absl::StrCat("Maximum expression nesting depth of ", max_expression_depth_,
                            " exceeded while parsing ", what));
}

Frame Parser::Pop() {
  const Frame frame = stack_.back();
  stack_.pop_back();
  expression_depth_ = frame.depth;
  return frame;
}

bool Parser::Take(TokenKind kind) {
  if (token_->kind != kind) return false;
  ++token_;
  return true;
}

uint32_t Parser::end() const {
  const Token& last = token_[-1];
  return last.has_text ? tokens_.EndOf(IndexOf(&last)) : last.offset + last.length;
}

std::string_view Parser::Spelling(const Token& token) const {
  return token.has_text ? tokens_.Spelling(IndexOf(&token))
                        : text_.substr(token.offset, token.length);
}

NameId Parser::Name(const Token& token) {
  const std::string_view name = Spelling(token);
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(name[i]); };
  NameId& recent =
      recent_names_[static_cast<uint8_t>(byte(0) + byte(name.size() - 1) * 7 + name.size() * 31)];
  if (ast_.name(recent) != name) recent = ast_.InternName(name);
  return recent;
}

Step Parser::Complete(NodeId value) {
  value_ = value;
  value_begin_ = ast_.node(value).begin;
  return Step::kComplete;
}

Step Parser::Operand(NodeId value, uint32_t begin) {
  value_ = value;
  value_begin_ = begin;
  return Step::kOperator;
}

uint32_t Parser::TakeList(uint32_t base) {
  const ListId list =
      ast_.AddList(absl::MakeConstSpan(scratch_.data() + base, scratch_.size() - base));
  scratch_.Truncate(base);
  return Raw(list);
}

}  // namespace parse

std::optional<Ast> Parse(const TokenBuffer& tokens, const ParseLimits& limits,
                         DiagnosticList* diagnostics) {
  return parse::Parser(tokens, limits, diagnostics).Run();
}

}  // namespace ruff
