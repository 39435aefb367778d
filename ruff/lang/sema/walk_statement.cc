#include "ruff/base/check.h"
#include "ruff/lang/sema/resolver.h"

namespace ruff {

void Resolver::VisitStatement(NodeId id, const Node& n) {
  using enum Task::Kind;
  switch (n.kind) {
    case NodeKind::kLet:
      Push(kDeclare, n.a,
           static_cast<uint32_t>(n.flags & kMutable ? Binding::Kind::kVariable
                                                    : Binding::Kind::kLet));
      PushVisit(ast_.extra(n.b, 0));
      return;
    case NodeKind::kConst:
      Push(kDeclare, Raw(id), static_cast<uint32_t>(Binding::Kind::kConst));
      PushVisit(ast_.extra(n.b, 0));
      return;
    case NodeKind::kDestructureAssign:
      Push(kAssign, n.a, time_);
      PushVisit(n.b);
      return;
    case NodeKind::kAssign:
      VisitAssign(n);
      return;
    case NodeKind::kFuncDecl:
    case NodeKind::kStructDecl:
    case NodeKind::kEnumDecl:
      return;  // hoisted, or nothing at run time
    case NodeKind::kMatch:
      VisitThenList(n.a, n.b);
      return;
    case NodeKind::kMatchArm:
      VisitMatchArm(n);
      return;
    case NodeKind::kIf:
      if (const uint32_t otherwise = ast_.extra(n.b, 1); NodeId{otherwise} != kNoNode) {
        PushVisit(otherwise);
      }
      PushVisit(ast_.extra(n.b, 0));
      PushVisit(n.a);
      return;
    case NodeKind::kWhile:
      Push(kLeaveLoop, loop_);
      PushVisit(n.b);
      PushVisit(n.a);
      Push(kEnterLoop);
      return;
    case NodeKind::kLoop:
      Push(kLeaveLoop, loop_);
      PushVisit(n.a);
      Push(kEnterLoop);
      return;
    case NodeKind::kFor:
      Push(kLeaveLoop, loop_);
      Push(kForBody, Raw(id));
      Push(kEnterLoop);
      PushVisit(ast_.extra(n.b, 0));
      return;
    case NodeKind::kBlock:
      VisitBlock(id, AddScope(scope_));
      return;
    case NodeKind::kReturn:
    case NodeKind::kExprStmt:
      if (NodeId{n.a} != kNoNode) VisitNext(n.a);
      return;
    case NodeKind::kBreak:
      if (loop_depth_ == 0) Fail(n.begin, "break can only be used inside a loop");
      return;
    case NodeKind::kContinue:
      if (loop_depth_ == 0) Fail(n.begin, "continue can only be used inside a loop");
      return;
    case NodeKind::kTryExcept:
      Push(kExceptBody, Raw(id));
      Push(kLeaveTry);
      PushVisit(n.a);
      Push(kEnterTry);
      return;
    case NodeKind::kImport:
      VisitImport(id, n);
      return;
    case NodeKind::kExport:
      VisitExport(n);
      return;
    case NodeKind::kSpawn:
      out_.marks_[Raw(id)] =
          Raw(AddUnit({.kind = Unit::Kind::kSpawn, .outer = scope_, .body = NodeId{n.a}}));
      return;
    case NodeKind::kTest:
    case NodeKind::kTestGroup:
    case NodeKind::kTestSetup:
    case NodeKind::kTestTeardown:
      if (options_.tests && is_file_level()) VisitTest(id, n);
      return;
    default:
      RUFF_UNREACHABLE();
  }
}

// A plain assignment evaluates its right side first. A compound one reads the old value first, and
// a name it finds nothing for is an error at run time, not a new variable.
void Resolver::VisitAssign(const Node& n) {
  using enum Task::Kind;
  const NodeKind target = node(NodeId{n.a}).kind;
  if (target != NodeKind::kIdentifier && target != NodeKind::kSelf) {
    VisitPlaceAssign(n);
  } else if (static_cast<AssignOp>(n.op) == AssignOp::kAssign) {
    Push(kAssign, n.a, time_);
    PushVisit(n.b);
  } else {
    Push(kChange, n.a);
    PushVisit(n.b);
    Push(kUse, n.a);
  }
}

void Resolver::VisitPlaceAssign(const Node& n) {
  using enum Task::Kind;
  const bool is_plain = static_cast<AssignOp>(n.op) == AssignOp::kAssign;
  const uint32_t root = Raw(PlaceRoot(n.a));
  Push(kChange, root);
  Push(kUse, root);
  if (!is_plain) {
    PushVisit(n.b);
    Push(kUse, root);
  }
  for (uint32_t step = n.a; step != root; step = node(NodeId{step}).a) {
    if (node(NodeId{step}).kind == NodeKind::kIndex) PushVisit(node(NodeId{step}).b);
  }
  if (is_plain) PushVisit(n.b);
}

void Resolver::VisitMatchArm(const Node& n) {
  const uint32_t guard = ast_.extra(n.b, 0);
  const uint32_t body = ast_.extra(n.b, 1);
  Push(Task::Kind::kLeaveScope, Raw(scope_));
  scope_ = AddScope(scope_);
  if (NodeId{n.a} != kNoNode) {
    const Node& pattern = node(NodeId{n.a});
    if (pattern.kind == NodeKind::kCaseName || pattern.kind == NodeKind::kCaseVariant) {
      for (const uint32_t name : ast_.list(pattern.b)) {
        DeclarePattern(NodeId{name}, Binding::Kind::kVariable);
      }
    }
  }
  Push(Task::Kind::kBlock, body, Raw(scope_));
  if (NodeId{guard} != kNoNode) PushVisit(guard);
}

void Resolver::VisitForBody(NodeId id) {
  const Node& n = node(id);
  const NodeId body{ast_.extra(n.b, 1)};
  Push(Task::Kind::kLeaveScope, Raw(scope_));
  scope_ = AddScope(scope_);
  Refer(id, Declare(NameId{n.a}, Binding::Kind::kVariable, Origin::kExplicit, n.begin));
  VisitBlock(body, scope_);
}

void Resolver::VisitExceptBody(NodeId id) {
  const Node& n = node(id);
  const NameId name{ast_.extra(n.b, 0)};
  const NodeId body{ast_.extra(n.b, 1)};
  Push(Task::Kind::kLeaveScope, Raw(scope_));
  scope_ = AddScope(scope_);
  if (name != kNoName) {
    Refer(id, Declare(name, Binding::Kind::kVariable, Origin::kExplicit, ast_.extra(n.b, 2)));
  }
  VisitBlock(body, scope_);
}

// Only file-level statements are exported.
void Resolver::VisitExport(const Node& n) {
  PushVisit(n.a);
  if (!is_file_level()) return;
  const Node& inner = node(NodeId{n.a});
  switch (inner.kind) {
    case NodeKind::kFuncDecl:
      ExportName(ast_.function(inner.a).name, false);
      return;
    case NodeKind::kStructDecl:
      ExportName(ast_.structure(inner.a).name, false);
      return;
    case NodeKind::kEnumDecl:
      ExportName(NameId{inner.a}, true);
      return;
    case NodeKind::kConst:
      ExportName(NameId{inner.a}, false);
      return;
    case NodeKind::kAssign:
      if (node(NodeId{inner.a}).kind == NodeKind::kIdentifier) {
        ExportName(NameId{node(NodeId{inner.a}).a}, false);
      }
      return;
    case NodeKind::kLet:
    case NodeKind::kDestructureAssign: {
      std::vector<uint32_t> patterns = {inner.a};
      while (!patterns.empty()) {
        const Node& pattern = node(NodeId{patterns.back()});
        patterns.pop_back();
        if (pattern.kind == NodeKind::kPatternName || pattern.kind == NodeKind::kPatternRest) {
          ExportName(NameId{pattern.a}, false);
        } else if (pattern.kind != NodeKind::kPatternIgnore) {
          const absl::Span<const uint32_t> items = ast_.list(pattern.a);
          patterns.insert(patterns.end(), items.rbegin(), items.rend());
        }
      }
      return;
    }
    default:
      return;
  }
}

// A group holds test blocks; other statements in it are not executed.
void Resolver::VisitTest(NodeId id, const Node& n) {
  out_.tests_.push_back(id);
  const NodeId body{n.kind == NodeKind::kTest || n.kind == NodeKind::kTestGroup ? n.b : n.a};
  if (n.kind != NodeKind::kTestGroup) {
    out_.marks_[Raw(id)] =
        Raw(AddUnit({.kind = Unit::Kind::kTest, .outer = setup_scope_, .body = body}));
    return;
  }
  Push(Task::Kind::kGroupEnd, Raw(id));
  const absl::Span<const uint32_t> statements = ast_.list(node(body).a);
  for (size_t i = statements.size(); i > 0; --i) {
    const NodeKind kind = node(NodeId{statements[i - 1]}).kind;
    if (kind >= NodeKind::kTest && kind <= NodeKind::kTestTeardown) PushVisit(statements[i - 1]);
  }
}

void Resolver::VisitBlock(NodeId block, ScopeId scope) {
  out_.marks_[Raw(block)] = Raw(scope);
  Push(Task::Kind::kLeaveScope, Raw(scope_));
  scope_ = scope;
  Hoist(ast_.list(node(block).a));
  VisitList(node(block).a);
}

}  // namespace ruff
