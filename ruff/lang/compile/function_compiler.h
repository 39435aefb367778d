// Compiles one unit to a FunctionProto (internal to this folder).
//
// Expressions are compiled with a destination in mind: "into this register" (ToRegister), "into the
// next free one" (ToNext, for call windows), or "wherever it is" (ToAny: a local is used in place).
// Only the last instruction of an expression writes a destination that is a local, so an expression
// may read the variable it is assigned to. Temporaries form a stack: whoever allocates restores the
// top.
//
// Registers never run out: locals beyond the near ones are far (registers.h), temporaries move
// there while a deeply nested expression needs the room, very many arguments travel in an array.
//
// A local may be moved instead of copied at its last use, unless an operand further out still
// refers to its register: such registers are pinned.

#ifndef RUFF_LANG_COMPILE_FUNCTION_COMPILER_H_
#define RUFF_LANG_COMPILE_FUNCTION_COMPILER_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/bytecode/module.h"
#include "ruff/lang/compile/constant_pool.h"
#include "ruff/lang/compile/emitter.h"
#include "ruff/lang/compile/module_context.h"
#include "ruff/lang/compile/registers.h"
#include "ruff/lang/sema/resolution.h"

namespace ruff {

class FunctionCompiler {
 public:
  FunctionCompiler(ModuleContext* context, std::vector<uint32_t>* registers, UnitId unit);

  // Fills function `unit` of the module, and the captures of the functions it makes.
  void Compile();

 private:
  static constexpr uint32_t kNoRegister = 0xffffffff;
  static constexpr uint32_t kFarFlag = 0x80000000;  // in homes_
  static constexpr uint32_t kMaxPlainArguments =
      254;  // with a receiver, what an operand x can count

  // Where a variable lives, as seen from this unit.
  struct Variable {
    enum class Home : uint8_t { kNowhere, kRegister, kFar, kCell, kFarCell, kCaptured, kGlobal };
    Home home = Home::kNowhere;  // kNowhere: a local that has not been declared yet
    uint32_t number = 0;         // register, cell register, capture or slot
    BindingId binding = kNoBinding;
  };

  // An assignment `p := f(p, …)` or `p := p + …`: just before the instruction that makes the new
  // value, the old one is taken out of p, so that it can be changed in place.
  struct UpdateSite {
    NodeId node;        // the Call, Binary or compound Assign
    uint32_t argument;  // Call: which one is p
  };
  struct Update {
    UpdateSite site;
    PathRoot root;
    uint32_t root_number;
    uint32_t path;
    uint32_t first_index;
    uint32_t registers_end;  // of what must stay where it is
  };

  // A place such as a[i].b, taken apart. Steps from the root outwards.
  struct Place {
    NodeId root = kNoNode;
    Variable variable;
    std::vector<NodeId> steps;  // Field and Index nodes
    uint32_t first_index = 0;   // register of the first index value; they are neighbours
    uint32_t index_count = 0;
    std::optional<uint32_t> path;

    // The register that may be that of a local.
    uint32_t pinned_index() const { return index_count == 1 ? first_index : kNoRegister; }
  };

  struct Loop {
    Label break_label, continue_label;
    bool has_break = false;
  };

  // The value that a chain has reached.
  struct ChainState {
    uint32_t at;          // its register
    bool is_in_place;     // that of a local; else the topmost temporary
    uint32_t free_below;  // registers just below `at` that nothing uses
    uint32_t spare;       // the destination, while it may serve as the temporary
  };

  // Arguments that have been evaluated into a call window: so many registers, or one with an array.
  struct ArgumentList {
    uint32_t count;
    bool is_packed;
  };

  // object.name(arguments) or object?.name(arguments), or what stands for one in a pipe.
  struct MethodSite {
    NodeId object;
    NameId name;
    absl::Span<const uint32_t> arguments;
    bool is_optional = false;
    uint32_t piped = 0xffffffff;  // register of the first argument, evaluated before the object
  };

  // Frees the temporaries allocated in its scope.
  class Temporaries {
   public:
    explicit Temporaries(Registers* registers) : registers_(registers), top_(registers->top()) {}
    ~Temporaries() { registers_->SetTop(top_); }
    Temporaries(const Temporaries&) = delete;

   private:
    Registers* registers_;
    uint32_t top_;
  };

  class Pin {
   public:
    Pin(FunctionCompiler* compiler, uint32_t reg) : compiler_(compiler) {
      compiler->pinned_.push_back(reg);
    }
    ~Pin() { compiler_->pinned_.pop_back(); }
    Pin(const Pin&) = delete;

   private:
    FunctionCompiler* compiler_;
  };

