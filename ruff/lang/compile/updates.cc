// Assignments that replace a value by a changed version of itself: x := push(x, v), p.f = g(p.f), s
// += t.
//
// Such a value must not be copied only because the variable still holds it while the new version is
// made. For a local that nobody can see in between, its last use moves it. For every other place,
// TakePath empties the place just before the call or addition, if that is about to consume the very
// object, and the error path puts it back.

#include "ruff/lang/compile/function_compiler.h"

namespace ruff {

// Where in `value` its old self is consumed, when it is assigned to the place `target`.
std::optional<FunctionCompiler::UpdateSite> FunctionCompiler::FindUpdate(const Place& place,
                                                                         NodeId target,
                                                                         NodeId value) const {
  if (!context_.options.optimize || !CanUpdate(place) || !HasSteadyIndices(place))
    return std::nullopt;
  const Node& n = node(value);
  if (n.kind == NodeKind::kBinary && OpOf(n) == BinaryOp::kAdd) {
    const bool is_own_register =
        place.steps.empty() && place.variable.home == Variable::Home::kRegister;
    if (is_own_register || IsNumeric(NodeId{n.b}) || !IsSamePlace(target, NodeId{n.a})) {
      return std::nullopt;
    }
    return UpdateSite{value, 0};
  }
  NodeId call = value;
  uint32_t shift = 0;
  if (n.kind == NodeKind::kBinary && OpOf(n) == BinaryOp::kPipe) {
    call = NodeId{n.b};
    if ((node(call).flags & kParenthesized) != 0) return std::nullopt;
    shift = 1;
  }
  if (node(call).kind != NodeKind::kCall) return std::nullopt;
  const NodeId callee{node(call).a};
  if (node(callee).kind == NodeKind::kIdentifier) {
    // A function of the program does not consume its arguments at once.
    const Reference reference = names_.reference(callee);
    if (reference.binding != kNoBinding && FixedFunction(reference).has_value()) {
      return std::nullopt;
    }
  }
  const auto may_update = [&](NodeId argument) {
    if (!IsSamePlace(target, argument)) return false;
    return !(place.steps.empty() && names_.is_last_use(argument));  // is moved anyway
  };
  if (shift == 1 && may_update(NodeId{n.a})) return UpdateSite{call, 0};
  const absl::Span<const uint32_t> arguments = ast_.list(node(call).b);
  for (uint32_t i = 0; i < arguments.size(); ++i) {
    if (may_update(NodeId{arguments[i]})) return UpdateSite{call, i + shift};
  }
  return std::nullopt;
}

bool FunctionCompiler::CanUpdate(const Place& place) const {
  return place.variable.home != Variable::Home::kFar &&
         place.variable.home != Variable::Home::kNowhere && !IsImmutable(place.variable) &&
         names_.reference(place.root).candidates.empty();
}

// The indices of the place must have been loaded.
void FunctionCompiler::StartUpdate(Place* place, const UpdateSite& site) {
  update_ = Update{site,          RootOf(place->variable), place->variable.number,
                   PathOf(place), place->first_index,      registers_.top()};
}

bool FunctionCompiler::IsSamePlace(NodeId a, NodeId b) const {
  while (true) {
    const Node& x = node(a);
    const Node& y = node(b);
    if (x.kind != y.kind) return false;
    switch (x.kind) {
      case NodeKind::kIdentifier:
      case NodeKind::kSelf: {
        const Reference r = names_.reference(a);
        const Reference s = names_.reference(b);
        return r.binding == s.binding && r.slot == s.slot && s.candidates.empty();
      }
      case NodeKind::kField:
        if (x.b != y.b) return false;
        break;
      case NodeKind::kIndex:
        if (!IsSameIndex(NodeId{x.b}, NodeId{y.b})) return false;
        break;
      default:
        return false;
    }
    a = NodeId{x.a};
    b = NodeId{y.a};
  }
}

bool FunctionCompiler::IsSameIndex(NodeId a, NodeId b) const {
  const Node& x = node(a);
  const Node& y = node(b);
  if (x.kind != y.kind) return false;
  switch (x.kind) {
    case NodeKind::kInt:
      return IntValue(x) == IntValue(y);
    case NodeKind::kString:
      return x.a == y.a;
    case NodeKind::kIdentifier:
      return IsSamePlace(a, b);
    default:
      return false;
  }
}

// True when evaluating the indices once more gives the same, whatever happens in between.
bool FunctionCompiler::HasSteadyIndices(const Place& place) const {
  for (const NodeId step : place.steps) {
    if (node(step).kind != NodeKind::kIndex) continue;
    const NodeId index{node(step).b};
    const NodeKind kind = node(index).kind;
    if (kind != NodeKind::kInt && kind != NodeKind::kString && !LocalRegister(index).has_value()) {
      return false;
    }
  }
  return true;
}

// Surely not a string: adding it needs no room in place.
bool FunctionCompiler::IsNumeric(NodeId id) const {
  const Node& n = node(id);
  if (context_.folding.NumberOf(id).has_value()) return true;
  return n.kind == NodeKind::kNegate ||
         (n.kind == NodeKind::kBinary && OpOf(n) != BinaryOp::kAdd && OpOf(n) <= BinaryOp::kMod);
}

// Register `object` holds what was read from the place; `callee` is about to get it.
void FunctionCompiler::EmitTakePath(uint32_t object, uint32_t callee) {
  out_.EmitWord(Opcode::kTakePath, update_->path | uint64_t{update_->root_number} << 32,
                update_->first_index, object, callee, static_cast<int64_t>(update_->root));
}

}  // namespace ruff
