// Type annotations: int, Result<T, E>, Name<T, …>, T?, T[].

#include <optional>

#include "absl/strings/str_cat.h"
#include "ruff/lang/parse/machine.h"
#include "ruff/lang/parse/token_role.h"

namespace ruff::parse {
namespace {

// How messages name a generic type, and how many arguments it takes; 0 for any number.
struct Shape {
  std::string_view text;
  size_t arguments;
};

Shape ShapeOf(NameId name) {
  if (Is(name, Word::kResult)) return {"Result<T, E>", 2};
  if (Is(name, Word::kOption)) return {"Option<T>", 1};
  return {"generic", 0};
}

}  // namespace

bool Parser::Annotation(NodeId* type) {
  *type = kNoNode;
  if (!At(TokenKind::kColon) || !CanBeginType(token_[1].kind)) return true;
  ++token_;
  return Type(type);
}

bool Parser::TypeError(char missing, NameId generic) {
  return Error(absl::StrCat("Expected '", std::string_view(&missing, 1), "' in ",
                            ShapeOf(generic).text, " type annotation"));
}

bool Parser::Type(NodeId* type) {
  for (;;) {
    const uint32_t begin = offset();
    if (!CanBeginType(kind())) return Error("Expected type name in type annotation");
    const NameId name = Name(*token_++);
    if (At(TokenKind::kLess)) {
      if (!CheckExpressionDepth(expression_depth_ + nested_.size() + 1, "expression")) return false;
      nested_.push_back({name, begin, static_cast<uint32_t>(scratch_.size())});
      ++token_;
      continue;
    }
    if (ShapeOf(name).arguments > 0) return TypeError('<', name);
    NodeId done = TypeSuffixes(
        ast_.Add(NodeKind::kTypeName, begin, end(), Raw(name), Raw(kEmptyList)), begin);
    // Close the argument lists that end here.
    for (;;) {
      if (nested_.empty()) {
        *type = done;
        return true;
      }
      scratch_.push_back(Raw(done));
      const Nested generic = nested_.back();
      const size_t given = scratch_.size() - generic.base;
      const size_t wanted = ShapeOf(generic.name).arguments;
      if (given < wanted) {
        if (!Take(TokenKind::kComma)) return TypeError(',', generic.name);
        break;
      }
      if (wanted == 0 && Take(TokenKind::kComma)) break;
      if (!Take(TokenKind::kGreater)) return TypeError('>', generic.name);
      nested_.pop_back();
      done = TypeSuffixes(ast_.Add(NodeKind::kTypeName, generic.begin, end(), Raw(generic.name),
                                   TakeList(generic.base)),
                          generic.begin);
    }
  }
}

NodeId Parser::TypeSuffixes(NodeId type, uint32_t begin) {
  for (;;) {
    if (Take(TokenKind::kQuestion)) {
      type = ast_.Add(NodeKind::kTypeNullable, begin, end(), Raw(type));
    } else if (At(TokenKind::kLeftBracket) && !token_->on_new_line &&
               NextIs(TokenKind::kRightBracket)) {
      token_ += 2;
      type = ast_.Add(NodeKind::kTypeList, begin, end(), Raw(type));
    } else {
      return type;
    }
  }
}

}  // namespace ruff::parse
