// Which expressions are constant, and their values.
//
// One pass over all nodes from the leaves up (children have smaller ids). Folded are literals,
// array and dict literals of constants, and arithmetic that cannot fail: whatever would throw is
// left to the run.

#ifndef RUFF_LANG_COMPILE_FOLDING_H_
#define RUFF_LANG_COMPILE_FOLDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/bytecode/module.h"
#include "ruff/lang/compile/constant_pool.h"

namespace ruff {

class Folding {
 public:
  // Unless `folds` only literals that are no lists are constant.
  Folding(const Ast& ast, bool folds, Module* module, ModuleStrings* strings);

  bool IsConstant(NodeId node) const { return is_constant_[Raw(node)]; }
  // The value of a constant node. Recursion goes as deep as literals are nested.
  Constant ValueOf(NodeId node);
  // A number, without touching the pools of the module.
  std::optional<Constant> NumberOf(NodeId node) const;

 private:
  static bool IsLiteral(NodeKind kind);
  void FoldNode(uint32_t id);
  void FoldBinary(uint32_t id, const Node& n);
  std::optional<std::string> TextOf(NodeId node) const;
  bool IsConstantKey(NodeId node) const;
  Constant ArrayOf(const Node& n);
  Constant DictOf(const Node& n);

  const Ast& ast_;
  Module* module_;
  ModuleStrings* strings_;
  std::vector<bool> is_constant_;
  absl::flat_hash_map<uint32_t, Constant> numbers_;   // folded operators
  absl::flat_hash_map<uint32_t, std::string> texts_;  // folded concatenations
};

}  // namespace ruff

#endif  // RUFF_LANG_COMPILE_FOLDING_H_
