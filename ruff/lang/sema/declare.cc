#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/lang/sema/resolver.h"

namespace ruff {

BindingId Resolver::AddBinding(ScopeId scope_id, NameId name, Binding::Kind kind) {
  const BindingId id{static_cast<uint32_t>(out_.bindings_.size())};
  Scope& scope = out_.scopes_[Raw(scope_id)];
  const Unit& owner = out_.units_[Raw(scope.unit)];
  Binding b;
  b.name = name;
  b.owner = scope.unit;
  b.scope = scope_id;
  b.kind = kind;
  b.loop = scope.unit == unit_ ? loop_ : 0;
  b.declared_at = ++time_;
  const bool is_test =
      scope_id == setup_scope_ || (owner.kind == Unit::Kind::kTest && scope_id == owner.scope);
  b.is_global = scope_id == kFileScope || is_test;
  out_.bindings_.push_back(b);
  if (scope.last == kNoBinding) {
    scope.first = id;
  } else {
    binding(scope.last).next = id;
  }
  scope.last = id;
  if (name != kNoName) {
    names_.emplace(uint64_t{Raw(scope_id)} << 32 | Raw(name), id);
    is_declared_[Raw(name)] = true;
    if (is_test && scope_id != setup_scope_) test_names_.emplace(name, id);
  }
  if (is_test) binding(id).slot = AddSlot(name == kNoName ? "" : ast_.name(name), id);
  return id;
}

// Declares `name` in the innermost scope, or takes the binding over that the scope has.
BindingId Resolver::Declare(NameId name, Binding::Kind kind, Origin origin, uint32_t offset) {
  BindingId id = FindIn(scope_, name);
  if (id == kNoBinding) {
    id = AddBinding(scope_, name, kind);
  } else {
    Binding& old = binding(id);
    bool is_duplicate = false;
    if (origin == Origin::kExplicit) {
      is_duplicate = !old.is_known && old.kind != Binding::Kind::kStruct &&
                     (!old.is_imported || is_file_level());
      if (old.kind == Binding::Kind::kFunction) offset = std::max(offset, old.offset);
    }
    if (is_duplicate) {
      Fail(offset, absl::StrCat("Duplicate declaration in the same scope: ", ast_.name(name)));
    }
    old.is_changed = old.is_changed || !old.is_known;
    old.is_known = false;
    old.kind = kind;
  }
  Binding& b = binding(id);
  b.offset = offset;
  b.is_imported = origin == Origin::kImport;
  return id;
}

void Resolver::DeclarePattern(NodeId pattern, Binding::Kind kind) {
  const Node& n = node(pattern);
  switch (n.kind) {
    case NodeKind::kConst:
      Refer(pattern, Declare(NameId{n.a}, kind, Origin::kExplicit, ast_.extra(n.b, 2)));
      return;
    case NodeKind::kPatternName:
    case NodeKind::kPatternRest:
      Refer(pattern, Declare(NameId{n.a}, kind, Origin::kExplicit, n.begin));
      return;
    case NodeKind::kPatternIgnore:
      return;
    case NodeKind::kPatternArray:
    case NodeKind::kPatternDict: {
      const absl::Span<const uint32_t> items = ast_.list(n.a);
      for (size_t i = items.size(); i > 0; --i) {
        Push(Task::Kind::kDeclare, items[i - 1], static_cast<uint32_t>(kind));
      }
      return;
    }
    default:
      RUFF_UNREACHABLE();
  }
}

void Resolver::AssignPattern(NodeId pattern, uint32_t time) {
  const Node& n = node(pattern);
  switch (n.kind) {
    case NodeKind::kIdentifier:
    case NodeKind::kPatternName:
    case NodeKind::kPatternRest:
      AssignName(pattern, NameId{n.a}, time);
      return;
    case NodeKind::kSelf:
      AssignName(pattern, self_name_, time);
      return;
    case NodeKind::kPatternIgnore:
      return;
    case NodeKind::kPatternArray:
    case NodeKind::kPatternDict: {
      const absl::Span<const uint32_t> items = ast_.list(n.a);
      for (size_t i = items.size(); i > 0; --i) Push(Task::Kind::kAssign, items[i - 1], time);
      return;
    }
    default:
      RUFF_UNREACHABLE();
  }
}

// A bare assignment assigns the visible binding, or makes one in the innermost scope. What earlier
// inputs of a session have bound is visible at file level only.
void Resolver::AssignName(NodeId target, NameId name, uint32_t time) {
  if (name == kNoName) {
    Use(target, name);
    return;
  }
  const BindingId id = Lookup(name);
  if (id == kNoBinding || (binding(id).is_known && unit_ != kFileUnit)) {
    Refer(target, Declare(name, Binding::Kind::kVariable, Origin::kBare, node(target).begin));
    return;
  }
  Refer(target, id);
  ChangeBinding(id);
  Binding& b = binding(id);
  if (b.owner != unit_) {
    Touch(id, target);
  } else if (try_depth_ == 0 && b.last_use != kNoNode && b.last_use_time > time) {
    overwritten_.emplace_back(id, b.last_use);
  }
}

// Below file level, `import m` makes a hidden variable for the namespace, in which names are looked
// up, and the variable m. At file level it binds globals at run time.
void Resolver::VisitImport(NodeId id, const Node& n) {
  if ((n.flags & kHasSymbols) == 0 && is_file_level()) {
    out_.has_open_import_ = true;
    return;
  }
  std::vector<BindingId> bindings;
  const auto declare = [&](NameId name) {
    bindings.push_back(Declare(name, Binding::Kind::kVariable, Origin::kImport, n.begin));
  };
  if ((n.flags & kHasSymbols) != 0) {
    for (const uint32_t name : ast_.list(n.b)) {
      declare(NameId{name});
      binding(bindings.back()).may_be_unset = true;  // the name of an enum binds nothing
    }
  } else {
    const BindingId space = AddBinding(scope_, kNoName, Binding::Kind::kHidden);
    Scope& scope = out_.scopes_[Raw(scope_)];
    binding(space).previous_namespace = scope.newest_namespace;
    scope.newest_namespace = space;
    bindings = {space};
    const auto name = name_ids_.find(ast_.string(n.a));
    if (name != name_ids_.end()) declare(name->second);
  }
  out_.marks_[Raw(id)] = static_cast<uint32_t>(out_.import_bindings_.size());
  out_.import_bindings_.push_back(BindingId{static_cast<uint32_t>(bindings.size())});
  out_.import_bindings_.insert(out_.import_bindings_.end(), bindings.begin(), bindings.end());
}

void Resolver::ExportName(NameId name, bool is_enum) { out_.exports_.push_back({name, is_enum}); }

}  // namespace ruff
