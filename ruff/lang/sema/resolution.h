// What every name of a program means: the result of the pass between parser and compiler.
//
// A program is cut into units, the pieces that become one FunctionProto each: the file, functions,
// methods, spawn blocks, thunks of field defaults, and (for the test runner) test blocks. Units are
// nested, but resolved breadth first: a function body sees the blocks around it as a whole, so the
// unit around it must have been walked to its end. Unit n becomes function n of the module.
//
// A name resolves to a binding (a declaration of this program) or to a global slot that nothing in
// the program binds (a builtin, or a name that an import binds at run time). Two side tables,
// addressed by node, keep what was found; the syntax tree is left alone.

#ifndef RUFF_LANG_SEMA_RESOLUTION_H_
#define RUFF_LANG_SEMA_RESOLUTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "ruff/base/bulk_vector.h"
#include "ruff/lang/ast/ast.h"

namespace ruff {

enum class UnitId : uint32_t {};
enum class ScopeId : uint32_t {};
enum class BindingId : uint32_t {};

inline constexpr UnitId kFileUnit{0};
inline constexpr ScopeId kFileScope{0};
inline constexpr UnitId kNoUnit{0xffffffff};
inline constexpr ScopeId kNoScope{0xffffffff};
inline constexpr BindingId kNoBinding{0xffffffff};
inline constexpr uint32_t kNoSlot = 0xffffffff;

// A declared variable. A scope has at most one binding of a name.
struct Binding {
  enum class Kind : uint8_t {
    kVariable,  // bare assignment, mut, parameter, loop, except and case variables, imported names
    kLet,
    kConst,
    kFunction,
    kStruct,
    kHidden,  // no name in the program: a namespace, or the receiver of a method without self
  };

  NameId name = kNoName;
  UnitId owner = kFileUnit;
  ScopeId scope = kFileScope;
  BindingId next = kNoBinding;  // in the same scope, in order of declaration
  BindingId previous_namespace =
      kNoBinding;  // kHidden: the namespace imported before it in its scope
  Kind kind = Kind::kVariable;
  uint32_t slot = kNoSlot;  // of a global

  bool is_global = false;    // lives in `slot`
  bool is_cell = false;      // local that lives in a cell: captured by reference, or possibly unset
  bool is_imported = false;  // by `from … import`
  bool is_changed = false;   // assigned, or changed in part, after its declaration
  bool is_receiver = false;  // some method call may store its receiver back into it
  bool is_known = false;     // declared by an earlier input of the session
  bool has_defaults = false;  // kStruct: some field has one

  // Used while resolving. Times are those of the walk through the owner.
  uint32_t offset = 0;  // of the declared name
  bool is_exported = false;
  bool is_used_elsewhere = false;  // in another unit than its owner
  bool is_shared = false;          // captured by a function
  bool is_copied = false;          // captured by a spawn block
  bool is_captured_early = false;  // by something created before `declared_at`
  uint32_t declared_at = 0;        // time from which on it is initialised
  bool may_be_unset = false;
  uint32_t loop = 0;  // innermost loop around the declaration, 0 for none
  uint32_t last_use_loop = 0;
  NodeId last_use = kNoNode;
  uint32_t last_use_time = 0;
  uint32_t weight = 0;  // uses, those in loops counted more
};

struct Scope {
  ScopeId parent = kNoScope;
  UnitId unit = kFileUnit;
  BindingId first = kNoBinding;
  BindingId last = kNoBinding;
  BindingId newest_namespace = kNoBinding;  // of `import m` in this scope
  bool has_hoisted = false;                 // declares functions or structs
};

struct Unit {
  enum class Kind : uint8_t { kFile, kFunction, kMethod, kSpawn, kTest, kDefault };

