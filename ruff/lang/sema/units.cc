#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "ruff/lang/sema/resolver.h"

namespace ruff {

ScopeId Resolver::AddScope(ScopeId parent) {
  out_.scopes_.push_back({.parent = parent, .unit = unit_});
  return ScopeId{static_cast<uint32_t>(out_.scopes_.size() - 1)};
}

UnitId Resolver::AddUnit(Unit added) {
  const UnitId id{static_cast<uint32_t>(out_.units_.size())};
  added.parent = unit_;
  added.created_at = ++time_;
  added.outermost_spawn = unit().outermost_spawn;
  if (added.kind == Unit::Kind::kSpawn && added.outermost_spawn == kNoUnit) {
    added.outermost_spawn = id;
  }
  out_.units_.push_back(std::move(added));
  return id;
}

UnitId Resolver::AddFunctionUnit(uint32_t function, uint32_t structure) {
  const FunctionNode& f = ast_.function(function);
  Unit added = {.outer = scope_, .body = f.body, .function = function, .structure = structure};
  const bool has_self = !f.parameters.empty() && f.parameters[0].name == self_name_;
  if (structure == Unit{}.structure) {
    added.kind = Unit::Kind::kFunction;
  } else {
    added.kind = Unit::Kind::kMethod;
    added.has_self = has_self;
    added.implicit_fields = !has_self;
  }
  return out_.function_units_[function] = AddUnit(std::move(added));
}

// Functions and structs exist from the start of their block. They may refer to each other, so all
// names are declared before the first function is made, and count as unset until the last one is.
void Resolver::Hoist(absl::Span<const uint32_t> statements) {
  std::vector<std::pair<uint32_t, BindingId>> hoisted;
  for (const uint32_t statement : statements) {
    NodeId id{statement};
    while (node(id).kind == NodeKind::kExport) id = NodeId{node(id).a};
    const Node& n = node(id);
    BindingId made;
    if (n.kind == NodeKind::kFuncDecl) {
      const FunctionNode& f = ast_.function(n.a);
      made = Declare(f.name, Binding::Kind::kFunction, Origin::kHoisted, f.name_offset);
    } else if (n.kind == NodeKind::kStructDecl) {
      const StructNode& s = ast_.structure(n.a);
      made = Declare(s.name, Binding::Kind::kStruct, Origin::kHoisted, s.name_offset);
    } else {
      continue;
    }
    Refer(id, made);
    hoisted.emplace_back(Raw(id), made);
  }
  if (hoisted.empty()) return;
  out_.scopes_[Raw(scope_)].has_hoisted = true;
  for (const auto& [declaration, made] : hoisted) {
    const Node& n = node(NodeId{declaration});
    if (n.kind == NodeKind::kFuncDecl) {
      AddFunctionUnit(n.a, Unit{}.structure);
    } else {
      HoistStruct(n.a, made);
    }
  }
  for (const auto& [declaration, made] : hoisted) binding(made).declared_at = ++time_;
}

void Resolver::HoistStruct(uint32_t structure, BindingId made) {
  const StructNode& s = ast_.structure(structure);
  for (const FunctionId method : s.methods) {
    const FunctionNode& f = ast_.function(Raw(method));
    if (f.is_generator) {
      Fail(f.begin, absl::StrCat("Generator methods are not supported for structs: ",
                                 ast_.name(s.name), ".", ast_.name(f.name)));
    }
    AddFunctionUnit(Raw(method), structure);
  }
  std::vector<UnitId>& defaults = out_.default_units_[structure];
  defaults.assign(s.fields.size(), kNoUnit);
  for (size_t i = 0; i < s.fields.size(); ++i) {
    if (s.fields[i].default_value == kNoNode) continue;
    binding(made).has_defaults = true;
    defaults[i] =
        AddUnit({.kind = Unit::Kind::kDefault, .outer = scope_, .body = s.fields[i].default_value});
  }
}

// Makes the scope of the unit to be walked, with its parameters.
void Resolver::OpenUnit() {
  if (unit().kind == Unit::Kind::kFile) {
    scope_ = kFileScope;
    return;
  }
  if (test_kind_ == NodeKind::kTestSetup) {
    scope_ = unit().scope = setup_scope_;
    return;
  }
  scope_ = unit().outer;
  if (unit().implicit_fields) CopyAssignedFields();
  scope_ = AddScope(scope_);
  unit().scope = scope_;
  if (unit().function == Unit{}.function) return;
  for (const Parameter& parameter : ast_.function(unit().function).parameters) {
    const BindingId id =
        Declare(parameter.name, Binding::Kind::kVariable, Origin::kExplicit, parameter.offset);
    unit().parameters.push_back(id);
  }
}

// In a method without self, fields are found like variables around the body. Assigning one changes
// a copy of the method's own: the declared fields that the body assigns become locals, in a scope
// outside the parameters. The nodes of a body come one after the other, so its assignments are
// found without a walk.
void Resolver::CopyAssignedFields() {
  const FunctionNode& f = ast_.function(unit().function);
  scope_ = AddScope(scope_);
  const BindingId receiver = AddBinding(scope_, kNoName, Binding::Kind::kHidden);
  unit().receiver = receiver;
  out_.scopes_[Raw(scope_)].newest_namespace = receiver;
  absl::flat_hash_set<NameId> fields;
  for (const StructField& field : ast_.structure(unit().structure).fields)
    fields.insert(field.name);
  for (uint32_t i = Raw(f.body); i > 0 && node(NodeId{i}).begin >= f.begin; --i) {
    const Node& n = node(NodeId{i});
    NodeId target{i};
    if (n.kind == NodeKind::kAssign) {
      target = PlaceRoot(n.a);
    } else if (n.kind != NodeKind::kPatternName) {
      continue;
    }
    const NameId name{node(target).a};
    if (node(target).kind == NodeKind::kSelf || !fields.contains(name)) continue;
    if (FindIn(scope_, name) != kNoBinding) continue;
    const BindingId copy = AddBinding(scope_, name, Binding::Kind::kVariable);
    binding(copy).may_be_unset = true;
    unit().field_copies.push_back(copy);
  }
}

}  // namespace ruff
