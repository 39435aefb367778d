#include "ruff/lang/ast/ast.h"

#include <bit>
#include <utility>

namespace ruff {

std::string_view Spelling(BinaryOp op) {
  static constexpr std::string_view kSpelling[] = {
#define RUFF_BINARY_OP(name, spelling, precedence) spelling,
#include "ruff/lang/ast/operator.def"
  };
  return kSpelling[static_cast<size_t>(op)];
}

std::string_view Spelling(AssignOp op) {
  static constexpr std::string_view kSpelling[] = {
#define RUFF_ASSIGN_OP(name, spelling) spelling,
#include "ruff/lang/ast/operator.def"
  };
  return kSpelling[static_cast<size_t>(op)];
}

int Precedence(BinaryOp op) {
  static constexpr uint8_t kPrecedence[] = {
#define RUFF_BINARY_OP(name, spelling, precedence) precedence,
#include "ruff/lang/ast/operator.def"
  };
  return kPrecedence[static_cast<size_t>(op)];
}

std::string_view Name(NodeKind kind) {
  static constexpr std::string_view kName[] = {
#define RUFF_NODE(name, a, b, doc) #name,
#include "ruff/lang/ast/node_kind.def"
  };
  return kName[static_cast<size_t>(kind)];
}

double FloatValue(const Node& n) { return std::bit_cast<double>(IntValue(n)); }

Ast::Ast() : words_{0} {}

void Ast::Reserve(size_t nodes, size_t words) {
  nodes_.reserve(nodes);
  words_.reserve(words);
}

size_t Ast::memory_bytes() const {
  size_t bytes = nodes_.size() * sizeof(Node) + words_.size() * sizeof(uint32_t) +
                 functions_.size() * sizeof(FunctionNode) + structs_.size() * sizeof(StructNode);
  for (const FunctionNode& f : functions_) bytes += f.parameters.size() * sizeof(Parameter);
  for (const StructNode& s : structs_) {
    bytes += s.fields.size() * sizeof(StructField) + s.methods.size() * sizeof(FunctionId);
  }
  return bytes;
}

ListId Ast::AddList(absl::Span<const uint32_t> items) {
  if (items.empty()) return kEmptyList;
  const uint32_t id = static_cast<uint32_t>(words_.size());
  words_.push_back(static_cast<uint32_t>(items.size()));
  if (items.size() == 1) {  // most argument lists
    words_.push_back(items[0]);
  } else {
    words_.insert(words_.end(), items.begin(), items.end());
  }
  return ListId{id};
}

uint32_t Ast::AddExtra(std::initializer_list<uint32_t> words) {
  const uint32_t index = static_cast<uint32_t>(words_.size());
  words_.insert(words_.end(), words);
  return index;
}

FunctionId Ast::AddFunction(FunctionNode function) {
  functions_.push_back(std::move(function));
  return FunctionId{static_cast<uint32_t>(functions_.size() - 1)};
}

StructId Ast::AddStruct(StructNode structure) {
  structs_.push_back(std::move(structure));
  return StructId{static_cast<uint32_t>(structs_.size() - 1)};
}

}  // namespace ruff