  Kind kind = Kind::kFile;
  UnitId parent = kNoUnit;
  UnitId outermost_spawn = kNoUnit;  // around or equal to this unit
  ScopeId outer = kNoScope;          // where it is created
  ScopeId scope = kNoScope;          // of its parameters and outermost statements
  NodeId body = kNoNode;             // Block; kDefault: an expression; kFile: none
  uint32_t function = 0xffffffff;    // FunctionId, for kFunction and kMethod
  uint32_t structure = 0xffffffff;   // StructId, for kMethod
  uint32_t created_at = 0;           // time of the walk through the parent
  bool has_self = false;
  bool implicit_fields = false;
  bool changes_self = false;
  bool marks_self_at_entry = false;  // a function inside assigns to self
  BindingId receiver = kNoBinding;   // implicit_fields: hidden, the first parameter
  std::vector<BindingId> parameters;
  std::vector<BindingId> field_copies;  // implicit_fields: fields the body assigns, local copies
  std::vector<BindingId> captures;
};

// What a name in an expression or at the left of an assignment means.
struct Reference {
  BindingId binding = kNoBinding;
  uint32_t slot = kNoSlot;  // when there is no binding
  // Hidden bindings whose fields come first, in this order, when they have one of the name.
  absl::Span<const BindingId> candidates;
};

struct ExportedName {
  NameId name;
  bool is_enum;
  BindingId binding = kNoBinding;  // kNoBinding for enums
};

class Resolution {
 public:
  const std::vector<Unit>& units() const { return units_; }
  const Unit& unit(UnitId id) const { return units_[Raw(id)]; }
  const Scope& scope(ScopeId id) const { return scopes_[Raw(id)]; }
  const Binding& binding(BindingId id) const { return bindings_[Raw(id)]; }
  size_t binding_count() const { return bindings_.size(); }

  // Identifier, Self, StructLiteral, PatternName, PatternRest: what the name means.
  Reference reference(NodeId node) const;
  // For, Const, TryExcept (when it has a name), FuncDecl, StructDecl: the binding it makes.
  BindingId declared(NodeId node) const { return reference(node).binding; }
  ScopeId scope_of(NodeId block) const { return ScopeId{marks_[Raw(block)]}; }
  // Spawn and the test blocks.
  UnitId unit_of(NodeId node) const { return UnitId{marks_[Raw(node)]}; }
  UnitId unit_of_function(uint32_t function) const { return function_units_[function]; }
  // The thunk of a field's default; kNoUnit when it has none.
  UnitId unit_of_default(uint32_t structure, size_t field) const {
    return default_units_[structure][field];
  }
  // `from m import a, b`: the bindings of a and b. `import m` below file level: the hidden binding
  // of the namespace and the binding of m. `import m` at file level: nothing.
  absl::Span<const BindingId> import_bindings(NodeId import) const;

  // True when the value of this Identifier or Self may be moved out of its local.
  bool is_last_use(NodeId node) const { return last_uses_[Raw(node)]; }

  // The number of `binding` among the captures of `unit`.
  uint32_t capture_index(UnitId unit, BindingId binding) const {
    return capture_indices_.at(uint64_t{Raw(unit)} << 32 | Raw(binding));
  }
  bool is_captured(UnitId unit, BindingId binding) const {
    return capture_indices_.contains(uint64_t{Raw(unit)} << 32 | Raw(binding));
  }

  // Names of the global slots.
  const std::vector<std::string>& globals() const { return globals_; }
  // The binding in each slot, or kNoBinding.
  const std::vector<BindingId>& global_bindings() const { return global_bindings_; }
  const std::vector<ExportedName>& exports() const { return exports_; }
  // Test blocks and groups in source order; a group appears twice, at its begin and its end.
  const std::vector<NodeId>& tests() const { return tests_; }
  // Some `import m` at file level can bind any global.
  bool has_open_import() const { return has_open_import_; }

 private:
  friend class Resolver;

  static constexpr uint32_t kNone = 0xffffffff;
  // Marks of names: a tag in the top two bits, a number below.
  static constexpr uint32_t kTagShift = 30;
  enum Tag : uint32_t { kBindingTag, kSlotTag, kCandidatesTag };

  struct WithCandidates {
    BindingId binding;
    uint32_t slot;
    std::vector<BindingId> candidates;
  };

  std::vector<Unit> units_;
  std::vector<Scope> scopes_;
  std::vector<Binding> bindings_;
  // By node: what a name refers to; the scope of a Block, the unit of a Spawn or test block, the
  // first of import_bindings_ of an Import.
  BulkVector<uint32_t> marks_;
  std::vector<bool> last_uses_;  // by node
  std::vector<WithCandidates> with_candidates_;
  std::vector<BindingId> import_bindings_;  // count, then the bindings of one import
  std::vector<UnitId> function_units_;
  std::vector<std::vector<UnitId>> default_units_;
  absl::flat_hash_map<uint64_t, uint32_t> capture_indices_;
  std::vector<std::string> globals_;
  std::vector<BindingId> global_bindings_;
  std::vector<ExportedName> exports_;
  std::vector<NodeId> tests_;
  bool has_open_import_ = false;
};

}  // namespace ruff

#endif  // RUFF_LANG_SEMA_RESOLUTION_H_
