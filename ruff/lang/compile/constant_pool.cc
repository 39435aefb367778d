#include "ruff/lang/compile/constant_pool.h"

#include <bit>

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
  const auto [it, is_new] =
      indices_.try_emplace(text, static_cast<uint32_t>(module_->strings.size()));
  if (is_new) module_->strings.emplace_back(text);
  Constant constant;
  constant.kind = Constant::Kind::kString;
  constant.index = it->second;
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

std::optional<uint32_t> FunctionConstants::AddNear(const Constant& constant, size_t limit) {
  const Key key = KeyOf(constant);
  if (const auto it = near_indices_.find(key); it != near_indices_.end()) return it->second;
  if (near_.size() >= limit) return std::nullopt;
  const uint32_t index = static_cast<uint32_t>(near_.size());
  near_.push_back(constant);
  near_indices_.emplace(key, index);
  return index;
}

FunctionConstants::Ref FunctionConstants::Add(const Constant& constant) {
  const Key key = KeyOf(constant);
  if (const auto it = near_indices_.find(key); it != near_indices_.end()) return it->second;
  const auto [it, is_new] = far_indices_.try_emplace(key, static_cast<uint32_t>(far_.size()));
  if (is_new) far_.push_back(constant);
  return it->second | kFarBit;
}

std::vector<Constant> FunctionConstants::Take() {
  near_.insert(near_.end(), far_.begin(), far_.end());
  return std::move(near_);
}

}  // namespace ruff
