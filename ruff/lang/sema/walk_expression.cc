#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/lang/sema/resolver.h"

namespace ruff {

void Resolver::VisitExpression(NodeId id, const Node& n) {
  switch (n.kind) {
    case NodeKind::kInt:
    case NodeKind::kFloat:
    case NodeKind::kString:
    case NodeKind::kBool:
    case NodeKind::kNull:
    case NodeKind::kNone:
      return;
    case NodeKind::kIdentifier:
      Use(id, NameId{n.a});
      return;
    case NodeKind::kSelf:
      Use(id, self_name_);
      return;
    case NodeKind::kInterpolated:
    case NodeKind::kArray:
    case NodeKind::kDict:
      VisitList(n.a);
      return;
    case NodeKind::kThrow:
      if (ast_.list(n.a).size() != 1) Fail(n.begin, "throw() requires exactly one argument");
      VisitList(n.a);
      return;
    case NodeKind::kBinary:
      if (static_cast<BinaryOp>(n.op) == BinaryOp::kPipe) {
        VisitPipe(n);
        return;
      }
      [[fallthrough]];
    case NodeKind::kPair:
    case NodeKind::kIndex:
      VisitNext(n.a, n.b);
      return;
    case NodeKind::kSpread:
    case NodeKind::kNegate:
    case NodeKind::kNot:
    case NodeKind::kAwait:
    case NodeKind::kField:
    case NodeKind::kOptionalField:
    case NodeKind::kTry:
    case NodeKind::kOk:
    case NodeKind::kErr:
    case NodeKind::kSome:
      VisitNext(n.a);
      return;
    case NodeKind::kFieldInit:
      VisitNext(n.b);
      return;
    case NodeKind::kStructLiteral:
      Use(id, NameId{n.a});
      VisitList(n.b);
      return;
    case NodeKind::kLambda:
      AddFunctionUnit(n.a, Unit{}.structure);
      return;
    case NodeKind::kCall:
      VisitThenList(n.a, n.b);
      return;
    case NodeKind::kMethodCall:
    case NodeKind::kOptionalMethodCall:
      VisitMethodCall(n);
      return;
    case NodeKind::kTag:
      CheckTag(n);
      VisitList(n.b);
      return;
    case NodeKind::kYield: {
      const uint32_t function = unit().function;
      if (function == Unit{}.function || !ast_.function(function).is_generator) {
        Fail(n.begin, "Yield can only be used inside generator functions");
      }
      if (NodeId{n.a} != kNoNode) VisitNext(n.a);
      return;
    }
    default:
      RUFF_UNREACHABLE();
  }
}

// `a |> r.m` calls the method m of r, like `r.m(a)`.
void Resolver::VisitPipe(const Node& n) {
  const Node& right = node(NodeId{n.b});
  if (right.kind == NodeKind::kField && (right.flags & kParenthesized) == 0) {
    const NodeId root = PlaceRoot(right.a);
    if (root != kNoNode) Push(Task::Kind::kReceiver, Raw(root), time_);
  }
  VisitNext(n.a, n.b);
}

void Resolver::VisitMethodCall(const Node& n) {
  const NodeId root = PlaceRoot(n.a);
  if (root != kNoNode) Push(Task::Kind::kReceiver, Raw(root), time_);
  VisitThenList(n.a, ast_.extra(n.b, 1));
}

// The name at the left end of a chain of fields and indices, kNoNode when something else stands
// there.
NodeId Resolver::PlaceRoot(uint32_t place) const {
  while (true) {
    const Node& n = node(NodeId{place});
    if (n.kind == NodeKind::kIdentifier || n.kind == NodeKind::kSelf) return NodeId{place};
    if (n.kind != NodeKind::kField && n.kind != NodeKind::kIndex) return kNoNode;
    place = n.a;
  }
}

// The method may have changed its receiver. The receiver may be moved into the call only if no
// argument read it afterwards.
void Resolver::AfterReceiver(NodeId root, uint32_t time) {
  Change(root);
  const BindingId id = out_.reference(root).binding;
  if (id == kNoBinding) return;
  Binding& b = binding(id);
  b.is_receiver = true;
  if (b.owner == unit_ && b.last_use != root && b.last_use_time > time) b.last_use = kNoNode;
}

void Resolver::CheckTag(const Node& n) {
  const std::string_view type = ast_.name(NameId{ast_.extra(n.a, 0)});
  const std::string_view variant = ast_.name(NameId{ast_.extra(n.a, 1)});
  const size_t count = ast_.list(n.b).size();
  const bool is_box = (type == "Result" && (variant == "Ok" || variant == "Err")) ||
                      (type == "Option" && variant == "Some");
  if (is_box && count != 1) {
    Fail(n.begin, absl::StrCat(type, "::", variant, "(...) requires exactly one argument"));
  } else if (type == "Option" && variant == "None" && count != 0) {
    Fail(n.begin, "Option::None takes no arguments");
  }
}

}  // namespace ruff
