#include <charconv>

#include "absl/strings/str_cat.h"
#include "ruff/lang/ast/printer_machine.h"

namespace ruff::print {
namespace {

constexpr int kPrefixPrecedence = 9;
constexpr int kPostfixPrecedence = 10;

std::string FloatText(double value) {
  char buffer[32];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
  std::string text(buffer, result.ptr);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

int PrecedenceOf(const Node& n) {
  switch (n.kind) {
    case NodeKind::kBinary:
      return Precedence(static_cast<BinaryOp>(n.op));
    case NodeKind::kNegate:
    case NodeKind::kNot:
    case NodeKind::kAwait:
      return kPrefixPrecedence;
    default:
      return kPostfixPrecedence;
  }
}

bool IsBareYield(const Node& n) { return n.kind == NodeKind::kYield && n.a == Raw(kNoNode); }

}  // namespace

bool Printer::NeedsParentheses(const Node& n, const Item& item) const {
  if (item.in_parentheses) return false;
  if ((n.flags & kParenthesized) != 0) return true;
  const Context& around = item.context;
  switch (n.kind) {
    case NodeKind::kYield:
      return !around.last || (around.header && IsBareYield(n));
    case NodeKind::kStructLiteral:
      return around.header && ast_.list(n.b).empty();
    case NodeKind::kBinary:
    case NodeKind::kNegate:
    case NodeKind::kNot:
    case NodeKind::kAwait:
      return PrecedenceOf(n) < around.precedence ||
             (options_.group_everything && around.precedence > 0);
    default:
      return false;
  }
}

void Printer::Expression(const Item& item) {
  const Node& n = ast_.node(NodeId{item.node});
  if (NeedsParentheses(n, item)) {
    Put("(");
    batch_.push_back({.kind = Item::kNode, .in_parentheses = true, .node = item.node});
    Put(")");
    return;
  }
  const Context around = item.context;
  const Context object = {.precedence = kPostfixPrecedence, .last = false, .header = around.header};
  const Context operand = {
      .precedence = kPrefixPrecedence, .last = around.last, .header = around.header};
  switch (n.kind) {
    case NodeKind::kInt:
      return Write(absl::StrCat(IntValue(n)));
    case NodeKind::kFloat:
      return Write(FloatText(FloatValue(n)));
    case NodeKind::kString:
      return WriteQuoted(ast_.string(n.a));
    case NodeKind::kBool:
      return Put(n.a != 0 ? "true" : "false");
    case NodeKind::kNull:
      return Put("null");
    case NodeKind::kIdentifier:
      return Put(NameId{n.a});
    case NodeKind::kSelf:
      return Put("self");
    case NodeKind::kInterpolated:
      return Interpolated(n);
    case NodeKind::kArray:
      Put("[");
      PutList(n.a);
      return Put("]");
    case NodeKind::kDict:
      Put("{");
      PutList(n.a);
      return Put("}");
    case NodeKind::kPair:
      PutNode(n.a, {.last = !IsBareYield(ast_.node(NodeId{n.a}))});
      Put(": ");
      return PutNode(n.b);
    case NodeKind::kSpread:
      Put("...");
      return PutNode(n.a);
    case NodeKind::kStructLiteral:
      Put(NameId{n.a});
      Put(" {");
      PutList(n.b);
      return Put("}");
    case NodeKind::kFieldInit:
      Put(NameId{n.a});
      Put(": ");
      return PutNode(n.b);
    case NodeKind::kLambda:
      return Function(ast_.function(n.a));
    case NodeKind::kNegate:
      Put("-");
      return PutNode(n.a, operand);
    case NodeKind::kNot:
      Put("!");
      return PutNode(n.a, operand);
    case NodeKind::kAwait:
      Put("await ");
      return PutNode(n.a, operand);
    case NodeKind::kBinary: {
      const uint8_t precedence = static_cast<uint8_t>(PrecedenceOf(n));
      PutNode(n.a, {.precedence = precedence, .last = false, .header = around.header});
      Put(" ");
      Put(Spelling(static_cast<BinaryOp>(n.op)));
      Put(" ");
      return PutNode(n.b, {.precedence = static_cast<uint8_t>(precedence + 1),
                           .last = around.last,
                           .header = around.header});
    }
    case NodeKind::kField:
    case NodeKind::kOptionalField:
      PutNode(n.a, object);
      Put(n.kind == NodeKind::kField ? "." : "?.");
      return Put(NameId{n.b});
    case NodeKind::kCall:
      PutNode(n.a, object);
      return PutCall(n.b);
    case NodeKind::kMethodCall:
    case NodeKind::kOptionalMethodCall:
      PutNode(n.a, object);
      Put(n.kind == NodeKind::kMethodCall ? "." : "?.");
      Put(NameId{ast_.extra(n.b, 0)});
      return PutCall(ast_.extra(n.b, 1));
    case NodeKind::kIndex:
      PutNode(n.a, object);
      Put("[");
      PutNode(n.b);
      return Put("]");
    case NodeKind::kTry:
      PutNode(n.a, object);
      return Put("?");
    case NodeKind::kTag:
      Put(NameId{ast_.extra(n.a, 0)});
      Put("::");
      Put(NameId{ast_.extra(n.a, 1)});
      if ((n.flags & kHasParens) != 0) PutCall(n.b);
      return;
    case NodeKind::kThrow:
      Put("throw");
      return PutCall(n.a);
    case NodeKind::kOk:
    case NodeKind::kErr:
    case NodeKind::kSome:
      Put(Name(n.kind));
      Put("(");
      PutNode(n.a);
      return Put(")");
    case NodeKind::kNone:
      return Put("None");
    case NodeKind::kYield:
      Put("yield");
      if (IsBareYield(n)) return Put(Item::kOpenEnd);
      Put(" ");
      return PutNode(n.a, {.header = around.header});
    default:
      return;
  }
}

void Printer::Interpolated(const Node& n) {
  Put("\"");
  for (uint32_t part : ast_.list(n.a)) {
    if ((ast_.node(NodeId{part}).flags & kTextPart) != 0) {
      batch_.push_back({.kind = Item::kEscaped, .node = part});
    } else {
      Put("${");
      PutNode(part);
      Put("}");
    }
  }
  Put("\"");
}

}  // namespace ruff::print
