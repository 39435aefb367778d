#include "ruff/tooling/format/spacing.h"

#include <array>

namespace ruff {
namespace {

// Whether the operators, written without a space, would be read as others: `?` and `.`.
constexpr bool WouldJoin(std::string_view left, std::string_view right) {
  std::array<char, 8> joined{};
  size_t size = 0;
  for (char c : left) joined[size++] = c;
  for (char c : right) joined[size++] = c;
  const std::string_view both(joined.data(), size);
#define RUFF_SPELLED(Name, spelling) \
  if (std::string_view(spelling).size() > left.size() && both.starts_with(spelling)) return true;
#include "ruff/lang/lex/token_kind.def"
  return false;
}
static_assert(WouldJoin("?", ".") && WouldJoin("?", "?.") && !WouldJoin("-", "-"));

}  // namespace

bool NeedsSpace(std::string_view text, const Element& left, const Element& right, bool ends_line) {
  if (right.role == ElementRole::kComment && ends_line) return true;
  const bool is_empty_block =
      left.role == ElementRole::kOpenBlock && right.role == ElementRole::kCloseBlock;
  if (!is_empty_block && !IsTightAfter(left.role) && !IsTightBefore(right.role)) return true;
  if (RoleOf(left.kind) != TokenRole::kOperator) return false;
  const auto spelling = [&](const Element& e) { return text.substr(e.begin, e.end - e.begin); };
  return right.kind != TokenKind::kEof && !SpellingOf(right.kind).empty() &&
         WouldJoin(spelling(left), spelling(right));
}

}  // namespace ruff
