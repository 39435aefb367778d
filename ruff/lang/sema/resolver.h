// The walk behind Resolve (internal to this folder).
//
// Units are walked one after the other from a queue, each in order of evaluation, with an explicit
// stack of tasks: neither long chains nor deep nesting take native stack. Order of evaluation
// matters twice. A declaration is entered when the walk passes it, so a look-up sees just what
// stands before the use. And the last use that the walk meets is the last one executed, if no loop
// leads back: then the value may be moved.

#ifndef RUFF_LANG_SEMA_RESOLVER_H_
#define RUFF_LANG_SEMA_RESOLVER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/sema/resolution.h"
#include "ruff/lang/sema/resolve.h"

namespace ruff {

class Resolver {
 public:
  Resolver(const Ast& ast, const ResolveOptions& options);

  std::optional<Resolution> Run(DiagnosticList* diagnostics);

 private:
  // What is left to do, newest last. `a` is a NodeId unless said otherwise.
  struct Task {
    enum class Kind : uint8_t {
      kVisit,
      kList,        // the items of list a, from number b on
      kBlock,       // a Block in scope b
      kForBody,     // the second half of a For
      kExceptBody,  // the second half of a TryExcept
      kGroupEnd,    // of a TestGroup
      kLeaveScope,  // back to scope a
      kEnterLoop,
      kLeaveLoop,  // back to loop a
      kEnterTry,
      kLeaveTry,
      kUse,       // name a is read, or changed in part
      kChange,    // name a is changed in part
      kReceiver,  // a method was called on a place with root a, which read a after time b
      kAssign,    // pattern or name a is assigned a value that was evaluated after time b
      kDeclare,   // pattern a is declared with Binding::Kind b
    };
    Kind kind;
    uint32_t a;
    uint32_t b;
  };

  // Why a binding is made.
  enum class Origin : uint8_t { kExplicit, kBare, kImport, kHoisted };

  // resolver.cc
  void WalkUnits();
  void WalkUnit(UnitId unit);
  void RunTasks();
  void Visit(NodeId id);
  bool VisitLeaf(uint32_t id);

  // walk_statement.cc
  void VisitStatement(NodeId id, const Node& n);
  void VisitAssign(const Node& n);
  void VisitPlaceAssign(const Node& n);
  void VisitMatchArm(const Node& n);
  void VisitForBody(NodeId id);
  void VisitExceptBody(NodeId id);
  void VisitExport(const Node& n);
  void VisitTest(NodeId id, const Node& n);
  void VisitBlock(NodeId block, ScopeId scope);

  // walk_expression.cc
  void VisitExpression(NodeId id, const Node& n);
  void VisitPipe(const Node& n);
  void VisitMethodCall(const Node& n);
  void CheckTag(const Node& n);
  NodeId PlaceRoot(uint32_t place) const;
  void AfterReceiver(NodeId root, uint32_t time);

  // declare.cc
  BindingId Declare(NameId name, Binding::Kind kind, Origin origin, uint32_t offset);
  BindingId AddBinding(ScopeId scope, NameId name, Binding::Kind kind);
  void DeclarePattern(NodeId pattern, Binding::Kind kind);
  void AssignPattern(NodeId pattern, uint32_t time);
  void AssignName(NodeId node, NameId name, uint32_t time);
  void VisitImport(NodeId id, const Node& n);
  void ExportName(NameId name, bool is_enum);

  // units.cc
  void Hoist(absl::Span<const uint32_t> statements);
  void HoistStruct(uint32_t structure, BindingId made);
  UnitId AddUnit(Unit unit);
  UnitId AddFunctionUnit(uint32_t function, uint32_t structure);
  void OpenUnit();
  void CopyAssignedFields();
  ScopeId AddScope(ScopeId parent);

  // lookup.cc
  BindingId Lookup(NameId name);
  BindingId FindIn(ScopeId scope, NameId name) const;
  void Use(NodeId node, NameId name);
  void Touch(BindingId id, NodeId node);
  void Change(NodeId root);
  void ChangeBinding(BindingId id);
  void Capture(BindingId id, UnitId stop);
  void Refer(NodeId node, BindingId binding) {
    out_.marks_[Raw(node)] = Resolution::kBindingTag << Resolution::kTagShift | Raw(binding);
  }
  uint32_t SlotOf(NameId name);
  uint32_t AddSlot(std::string_view name, BindingId binding);

  // finish.cc
  void Finish();
  void PromoteGlobals();
  void PlaceBinding(BindingId id);
  void MarkLastUses();

  const Node& node(NodeId id) const { return ast_.node(id); }
  Binding& binding(BindingId id) { return out_.bindings_[Raw(id)]; }
  Unit& unit() { return out_.units_[Raw(unit_)]; }
  void Push(Task::Kind kind, uint32_t a = 0, uint32_t b = 0) { tasks_.push_back({kind, a, b}); }
  void PushVisit(uint32_t id) { Push(Task::Kind::kVisit, id); }
  // The last action of a visit: what comes next. Literals and names are visited at once, for the
  // rest a task is pushed.
  void VisitNext(uint32_t id);
  void VisitNext(uint32_t first, uint32_t second);
  void VisitList(uint32_t list);
  void VisitThenList(uint32_t first, uint32_t list);
  void Fail(uint32_t offset, std::string message);
  bool is_file_level() const { return scope_ == kFileScope; }

  const Ast& ast_;
  const ResolveOptions& options_;
  Resolution out_;
  absl::flat_hash_map<std::string_view, NameId> name_ids_;
  NameId self_name_ = kNoName;  // none when no parameter is called so

  // The unit being walked.
  UnitId unit_ = kFileUnit;
  ScopeId scope_ = kFileScope;
  uint32_t loop_ = 0;
  uint32_t loop_depth_ = 0;
  uint32_t try_depth_ = 0;
  std::vector<Task> tasks_;

  uint32_t last_loop_ = 0;  // loops are numbered from 1
  uint32_t time_ = 0;
  absl::flat_hash_map<uint64_t, BindingId> names_;  // scope and name
  std::vector<bool> is_declared_;                   // by name: in some scope
  std::vector<uint32_t> slot_of_name_;
  uint32_t self_slot_ = kNoSlot;
  std::vector<BindingId> candidates_;  // of the newest look-up
  // Uses in `x := … x …` after which x is overwritten.
  std::vector<std::pair<BindingId, NodeId>> overwritten_;

  // For test blocks: the scope of all setup blocks, and the names bound by the tests themselves.
  ScopeId setup_scope_ = kNoScope;
  absl::flat_hash_map<NameId, BindingId> test_names_;
  NodeKind test_kind_ = NodeKind::kBlock;  // of the test unit being walked

  bool has_error_ = false;
  uint32_t error_offset_ = 0;
  std::string error_;
};

}  // namespace ruff

#endif  // RUFF_LANG_SEMA_RESOLVER_H_
