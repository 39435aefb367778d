// Constants of a module and of one function.

#ifndef RUFF_LANG_COMPILE_CONSTANT_POOL_H_
#define RUFF_LANG_COMPILE_CONSTANT_POOL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ruff/base/index_table.h"
#include "ruff/lang/bytecode/module.h"

namespace ruff {

Constant IntConstant(int64_t value);
Constant FloatConstant(double value);
Constant BoolConstant(bool value);
Constant PlainConstant(Constant::Kind kind);  // kNull, kNone

// Gives each string of a module one index.
class ModuleStrings {
 public:
  explicit ModuleStrings(Module* module) : module_(module) {}

  Constant Add(std::string_view text);

 private:
  Module* module_;
  IndexTable indices_;
};

// The constants of one function. Instructions with 16-bit operands reach only the first ones, so
// those they name come first: the *near* ones are numbered at once, the *far* ones, which only
// 32-bit operands name, follow them when the function is done. A Ref is either.
class FunctionConstants {
 public:
  // Far refs have kFarBit set; Resolve turns them into indices when all constants are known.
  using Ref = uint32_t;
  static constexpr Ref kFarBit = 0x80000000;

  // A number for a 16-bit operand; nothing when they have run out. Constants that an instruction
  // could also load from afar leave some room to names, which would need a FarName.
  std::optional<uint32_t> AddName(const Constant& string) {
    return AddNear(string, kFarNameOperand);
  }
  std::optional<uint32_t> AddOperand(const Constant& constant) {
    return AddNear(constant, kMaxNearOperand / 2);
  }
  Ref Add(const Constant& constant);

  uint32_t Resolve(Ref ref) const {
    return ref & kFarBit ? static_cast<uint32_t>(near_.size()) + (ref & ~kFarBit) : ref;
  }
  std::vector<Constant> Take();

 private:
  using Key = std::pair<uint8_t, uint64_t>;  // kind, and index or value

  static Key KeyOf(const Constant& constant);
  static uint32_t Find(const IndexTable& indices, const std::vector<Constant>& constants,
                       uint64_t hash, const Key& key);
  std::optional<uint32_t> AddNear(const Constant& constant, size_t limit);

  std::vector<Constant> near_;
  std::vector<Constant> far_;
  IndexTable near_indices_;
  IndexTable far_indices_;
};

}  // namespace ruff

#endif  // RUFF_LANG_COMPILE_CONSTANT_POOL_H_
