#include "ruff/lang/sema/resolver.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace ruff {

std::optional<Resolution> Resolve(const Ast& ast, const ResolveOptions& options,
                                  DiagnosticList* diagnostics) {
  return Resolver(ast, options).Run(diagnostics);
}

Resolver::Resolver(const Ast& ast, const ResolveOptions& options) : ast_(ast), options_(options) {
  out_.marks_.assign(ast.node_count(), Resolution::kNone);
  out_.last_uses_.assign(ast.node_count(), false);
  out_.function_units_.assign(ast.function_count(), kNoUnit);
  out_.default_units_.resize(ast.struct_count());
  is_declared_.assign(ast.name_count(), false);
  slot_of_name_.assign(ast.name_count(), kNoSlot);
  for (uint32_t i = 0; i < ast.name_count(); ++i) name_ids_.emplace(ast.name(NameId{i}), NameId{i});
  if (const auto self = name_ids_.find("self"); self != name_ids_.end()) self_name_ = self->second;
}

std::optional<Resolution> Resolver::Run(DiagnosticList* diagnostics) {
  out_.units_.push_back({.kind = Unit::Kind::kFile, .scope = kFileScope});
  out_.scopes_.push_back({});
  if (options_.tests) setup_scope_ = AddScope(kFileScope);
  if (options_.known != nullptr) {
    for (const auto& [name, kind] : *options_.known) {
      const auto id = name_ids_.find(name);
      if (id == name_ids_.end()) continue;
      binding(AddBinding(kFileScope, id->second, kind)).is_known = true;
    }
  }
  WalkUnits();
  if (has_error_) {
    diagnostics->Append(DiagnosticKind::kCompile, error_offset_, error_);
    return std::nullopt;
  }
  Finish();
  return std::move(out_);
}

// Setup blocks come first, since tests see what they bind, and teardown blocks after the tests.
void Resolver::WalkUnits() {
  WalkUnit(kFileUnit);
  const size_t first = out_.units_.size();
  for (const NodeKind kind : {NodeKind::kTestSetup, NodeKind::kTest, NodeKind::kTestTeardown}) {
    for (const NodeId test : out_.tests_) {
      test_kind_ = node(test).kind;
      if (test_kind_ == kind) WalkUnit(out_.unit_of(test));
    }
  }
  test_kind_ = NodeKind::kBlock;
  for (size_t i = 1; i < out_.units_.size(); ++i) {
    if (i >= first || out_.units_[i].kind != Unit::Kind::kTest) {
      WalkUnit(UnitId{static_cast<uint32_t>(i)});
    }
  }
}

void Resolver::WalkUnit(UnitId id) {
  unit_ = id;
  loop_ = 0;
  loop_depth_ = 0;
  try_depth_ = 0;
  OpenUnit();
  const Unit& opened = unit();
  if (opened.kind == Unit::Kind::kFile) {
    Hoist(ast_.statements());
    const absl::Span<const uint32_t> statements = ast_.statements();
    for (size_t i = statements.size(); i > 0; --i) PushVisit(statements[i - 1]);
  } else if (opened.kind == Unit::Kind::kDefault) {
    PushVisit(Raw(opened.body));
  } else {
    VisitBlock(opened.body, opened.scope);
  }
  RunTasks();
}

void Resolver::RunTasks() {
  using enum Task::Kind;
  while (!tasks_.empty()) {
    const Task task = tasks_.back();
    tasks_.pop_back();
    const NodeId id{task.a};
    switch (task.kind) {
      case kVisit:
        Visit(id);
        break;
      case kList: {
        const absl::Span<const uint32_t> items = ast_.list(task.a);
        if (task.b + 1 < items.size()) Push(kList, task.a, task.b + 1);
        Visit(NodeId{items[task.b]});
        break;
      }
      case kBlock:
        VisitBlock(id, ScopeId{task.b});
        break;
      case kForBody:
        VisitForBody(id);
        break;
      case kExceptBody:
        VisitExceptBody(id);
        break;
      case kGroupEnd:
        out_.tests_.push_back(id);
        break;
      case kLeaveScope:
        scope_ = ScopeId{task.a};
        break;
      case kEnterLoop:
        loop_ = ++last_loop_;
        ++loop_depth_;
        break;
      case kLeaveLoop:
        loop_ = task.a;
        --loop_depth_;
        break;
      case kEnterTry:
        ++try_depth_;
        break;
      case kLeaveTry:
        --try_depth_;
        break;
      case kUse:
        Use(id, node(id).kind == NodeKind::kSelf ? self_name_ : NameId{node(id).a});
        break;
      case kChange:
        Change(id);
        break;
      case kReceiver:
        AfterReceiver(id, task.b);
        break;
      case kAssign:
        AssignPattern(id, task.b);
        break;
      case kDeclare:
        DeclarePattern(id, static_cast<Binding::Kind>(task.b));
        break;
    }
  }
}

void Resolver::Visit(NodeId id) {
  const Node& n = node(id);
  if (n.kind < NodeKind::kLet) {
    VisitExpression(id, n);
  } else {
    VisitStatement(id, n);
  }
}

// Whether the node has no parts, and has been visited.
bool Resolver::VisitLeaf(uint32_t id) {
  const Node& n = node(NodeId{id});
  if (n.kind > NodeKind::kSelf) return false;
  VisitExpression(NodeId{id}, n);
  return true;
}

void Resolver::VisitNext(uint32_t id) {
  if (!VisitLeaf(id)) PushVisit(id);
}

void Resolver::VisitNext(uint32_t first, uint32_t second) {
  if (VisitLeaf(first)) {
    VisitNext(second);
  } else {
    PushVisit(second);
    PushVisit(first);
  }
}

void Resolver::VisitList(uint32_t list) {
  const absl::Span<const uint32_t> items = ast_.list(list);
  uint32_t i = 0;
  while (i < items.size() && VisitLeaf(items[i])) ++i;
  if (i < items.size()) Push(Task::Kind::kList, list, i);
}

void Resolver::VisitThenList(uint32_t first, uint32_t list) {
  if (VisitLeaf(first)) {
    VisitList(list);
  } else {
    if (!ast_.list(list).empty()) Push(Task::Kind::kList, list, 0);
    PushVisit(first);
  }
}

// Only the first error of the source is told.
void Resolver::Fail(uint32_t offset, std::string message) {
  if (has_error_ && error_offset_ <= offset) return;
  has_error_ = true;
  error_offset_ = offset;
  error_ = std::move(message);
}

}  // namespace ruff
