// Places: a[i].b, read, written, and changed in part.

#include <algorithm>

#include "ruff/base/check.h"
#include "ruff/lang/compile/function_compiler.h"

namespace ruff {

FunctionCompiler::Place FunctionCompiler::TakeApart(NodeId target) const {
  Place place;
  place.root = target;
  while (node(place.root).kind == NodeKind::kField || node(place.root).kind == NodeKind::kIndex) {
    place.steps.push_back(place.root);
    place.root = NodeId{node(place.root).a};
  }
  std::reverse(place.steps.begin(), place.steps.end());
  place.variable = VariableOf(names_.reference(place.root));
  return place;
}

// Evaluates the indices into neighbouring registers; a single local is used in place.
void FunctionCompiler::LoadIndices(Place* place) {
  NodeId only = kNoNode;
  uint32_t& count = place->index_count;
  for (const NodeId step : place->steps) {
    if (node(step).kind != NodeKind::kIndex) continue;
    only = NodeId{node(step).b};
    ++count;
  }
  if (count == 0) return;
  if (count == 1) {
    place->first_index = ToAny(only);
    return;
  }
  // They must all be near, beside what is needed to evaluate the last one.
  constexpr uint32_t kSpare = 64;
  if (registers_.top() + count + kSpare > kMaxNearOperand) {
    TooComplex("Place has too many indices", node(place->root).begin);
    return;
  }
  place->first_index = registers_.top();
  for (const NodeId step : place->steps) {
    if (node(step).kind == NodeKind::kIndex) ToNext(NodeId{node(step).b});
  }
}

bool FunctionCompiler::IsSingleStepLocal(const Place& place) const {
  return place.steps.size() == 1 && place.variable.home == Variable::Home::kRegister;
}

// Reads the place into `to`, a temporary.
void FunctionCompiler::LoadPlace(const Place& place, uint32_t to) {
  uint32_t from = to;
  if (place.variable.home == Variable::Home::kRegister && !place.steps.empty()) {
    from = place.variable.number;
  } else {
    LoadName(place.root, to);
  }
  uint32_t index = place.first_index;
  for (const NodeId step : place.steps) {
    const Node& n = node(step);
    out_.SetPosition(n.begin);
    if (n.kind == NodeKind::kField) {
      out_.EmitWord(Opcode::kGetField, 0, to, from, NameOperand(NameId{n.b}));
    } else {
      out_.Emit(Opcode::kGetIndex, to, from, index++);
    }
    from = to;
  }
}

// Stores `value`, a temporary, in a place with at least one step. Errors are those of the code at
// `offset`.
void FunctionCompiler::StorePlace(Place* place, uint32_t value, uint32_t offset) {
  out_.SetPosition(offset);
  if (IsImmutable(place->variable)) {
    RaiseImmutable(place->variable, "mutate");
    return;
  }
  if (!IsSingleStepLocal(*place)) {
    EmitSetPath(place, value);
  } else if (const Node& step = node(place->steps[0]); step.kind == NodeKind::kIndex) {
    out_.Emit(Opcode::kSetIndex, place->variable.number, place->first_index, value);
  } else {
    out_.EmitWord(Opcode::kSetField, 0, place->variable.number, NameOperand(NameId{step.b}), value);
  }
  if (IsOwnSelf(place->variable)) out_.Emit(Opcode::kMarkSelf);
}

void FunctionCompiler::EmitSetPath(Place* place, uint32_t value) {
  if (place->variable.home == Variable::Home::kFar) {
    const Temporaries temporaries(&registers_);
    const uint32_t root = Allocate();
    out_.Emit(Opcode::kGetFar, root, place->variable.number);
    out_.EmitWord(Opcode::kSetPath, PathOf(place) | uint64_t{root} << 32, place->first_index, value,
                  0, static_cast<int64_t>(PathRoot::kRegister));
    out_.Emit(Opcode::kSetFar, root, place->variable.number);
    return;
  }
  out_.EmitWord(Opcode::kSetPath, PathOf(place) | uint64_t{place->variable.number} << 32,
                place->first_index, value, 0, static_cast<int64_t>(RootOf(place->variable)));
}

uint32_t FunctionCompiler::PathOf(Place* place) {
  if (!place->path.has_value()) {
    Path path;
    for (const NodeId step : place->steps) {
      const Node& n = node(step);
      const bool is_field = n.kind == NodeKind::kField;
      path.steps.push_back({is_field, is_field ? constants_.Add(context_.Name(NameId{n.b})) : 0});
    }
    place->path = static_cast<uint32_t>(proto_.paths.size());
    proto_.paths.push_back(std::move(path));
  }
  return *place->path;
}

PathRoot FunctionCompiler::RootOf(const Variable& variable) const {
  switch (variable.home) {
    case Variable::Home::kRegister:
      return PathRoot::kRegister;
    case Variable::Home::kCell:
    case Variable::Home::kFarCell:
      return PathRoot::kCell;
    case Variable::Home::kCaptured:
      return PathRoot::kCaptured;
    case Variable::Home::kGlobal:
      return PathRoot::kGlobal;
    default:
      RUFF_DCHECK(!out_.is_reachable());
      return PathRoot::kRegister;
  }
}

}  // namespace ruff
