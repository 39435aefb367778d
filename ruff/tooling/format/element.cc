#include "ruff/tooling/format/element.h"

#include <string_view>
#include <utility>

namespace ruff {
namespace {

struct Tightness {
  bool before, after;
};
constexpr Tightness kTightness[] = {
#define RUFF_ELEMENT_ROLE(Name, tight_before, tight_after) {tight_before, tight_after},
    RUFF_ELEMENT_ROLES(RUFF_ELEMENT_ROLE)
#undef RUFF_ELEMENT_ROLE
};

bool IsLineEnd(char c) { return c == '\n' || c == '\r'; }

// What the tree knows of each byte of the source.
class Marks {
 public:
  Marks(const Ast& ast, uint32_t size) : marks_(size + 1) {
    std::vector<int32_t> type_edges(size + 1);
    for (uint32_t id = 0; id < ast.node_count(); ++id) {
      const Node& node = ast.node(NodeId{id});
      switch (node.kind) {
        case NodeKind::kDict:
          marks_[node.begin] |= kDictOpener;
          marks_[node.end - 1] |= kOperandEnd;
          break;
        case NodeKind::kPatternDict:
          marks_[node.begin] |= kDictOpener;
          break;
        case NodeKind::kLambda:
        case NodeKind::kStructLiteral:
          marks_[node.end - 1] |= kOperandEnd;
          break;
        case NodeKind::kTypeName:
        case NodeKind::kTypeNullable:
        case NodeKind::kTypeList:
          ++type_edges[node.begin];
          --type_edges[node.end];
          break;
        default:
          break;
      }
    }
    int32_t depth = 0;
    for (uint32_t i = 0; i <= size; ++i) {
      depth += type_edges[i];
      if (depth > 0) marks_[i] |= kInType;
    }
  }

  bool IsDictOpener(uint32_t offset) const { return (marks_[offset] & kDictOpener) != 0; }
  // Whether the `}` at `offset` ends an expression rather than a block.
  bool EndsOperand(uint32_t offset) const { return (marks_[offset] & kOperandEnd) != 0; }
  bool IsInType(uint32_t offset) const { return (marks_[offset] & kInType) != 0; }

 private:
  enum : uint8_t { kDictOpener = 1, kOperandEnd = 2, kInType = 4 };
  std::vector<uint8_t> marks_;
};

class Splitter {
 public:
  Splitter(const TokenBuffer& tokens, const Ast& ast)
      : tokens_(tokens), text_(tokens.source().text()), marks_(ast, tokens.source().size()) {}

  std::vector<Element> Run() && {
    for (uint32_t i = 0; i < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      Comments(token.offset);
      if (token.kind == TokenKind::kEof) break;
      const ElementRole role = RoleOfToken(i);
      const uint32_t last =
          token.kind == TokenKind::kInterpolationStart ? tokens_.InterpolationEnd(i) : i;
      Add(token.offset, tokens_.EndOf(last), token.kind, role);
      ends_operand_ = EndsOperand(i, role);
      is_generator_star_ = token.kind == TokenKind::kStar && role == ElementRole::kPostfix;
      previous_ = token.kind;
      i = last;
    }
    return std::move(elements_);
  }

 private:
  void Add(uint32_t begin, uint32_t end, TokenKind kind, ElementRole role) {
    elements_.push_back({begin, end, line_breaks_, kind, role});
    line_breaks_ = 0;
    at_ = end;
  }

  // Adds the comments from the end of the last element to `until`; the rest there is white space.
  void Comments(uint32_t until) {
    while (at_ < until) {
      const char c = text_[at_];
      if (c == '#' || text_.substr(at_, 2) == "//") {
        uint32_t end = at_;
        while (end < until && !IsLineEnd(text_[end])) ++end;
        while (text_[end - 1] == ' ' || text_[end - 1] == '\t') --end;
        Add(at_, end, TokenKind::kEof, ElementRole::kComment);
      } else if (c == '/') {
        const auto end = static_cast<uint32_t>(text_.find("*/", at_ + 2)) + 2;
        Add(at_, end, TokenKind::kEof, ElementRole::kComment);
      } else {
        const bool is_pair = c == '\r' && at_ + 1 < until && text_[at_ + 1] == '\n';
        if (IsLineEnd(c) && !is_pair) ++line_breaks_;
        ++at_;
      }
    }
  }

