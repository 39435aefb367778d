// The verifier's part about constants: what the pools of a module must be like, and what a constant
// may stand for.

#ifndef RUFF_LANG_BYTECODE_CONSTANT_VERIFIER_H_
#define RUFF_LANG_BYTECODE_CONSTANT_VERIFIER_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "ruff/lang/bytecode/module.h"

namespace ruff {

// What an instruction demands of its constant.
enum class ConstantRole : uint8_t {
  kAny,
  kString,
  kNumber,  // int or float
  kNumberOrString,
  kKey,       // string or int
  kKeyArray,  // an array of keys
};

class ConstantVerifier {
 public:
  explicit ConstantVerifier(const Module& module) : module_(module) {}

  // Strings are UTF-8; elements refer to pool entries that exist; no array or dict contains itself,
  // however indirectly; dict keys are strings or ints and differ (the int 1 and the string "1" are
  // the same key). To be called first.
  absl::Status VerifyPools();

  // True when `constant` has a kind, a payload of that kind, and refers to a pool entry that
  // exists.
  bool IsValid(const Constant& constant) const;

  // `constant` must be valid.
  bool Fits(const Constant& constant, ConstantRole role) const;

 private:
  absl::Status VerifyElements();
  absl::Status VerifyKeys() const;
  absl::Status VerifyAcyclic() const;

  const Module& module_;
  std::vector<bool> holds_keys_;  // by array: every element is a key
};

}  // namespace ruff

#endif  // RUFF_LANG_BYTECODE_CONSTANT_VERIFIER_H_
