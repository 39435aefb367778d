#include "testing/generator/ir.h"

namespace ruff::generator {

const ExpressionInfo& InfoOf(ExpressionKind kind) {
  static constexpr ExpressionInfo kInfos[] = {
#define RUFF_EXPRESSION(name, type, weight, operands, text) {Type::type, weight, operands, text},
#include "testing/generator/expression.def"
  };
  return kInfos[static_cast<int>(kind)];
}

}  // namespace ruff::generator
