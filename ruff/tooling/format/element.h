// What a formatter moves: the tokens of a source and its comments, in order, each with the part it
// plays in the layout.

#ifndef RUFF_TOOLING_FORMAT_ELEMENT_H_
#define RUFF_TOOLING_FORMAT_ELEMENT_H_

#include <cstdint>
#include <vector>

#include "ruff/lang/ast/ast.h"
#include "ruff/lang/lex/token.h"
#include "ruff/lang/lex/token_buffer.h"

namespace ruff {

// RUFF_ELEMENT_ROLE(Name, tight_before, tight_after): whether no space stands on that side.
#define RUFF_ELEMENT_ROLES(RUFF_ELEMENT_ROLE)                                                \
  RUFF_ELEMENT_ROLE(Word, false, false)      /* name, literal, keyword */                    \
  RUFF_ELEMENT_ROLE(Binary, false, false)    /* operator between operands, assignment, -> */ \
  RUFF_ELEMENT_ROLE(Prefix, false, true)     /* - ! ... */                                   \
  RUFF_ELEMENT_ROLE(Postfix, true, false)    /* ?, and what ends a type or a `func*` */      \
  RUFF_ELEMENT_ROLE(Joint, true, true)       /* . ?. ::, and `<` of a type */                \
  RUFF_ELEMENT_ROLE(Separator, true, false)  /* , ; : */                                     \
  RUFF_ELEMENT_ROLE(Open, false, true)       /* ( [ that begins an operand */                \
  RUFF_ELEMENT_ROLE(OpenSuffix, true, true)  /* ( [ that continues one: call, index */       \
  RUFF_ELEMENT_ROLE(Close, true, false)      /* ) ] */                                       \
  RUFF_ELEMENT_ROLE(OpenBlock, false, false) /* { of a block, declaration, struct literal */ \
  RUFF_ELEMENT_ROLE(CloseBlock, false, false)                                                \
  RUFF_ELEMENT_ROLE(OpenDict, false, true) /* { of a dict literal or pattern */              \
  RUFF_ELEMENT_ROLE(CloseDict, true, false)                                                  \
  RUFF_ELEMENT_ROLE(Comment, false, false)

enum class ElementRole : uint8_t {
#define RUFF_ELEMENT_ROLE(Name, tight_before, tight_after) k##Name,
  RUFF_ELEMENT_ROLES(RUFF_ELEMENT_ROLE)
#undef RUFF_ELEMENT_ROLE
};

bool IsTightBefore(ElementRole role);
bool IsTightAfter(ElementRole role);

inline bool IsOpener(ElementRole role) {
  return role == ElementRole::kOpen || role == ElementRole::kOpenSuffix ||
         role == ElementRole::kOpenBlock || role == ElementRole::kOpenDict;
}
inline bool IsCloser(ElementRole role) {
  return role == ElementRole::kClose || role == ElementRole::kCloseBlock ||
         role == ElementRole::kCloseDict;
}

// A token or a comment. A string with interpolations is one element, for nothing in it moves.
struct Element {
  uint32_t begin, end;   // bytes of the source; a line comment without the blanks at its end
  uint32_t line_breaks;  // line ends between the previous element and this one
  TokenKind kind;        // of its first token; kEof for a comment
  ElementRole role;
};

// All elements of a source. `ast` is the tree of `tokens`: what a bracket, a `-` or a `<` means is
// known to the parser alone. Takes time linear in the source.
std::vector<Element> SplitIntoElements(const TokenBuffer& tokens, const Ast& ast);

}  // namespace ruff

#endif  // RUFF_TOOLING_FORMAT_ELEMENT_H_