  // Whether the token before could be followed by an operator.
  bool EndsOperand(uint32_t index, ElementRole role) const {
    switch (role) {
      case ElementRole::kWord: {
        const TokenKind kind = tokens_[index].kind;
        if (previous_ == TokenKind::kDot || previous_ == TokenKind::kQuestionDot) return true;
        return !IsReservedWord(kind) || kind == TokenKind::kSelf || kind == TokenKind::kNull ||
               kind == TokenKind::kTrue || kind == TokenKind::kFalse;
      }
      case ElementRole::kPostfix:
        return tokens_[index].kind == TokenKind::kQuestion;
      case ElementRole::kClose:
      case ElementRole::kCloseDict:
        return true;
      case ElementRole::kCloseBlock:
        return marks_.EndsOperand(tokens_[index].offset);
      default:
        return false;
    }
  }

  // A `(` or `[` on a new line never continues what stands before it.
  ElementRole OpenerRole(const Token& token) const {
    const bool continues = previous_ == TokenKind::kFunc || is_generator_star_ ||
                           (ends_operand_ && !token.on_new_line);
    return continues ? ElementRole::kOpenSuffix : ElementRole::kOpen;
  }

  ElementRole RoleOfToken(uint32_t index) {
    const Token& token = tokens_[index];
    const bool in_type = marks_.IsInType(token.offset);
    switch (token.kind) {
      case TokenKind::kDot:
      case TokenKind::kQuestionDot:
      case TokenKind::kColonColon:
        return ElementRole::kJoint;
      case TokenKind::kComma:
      case TokenKind::kSemicolon:
      case TokenKind::kColon:
        return ElementRole::kSeparator;
      case TokenKind::kBang:
      case TokenKind::kEllipsis:
        return ElementRole::kPrefix;
      case TokenKind::kMinus:
        return ends_operand_ ? ElementRole::kBinary : ElementRole::kPrefix;
      case TokenKind::kQuestion:
        return ElementRole::kPostfix;
      case TokenKind::kLess:
        return in_type ? ElementRole::kJoint : ElementRole::kBinary;
      case TokenKind::kGreater:
        return in_type ? ElementRole::kPostfix : ElementRole::kBinary;
      case TokenKind::kStar:
        return previous_ == TokenKind::kFunc ? ElementRole::kPostfix : ElementRole::kBinary;
      case TokenKind::kLeftBracket:
        if (in_type) return Opened(ElementRole::kOpenSuffix);
        [[fallthrough]];
      case TokenKind::kLeftParen:
        return Opened(OpenerRole(token));
      case TokenKind::kLeftBrace:
        return Opened(marks_.IsDictOpener(token.offset) ? ElementRole::kOpenDict
                                                        : ElementRole::kOpenBlock);
      case TokenKind::kRightParen:
      case TokenKind::kRightBracket:
        open_.pop_back();
        return ElementRole::kClose;
      case TokenKind::kRightBrace: {
        const bool is_dict = open_.back() == ElementRole::kOpenDict;
        open_.pop_back();
        return is_dict ? ElementRole::kCloseDict : ElementRole::kCloseBlock;
      }
      default:
        return RoleOf(token.kind) == TokenRole::kOperator ? ElementRole::kBinary
                                                          : ElementRole::kWord;
    }
  }

  ElementRole Opened(ElementRole role) {
    open_.push_back(role);
    return role;
  }

  const TokenBuffer& tokens_;
  const std::string_view text_;
  const Marks marks_;

  std::vector<Element> elements_;
  std::vector<ElementRole> open_;  // brackets
  uint32_t at_ = 0;                // what stands before is in elements_
  uint32_t line_breaks_ = 0;       // between the last element and at_
  // Of the last token:
  TokenKind previous_ = TokenKind::kEof;
  bool ends_operand_ = false;
  bool is_generator_star_ = false;
};

}  // namespace

bool IsTightBefore(ElementRole role) { return kTightness[static_cast<size_t>(role)].before; }
bool IsTightAfter(ElementRole role) { return kTightness[static_cast<size_t>(role)].after; }

std::vector<Element> SplitIntoElements(const TokenBuffer& tokens, const Ast& ast) {
  return Splitter(tokens, ast).Run();
}

}  // namespace ruff
