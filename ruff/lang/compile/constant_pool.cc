#include "ruff/lang/compile/constant_pool.h"

#include <bit>

#include "absl/hash/hash.h"

namespace ruff {

Constant IntConstant(int64_t value) {
  Constant constant;
  constant.kind = Constant::Kind::kInt;
  constant.i = value;
  return constant;
}

Constant FloatConstant(double value) {
  Constant constant;
  constant.kind = Constant::Kind::kFloat;
  constant.d = value;
  return constant;
}

Constant BoolConstant(bool value) {
  Constant constant;
  constant.kind = Constant::Kind::kBool;
  constant.i = value;
  return constant;
}

Constant PlainConstant(Constant::Kind kind) {
  Constant constant;
  constant.kind = kind;
  return constant;
}

Constant ModuleStrings::Add(std::string_view text) {
  const uint64_t hash = absl::HashOf(text);
  std::vector<std::string>& strings = module_->strings;
  Constant constant;
  constant.kind = Constant::Kind::kString;
  constant.index = indices_.Find(hash, [&](uint32_t index) { return strings[index] == text; });
  if (constant.index == IndexTable::kNone) {
    constant.index = static_cast<uint32_t>(strings.size());
    strings.emplace_back(text);
    indices_.Add(hash, constant.index);
  }
  return constant;
}

FunctionConstants::Key FunctionConstants::KeyOf(const Constant& constant) {
  const uint8_t kind = static_cast<uint8_t>(constant.kind);
  switch (constant.kind) {
    case Constant::Kind::kNull:
    case Constant::Kind::kNone:
      return {kind, 0};
    case Constant::Kind::kBool:
    case Constant::Kind::kInt:
      return {kind, static_cast<uint64_t>(constant.i)};
    case Constant::Kind::kFloat:
      return {kind, std::bit_cast<uint64_t>(constant.d)};
    default:
      return {kind, constant.index};
  }
}

uint32_t FunctionConstants::Find(const IndexTable& indices, const std::vector<Constant>& constants,
                                 uint64_t hash, const Key& key) {
  return indices.Find(hash, [&](uint32_t index) { return KeyOf(constants[index]) == key; });
}

std::optional<uint32_t> FunctionConstants::AddNear(const Constant& constant, size_t limit) {
  const Key key = KeyOf(constant);
  const uint64_t hash = absl::HashOf(key);
  const uint32_t found = Find(near_indices_, near_, hash, key);
  if (found != IndexTable::kNone) return found;
  if (near_.size() >= limit) return std::nullopt;
  const uint32_t index = static_cast<uint32_t>(near_.size());
  near_.push_back(constant);
  near_indices_.Add(hash, index);
  return index;
}

FunctionConstants::Ref FunctionConstants::Add(const Constant& constant) {
  const Key key = KeyOf(constant);
  const uint64_t hash = absl::HashOf(key);
  uint32_t index = Find(near_indices_, near_, hash, key);
  if (index != IndexTable::kNone) return index;
  index = Find(far_indices_, far_, hash, key);
  if (index == IndexTable::kNone) {
    index = static_cast<uint32_t>(far_.size());
    far_.push_back(constant);
    far_indices_.Add(hash, index);
  }
  return index | kFarBit;
}

std::vector<Constant> FunctionConstants::Take() {
  if (near_.empty()) return std::move(far_);
  near_.insert(near_.end(), far_.begin(), far_.end());
  return std::move(near_);
}

}  // namespace ruff
