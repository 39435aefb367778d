// Decides where every binding lives, once all uses are known.

#include <algorithm>

#include "ruff/lang/sema/resolver.h"

namespace ruff {

void Resolver::Finish() {
  for (ExportedName& exported : out_.exports_) {
    if (exported.is_enum) continue;
    exported.binding = FindIn(kFileScope, exported.name);
    binding(exported.binding).is_exported = true;
  }
  PromoteGlobals();
  for (uint32_t i = 0; i < out_.bindings_.size(); ++i) PlaceBinding(BindingId{i});
  MarkLastUses();
}

// A file-level variable that only the file's own statements use can live in a register. Those used
// most, by depth of loops, are taken.
void Resolver::PromoteGlobals() {
  if (out_.has_open_import_ || options_.tests || options_.session) return;
  std::vector<BindingId> local;
  for (BindingId id = out_.scopes_[Raw(kFileScope)].first; id != kNoBinding;
       id = binding(id).next) {
    const Binding& b = binding(id);
    const bool is_variable = b.kind != Binding::Kind::kFunction && b.kind != Binding::Kind::kStruct;
    if (is_variable && !b.is_used_elsewhere && !b.is_exported && !b.is_imported) {
      local.push_back(id);
    }
  }
  if (local.size() > options_.max_promoted) {
    std::nth_element(local.begin(), local.begin() + options_.max_promoted, local.end(),
                     [&](BindingId a, BindingId b) {
                       const uint32_t x = binding(a).weight, y = binding(b).weight;
                       return x != y ? x > y : a < b;
                     });
    local.resize(options_.max_promoted);
  }
  for (const BindingId id : local) binding(id).is_global = false;
}

void Resolver::PlaceBinding(BindingId id) {
  Binding& b = binding(id);
  if (b.is_global) {
    if (b.slot == kNoSlot) b.slot = SlotOf(b.name);
    out_.global_bindings_[b.slot] = id;
    return;
  }
  const bool is_steady = !b.is_changed && !b.is_captured_early;
  b.is_cell = b.may_be_unset || (b.is_shared && !is_steady) || (b.is_copied && b.is_captured_early);
}

void Resolver::MarkLastUses() {
  const auto may_move = [&](const Binding& b) {
    if (b.is_global || b.is_cell || b.is_shared || b.is_copied) return false;
    const Unit& owner = out_.units_[Raw(b.owner)];
    return !(owner.changes_self && b.name == self_name_);
  };
  for (const Binding& b : out_.bindings_) {
    if (b.last_use != kNoNode && b.last_use_loop == b.loop && may_move(b)) {
      out_.last_uses_[Raw(b.last_use)] = true;
    }
  }
  for (const auto& [id, use] : overwritten_) {
    if (may_move(binding(id))) out_.last_uses_[Raw(use)] = true;
  }
}

}  // namespace ruff
