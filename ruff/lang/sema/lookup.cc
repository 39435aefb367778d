#include <algorithm>

#include "ruff/lang/sema/resolver.h"

namespace ruff {

BindingId Resolver::FindIn(ScopeId scope, NameId name) const {
  const auto it = names_.find(uint64_t{Raw(scope)} << 32 | Raw(name));
  return it == names_.end() ? kNoBinding : it->second;
}

// The binding that `name` means here. Fills candidates_ with the hidden bindings that may have a
// field of the name and lie further in; a unit's own variables come before those of its own
// namespaces and fields.
BindingId Resolver::Lookup(NameId name) {
  candidates_.clear();
  const bool is_declared = is_declared_[Raw(name)];
  for (ScopeId id = scope_; id != kNoScope;) {
    const Scope& scope = out_.scopes_[Raw(id)];
    if (is_declared && scope.first != kNoBinding) {
      const BindingId found = FindIn(id, name);
      if (found != kNoBinding) {
        while (!candidates_.empty() && binding(candidates_.back()).owner == scope.unit) {
          candidates_.pop_back();
        }
        return found;
      }
    }
    for (BindingId space = scope.newest_namespace; space != kNoBinding;
         space = binding(space).previous_namespace) {
      candidates_.push_back(space);
    }
    id = scope.parent;
  }
  if (test_kind_ == NodeKind::kTestTeardown) {
    const auto it = test_names_.find(name);
    if (it != test_names_.end()) return it->second;
  }
  return kNoBinding;
}

void Resolver::Use(NodeId id, NameId name) {
  if (name == kNoName) {  // self, where no parameter of the program is called so
    if (self_slot_ == kNoSlot) self_slot_ = AddSlot("self", kNoBinding);
    out_.marks_[Raw(id)] = Resolution::kSlotTag << Resolution::kTagShift | self_slot_;
    return;
  }
  const BindingId found = Lookup(name);
  if (found != kNoBinding) Touch(found, id);
  if (candidates_.empty() || name == self_name_) {
    if (found != kNoBinding) {
      Refer(id, found);
    } else {
      out_.marks_[Raw(id)] = Resolution::kSlotTag << Resolution::kTagShift | SlotOf(name);
    }
    return;
  }
  for (const BindingId candidate : candidates_) Touch(candidate, kNoNode);
  const uint32_t number = static_cast<uint32_t>(out_.with_candidates_.size());
  out_.with_candidates_.push_back(
      {found, found == kNoBinding ? SlotOf(name) : kNoSlot, candidates_});
  out_.marks_[Raw(id)] = Resolution::kCandidatesTag << Resolution::kTagShift | number;
}

// Records a use of `id` by the unit being walked.
void Resolver::Touch(BindingId id, NodeId node) {
  Binding& b = binding(id);
  if (b.owner == unit_) {
    b.last_use = node;
    b.last_use_loop = loop_;
    b.last_use_time = ++time_;
    b.weight += 1u << std::min(4 * loop_depth_, 16u);
    return;
  }
  b.is_used_elsewhere = true;
  if (!b.is_global) {
    Capture(id, b.owner);
    return;
  }
  // A spawn block works on copies of the variables around it, also of global ones. Functions and
  // structs are references.
  const UnitId spawn = unit().outermost_spawn;
  if (spawn == kNoUnit || b.kind == Binding::Kind::kFunction || b.kind == Binding::Kind::kStruct) {
    return;
  }
  Capture(id, out_.units_[Raw(spawn)].parent);
}

// Hands `id` on from unit `stop`, in which it is at hand, to the unit being walked.
void Resolver::Capture(BindingId id, UnitId stop) {
  for (UnitId at = unit_; at != stop;) {
    Unit& capturing = out_.units_[Raw(at)];
    const uint32_t index = static_cast<uint32_t>(capturing.captures.size());
    const uint64_t key = uint64_t{Raw(at)} << 32 | Raw(id);
    if (!out_.capture_indices_.emplace(key, index).second) return;
    capturing.captures.push_back(id);
    if (capturing.parent == stop) {
      Binding& b = binding(id);
      (capturing.kind == Unit::Kind::kSpawn ? b.is_copied : b.is_shared) = true;
      if (capturing.created_at < b.declared_at) b.is_captured_early = true;
    }
    at = capturing.parent;
  }
}

void Resolver::Change(NodeId root) {
  const BindingId id = out_.reference(root).binding;
  if (id != kNoBinding) ChangeBinding(id);
}

void Resolver::ChangeBinding(BindingId id) {
  Binding& b = binding(id);
  b.is_changed = true;
  if (b.name != self_name_) return;
  Unit& owner = out_.units_[Raw(b.owner)];
  if (!owner.has_self || owner.parameters[0] != id) return;
  owner.changes_self = true;
  if (b.owner != unit_) owner.marks_self_at_entry = true;
}

uint32_t Resolver::SlotOf(NameId name) {
  uint32_t& slot = slot_of_name_[Raw(name)];
  if (slot == kNoSlot) slot = AddSlot(ast_.name(name), kNoBinding);
  return slot;
}

uint32_t Resolver::AddSlot(std::string_view name, BindingId binding) {
  out_.globals_.emplace_back(name);
  out_.global_bindings_.push_back(binding);
  return static_cast<uint32_t>(out_.globals_.size() - 1);
}

}  // namespace ruff