  // function_compiler.cc
  void CompileParameters();
  void CopyFields();
  void CompileBody();
  void FinishProto();
  void EmitReturn(uint32_t from);
  void EmitReturnNull();
  uint32_t Begin() const;
  uint32_t Allocate(uint32_t count = 1);
  void TooComplex(std::string_view message, uint32_t offset);
  uint32_t NameOperand(NameId name) { return NameOperand(context_.Name(name)); }
  uint32_t NameOperand(const Constant& name);
  FunctionConstants::Ref NameRef(std::string_view text) {
    return constants_.Add(context_.strings.Add(text));
  }

  // variables.cc
  Variable VariableOf(const Reference& reference) const;
  Variable VariableOf(BindingId binding) const;
  std::optional<uint32_t> LocalRegister(NodeId node) const;
  void LoadVariable(const Variable& variable, NameId name, uint32_t to);
  void TryField(BindingId hidden, NameId name, uint32_t to);
  void LoadReference(NodeId node, NameId name, uint32_t to);
  void LoadName(NodeId node, uint32_t to);
  void StoreVariable(const Variable& variable, uint32_t from);
  uint32_t DeclareLocal(BindingId binding);
  uint32_t NewCellHome();
  uint32_t MoveToFar(uint32_t from);
  void InitializeFrom(BindingId binding, NodeId value);
  void Initialize(BindingId binding, uint32_t from);
  bool IsImmutable(const Variable& variable) const;
  bool IsOwnSelf(const Variable& variable) const;
  void RaiseImmutable(const Variable& variable, std::string_view verb);
  std::optional<uint32_t> FixedFunction(const Reference& reference) const;
  bool IsUnbound(const Reference& reference) const;

  // scopes.cc
  void EnterScope(ScopeId scope);
  void CompileBlock(NodeId block);
  void CompileStatements(absl::Span<const uint32_t> statements);
  void HoistDeclarations(absl::Span<const uint32_t> statements);
  void EmitClosure(UnitId unit, uint32_t to);
  Capture CaptureOf(BindingId binding, bool is_spawn);
  void EmitStructDefinition(NodeId id, uint32_t structure);

  // statements.cc
  void CompileStatement(NodeId id);
  void CompileReturn(const Node& n);
  void CompileSpawn(NodeId id);
  void CompileTry(NodeId id, const Node& n);
  void CompileImport(NodeId id, const Node& n);
  void BindImported(BindingId binding, NameId name, uint32_t space);

  // loops.cc
  void CompileIf(NodeId id);
  void CompileWhile(NodeId condition, NodeId body);
  void CompileFor(NodeId id, const Node& n);
  bool StartRange(NodeId iterable, uint32_t state, Label test);
  bool CompileFarForBody(uint32_t state, uint32_t far, BindingId variable, NodeId body, Label end);
  bool CompileLoopBody(NodeId body, Label break_label, Label continue_label);

  // match.cc
  void CompileMatch(const Node& n);
  void CompileArm(const Node& arm, uint32_t subject, bool frees_subject, Label end);
  void TestPattern(const Node& pattern, uint32_t subject, Label next);
  void TestWord(const Node& pattern, uint32_t subject, Label next);
  void TestBox(ConstantKind kind, uint32_t subject, Label next);
  void TestLiteral(NodeId literal, uint32_t subject, Label next);
  void BindPayload(const Node& pattern, uint32_t subject);

  // patterns.cc
  void CompileDestructure(NodeId pattern, NodeId value, bool is_declaration);
  bool CompileParallel(NodeId pattern, NodeId value, bool is_declaration);
  void PrepareNames(NodeId pattern);
  void BindPattern(NodeId pattern, uint32_t value, bool is_declaration);
  void BindArray(const Node& n, uint32_t value, bool is_declaration);
  void BindDict(const Node& n, uint32_t value, bool is_declaration);
  uint32_t PartRegister(NodeId name, bool is_declaration);
  void BindName(NodeId name, uint32_t from, bool is_declaration);

  // assignments.cc
  void CompileAssign(NodeId id, const Node& n);
  void AssignVariable(const Node& n);
  void CompoundVariable(NodeId id, const Node& n);
  void AssignPlace(const Node& n);
  void CompoundPlace(NodeId id, const Node& n);
  bool MayGrow(const Place& place, BinaryOp op, NodeId right) const;

  // places.cc
  Place TakeApart(NodeId target) const;
  void LoadIndices(Place* place);
  void LoadPlace(const Place& place, uint32_t to);
  void StorePlace(Place* place, uint32_t value, uint32_t offset);
  void EmitSetPath(Place* place, uint32_t value);
  uint32_t PathOf(Place* place);
  PathRoot RootOf(const Variable& variable) const;
  bool IsSingleStepLocal(const Place& place) const;

  // updates.cc
  std::optional<UpdateSite> FindUpdate(const Place& place, NodeId target, NodeId value) const;
  bool CanUpdate(const Place& place) const;
  void StartUpdate(Place* place, const UpdateSite& site);
  bool IsSamePlace(NodeId a, NodeId b) const;
  bool IsSameIndex(NodeId a, NodeId b) const;
  bool HasSteadyIndices(const Place& place) const;
  bool IsNumeric(NodeId node) const;
  void EmitTakePath(uint32_t object, uint32_t callee);

