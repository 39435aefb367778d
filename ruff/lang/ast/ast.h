// The syntax tree: flat vectors addressed by 32-bit ids.
//
// A program of a million calls must not cost a million heap objects, so a tree is four vectors:
//
//   nodes      20 bytes each: kind, operator, flags, source span, two 32-bit operands
//   (node_kind.def) words      lists ("count, item, item, …") and the extra words some kinds need
//   functions  one record per func declaration, lambda and method, in source order
//   structs    one record per struct declaration
//
// plus two tables that make equal names and strings share one id. Children are created before their
// parent, so node ids grow from the leaves to the root. Nothing here knows tokens: a tree outlives
// the token buffer, but refers to the source text only by offsets.

#ifndef RUFF_LANG_AST_AST_H_
#define RUFF_LANG_AST_AST_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "ruff/lang/ast/string_table.h"

namespace ruff {

enum class NodeId : uint32_t {};
enum class NameId : uint32_t {};
enum class StringId : uint32_t {};
enum class ListId : uint32_t {};
enum class FunctionId : uint32_t {};
enum class StructId : uint32_t {};

// The number inside an id, as operands and lists hold it.
template <typename Id>
constexpr uint32_t Raw(Id id) {
  return static_cast<uint32_t>(id);
}

inline constexpr NodeId kNoNode{0xffffffff};
inline constexpr NameId kNoName{0xffffffff};
inline constexpr ListId kEmptyList{0};

enum class NodeKind : uint8_t {
#define RUFF_NODE(name, a, b, doc) k##name,
#include "ruff/lang/ast/node_kind.def"
};

enum class BinaryOp : uint8_t {
#define RUFF_BINARY_OP(name, spelling, precedence) k##name,
#include "ruff/lang/ast/operator.def"
};

enum class AssignOp : uint8_t {
#define RUFF_ASSIGN_OP(name, spelling) k##name,
#include "ruff/lang/ast/operator.def"
};

// "+", "|>", ":=", ….
std::string_view Spelling(BinaryOp op);
std::string_view Spelling(AssignOp op);

// From 1 (`|>`) to 8 (`*`); higher binds tighter.
int Precedence(BinaryOp op);

// "Binary", "ExprStmt", ….
std::string_view Name(NodeKind kind);

enum NodeFlag : uint8_t {
  kParenthesized = 1,  // the expression stood in parentheses (a boundary for pipe and await)
  kMutable = 2,        // Let: written `mut`
  kHasParens = 4,      // Tag, CaseName, CaseVariant: written with parentheses
  kLoopWhile = 8,      // While: written `loop while`
  kHasSymbols = 16,    // Import: written `from m import …`
  kTextPart = 32,      // String: text between the expressions of an Interpolated, no expression
};

struct Node {
  NodeKind kind;
  uint8_t op;      // BinaryOp or AssignOp
  uint8_t flags;   // NodeFlag bits
  uint32_t begin;  // byte offset of the first character of the construct
  uint32_t end;    // byte offset just after its last character
  uint32_t a;
  uint32_t b;
};
static_assert(sizeof(Node) == 20);

struct Parameter {
  NameId name;      // the name "self" for self
  uint32_t offset;  // of the name
  NodeId type;      // or kNoNode
};

struct FunctionNode {
  NameId name;           // kNoName for function expressions
  uint32_t name_offset;  // of the name, or of `func`
  uint32_t begin, end;   // span of the whole declaration
  std::vector<Parameter> parameters;
  NodeId return_type;  // or kNoNode
  NodeId body;         // Block
  bool is_async = false;
  bool is_generator = false;
};

struct StructField {
  NameId name;
  uint32_t offset;
  NodeId type;           // or kNoNode
  NodeId default_value;  // or kNoNode
};

struct StructNode {
  NameId name;
  uint32_t name_offset;
  std::vector<StructField> fields;
  std::vector<FunctionId> methods;  // in source order
};

class Ast {
 public:
  Ast();
  Ast(Ast&&) = default;
  Ast& operator=(Ast&&) = default;

  const Node& node(NodeId id) const { return nodes_[static_cast<uint32_t>(id)]; }
  Node& node(NodeId id) { return nodes_[static_cast<uint32_t>(id)]; }
  size_t node_count() const { return nodes_.size(); }

  // The items of a list operand.
  absl::Span<const uint32_t> list(uint32_t id) const {
    return absl::MakeConstSpan(words_).subspan(id + 1, words_[id]);
  }
  // The `i`-th extra word of an extra operand.
  uint32_t extra(uint32_t index, uint32_t i) const { return words_[index + i]; }

  const FunctionNode& function(uint32_t id) const { return functions_[id]; }
  FunctionNode& function(uint32_t id) { return functions_[id]; }
  const StructNode& structure(uint32_t id) const { return structs_[id]; }
  StructNode& structure(uint32_t id) { return structs_[id]; }
  size_t function_count() const { return functions_.size(); }
  size_t struct_count() const { return structs_.size(); }

  std::string_view name(NameId id) const { return names_.Get(static_cast<uint32_t>(id)); }
  std::string_view string(uint32_t id) const { return strings_.Get(id); }
  size_t name_count() const { return names_.size(); }

  // Bytes of nodes, words and records in use, without names and strings.
  size_t memory_bytes() const;

  // The top-level statements.
  absl::Span<const uint32_t> statements() const { return list(root_); }

  // Construction (used by the parser).
  void Reserve(size_t nodes, size_t words);
  NodeId Add(NodeKind kind, uint32_t begin, uint32_t end, uint32_t a = 0, uint32_t b = 0) {
    nodes_.push_back({kind, 0, 0, begin, end, a, b});
    return NodeId{static_cast<uint32_t>(nodes_.size() - 1)};
  }
  ListId AddList(absl::Span<const uint32_t> items);  // kEmptyList for no items
  uint32_t AddExtra(std::initializer_list<uint32_t> words);
  NameId InternName(std::string_view name) { return NameId{names_.Intern(name)}; }
  StringId InternString(std::string_view text) { return StringId{strings_.Intern(text)}; }
  FunctionId AddFunction(FunctionNode function);
  StructId AddStruct(StructNode structure);
  void SetStatements(ListId list) { root_ = static_cast<uint32_t>(list); }

 private:
  std::vector<Node> nodes_;
  std::vector<uint32_t> words_;
  std::vector<FunctionNode> functions_;
  std::vector<StructNode> structs_;
  StringTable names_;
  StringTable strings_;
  uint32_t root_ = 0;
};

inline int64_t IntValue(const Node& n) {
  return static_cast<int64_t>(static_cast<uint64_t>(n.b) << 32 | n.a);
}
double FloatValue(const Node& n);

}  // namespace ruff

#endif  // RUFF_LANG_AST_AST_H_