  // expressions.cc
  void ToRegister(NodeId id, uint32_t to);
  void Evaluate(NodeId id, uint32_t to);
  void EvaluateWithRoom(NodeId id, uint32_t to);
  uint32_t ToNext(NodeId id);
  uint32_t ToAny(NodeId id);
  void Discard(NodeId id);
  void LeafToRegister(NodeId id, const Node& n, uint32_t to);
  bool IsPinned(uint32_t reg) const;
  void MoveOrTake(NodeId id, uint32_t from, uint32_t to);
  void LoadConstant(const Constant& constant, uint32_t to);
  void LoadNull(uint32_t to) { LoadConstant(PlainConstant(Constant::Kind::kNull), to); }
  uint32_t BuildRegister(uint32_t to) { return registers_.is_scratch(to) ? to : Allocate(); }
  void MoveBuilt(uint32_t from, uint32_t to);

  // chains.cc
  bool IsChainNode(NodeId id) const;
  void Chain(NodeId id, uint32_t to);
  bool Accumulate(size_t base, NodeId leaf, uint32_t to);
  bool TakesLeftInPlace(NodeId id) const;
  bool NeedsSlotBelow(NodeId id) const;
  void ChainStep(NodeId id, ChainState* state, uint32_t to);
  void MethodStep(NodeId id, ChainState* state);
  void PipeStep(NodeId id, ChainState* state);
  uint32_t SlotBelow(ChainState* state);
  uint32_t ResultRegister(const ChainState& state, uint32_t to);

  // operators.cc
  void EmitBinary(NodeId id, BinaryOp op, uint32_t to, uint32_t left, NodeId right);
  bool EmitConstantOperand(NodeId id, BinaryOp op, uint32_t to, uint32_t left, NodeId right);
  void LogicalToRegister(NodeId id, uint32_t to);
  bool IsSimple(NodeId id) const;
  std::optional<int16_t> SmallInt(NodeId id) const;
  bool MustCopy(NodeId local, NodeId rest) const;

  // conditions.cc
  void Condition(NodeId id, bool sense, Label target);
  void LogicalCondition(NodeId id, bool sense, Label target);
  void CompareCondition(NodeId id, bool sense, Label target);
  void JumpOn(Opcode positive, Opcode negative, bool sense, Label target, int64_t a, int64_t b,
              int64_t x);

  // calls.cc
  void CompileCall(NodeId id, const Node& n, uint32_t to);
  std::optional<uint32_t> FixedCallee(NodeId call, NodeId callee) const;
  ArgumentList CompileArguments(absl::Span<const uint32_t> arguments, bool is_piped = false);
  bool MustPack(size_t count) const;
  void EmitCall(NodeId id, uint32_t window, ArgumentList arguments,
                std::optional<uint32_t> fixed = {});
  uint32_t EmitMethodCall(NodeId id, NameId name, uint32_t window, ArgumentList arguments);
  void CompilePlaceCall(NodeId id, const MethodSite& site, uint32_t to);
  void StoreReceiver(Place* place, uint32_t window, uint32_t call_pc);
  bool IsPlace(NodeId id) const;
  MethodSite MethodSiteOf(NodeId id) const;

  // literals.cc
  void CompileArray(const Node& n, uint32_t to);
  void AppendItems(uint32_t array, absl::Span<const uint32_t> items);
  void CompileDict(const Node& n, uint32_t to);
  void CompileInterpolation(const Node& n, uint32_t to);
  void CompileStructLiteral(NodeId id, const Node& n, uint32_t to);
  void LoadDefinition(NodeId id, const Node& n, uint32_t to);
  bool MayHaveDefaults(const Reference& reference) const;
  void FillDefaults(uint32_t window);
  void CompileTag(const Node& n, uint32_t to);

  const Node& node(NodeId id) const { return ast_.node(id); }
  static BinaryOp OpOf(const Node& n) { return static_cast<BinaryOp>(n.op); }
  const Binding& binding(BindingId id) const { return names_.binding(id); }
  bool is_file() const { return unit_id_ == kFileUnit; }

  ModuleContext& context_;
  const Ast& ast_;
  const Resolution& names_;
  // By binding: where its owner keeps it; far registers have kFarFlag set.
  std::vector<uint32_t>& homes_;
  const UnitId unit_id_;
  const Unit& unit_;
  FunctionProto& proto_;

  Emitter out_;
  FunctionConstants constants_;
  Registers registers_;
  std::vector<uint32_t> pinned_;
  std::vector<NodeId> spine_;  // of the chains being compiled
  std::vector<Loop> loops_;
  std::optional<Update> update_;
  uint32_t self_cell_ = kNoRegister;  // a changed self that is captured
  uint32_t try_depth_ = 0;
};

}  // namespace ruff

#endif  // RUFF_LANG_COMPILE_FUNCTION_COMPILER_H_
