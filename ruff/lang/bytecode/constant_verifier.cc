#include "ruff/lang/bytecode/constant_verifier.h"

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "ruff/base/utf8.h"

namespace ruff {
namespace {

using Kind = Constant::Kind;

bool IsKey(const Constant& constant) {
  return constant.kind == Kind::kString || constant.kind == Kind::kInt;
}

// The int whose decimal text is `text`, if there is one: such a key is the int.
std::optional<int64_t> CanonicalInt(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (text != absl::StrCat(value)) return std::nullopt;  // 007, -0
  return value;
}

}  // namespace

absl::Status ConstantVerifier::VerifyPools() {
  for (size_t i = 0; i < module_.strings.size(); ++i) {
    if (!IsValidUtf8(module_.strings[i])) {
      return absl::InvalidArgumentError(absl::StrCat("string ", i, " is not valid UTF-8"));
    }
  }
  if (absl::Status status = VerifyElements(); !status.ok()) return status;
  if (absl::Status status = VerifyKeys(); !status.ok()) return status;
  return VerifyAcyclic();
}

absl::Status ConstantVerifier::VerifyElements() {
  holds_keys_.assign(module_.arrays.size(), true);
  for (size_t i = 0; i < module_.arrays.size(); ++i) {
    for (const Constant& element : module_.arrays[i]) {
      if (!IsValid(element)) {
        return absl::InvalidArgumentError(absl::StrCat("array ", i, " has a bad element"));
      }
      if (!IsKey(element)) holds_keys_[i] = false;
    }
  }
  for (size_t i = 0; i < module_.dicts.size(); ++i) {
    for (const auto& [key, value] : module_.dicts[i]) {
      if (!IsValid(key) || !IsKey(key) || !IsValid(value)) {
        return absl::InvalidArgumentError(absl::StrCat("dict ", i, " has a bad entry"));
      }
    }
  }
  return absl::OkStatus();
}

absl::Status ConstantVerifier::VerifyKeys() const {
  absl::flat_hash_set<int64_t> ints;
  absl::flat_hash_set<std::string_view> strings;
  for (size_t i = 0; i < module_.dicts.size(); ++i) {
    ints.clear();
    strings.clear();
    for (const auto& [key, value] : module_.dicts[i]) {
      std::optional<int64_t> number;
      if (key.kind == Kind::kInt) {
        number = key.i;
      } else {
        number = CanonicalInt(module_.strings[key.index]);
      }
      const bool is_new = number.has_value() ? ints.insert(*number).second
                                             : strings.insert(module_.strings[key.index]).second;
      if (!is_new) {
        return absl::InvalidArgumentError(absl::StrCat("dict ", i, " has a key twice"));
      }
    }
  }
  return absl::OkStatus();
}

// Depth-first over arrays, then dicts, as nodes 0, 1, ...; the stack is explicit, since constants
// may nest deeply.
absl::Status ConstantVerifier::VerifyAcyclic() const {
  const size_t arrays = module_.arrays.size();
  enum class State : uint8_t { kNew, kOpen, kDone };
  std::vector<State> states(arrays + module_.dicts.size(), State::kNew);
  std::vector<std::pair<size_t, size_t>> stack;  // node, next element
  const auto child = [&](const Constant& element) -> std::optional<size_t> {
    if (element.kind == Kind::kArray) return element.index;
    if (element.kind == Kind::kDict) return arrays + element.index;
    return std::nullopt;
  };
  for (size_t root = 0; root < states.size(); ++root) {
    if (states[root] != State::kNew) continue;
    states[root] = State::kOpen;
    stack.push_back({root, 0});
    while (!stack.empty()) {
      auto& [node, next] = stack.back();
      const bool is_array = node < arrays;
      const size_t size =
          is_array ? module_.arrays[node].size() : module_.dicts[node - arrays].size();
      if (next == size) {
        states[node] = State::kDone;
        stack.pop_back();
        continue;
      }
      const Constant& element =
          is_array ? module_.arrays[node][next] : module_.dicts[node - arrays][next].second;
      ++next;
      const std::optional<size_t> inner = child(element);
      if (!inner.has_value() || states[*inner] == State::kDone) continue;
      if (states[*inner] == State::kOpen) {
        return absl::InvalidArgumentError("a constant contains itself");
      }
      states[*inner] = State::kOpen;
      stack.push_back({*inner, 0});
    }
  }
  return absl::OkStatus();
}

bool ConstantVerifier::IsValid(const Constant& constant) const {
  switch (constant.kind) {
    case Kind::kNull:
    case Kind::kNone:
    case Kind::kInt:
    case Kind::kFloat:
      return true;
    case Kind::kBool:
      return constant.i == 0 || constant.i == 1;
    case Kind::kString:
      return constant.index < module_.strings.size();
    case Kind::kIntArray:
      return constant.index < module_.int_arrays.size();
    case Kind::kFloatArray:
      return constant.index < module_.float_arrays.size();
    case Kind::kArray:
      return constant.index < module_.arrays.size();
    case Kind::kDict:
      return constant.index < module_.dicts.size();
  }
  return false;
}

bool ConstantVerifier::Fits(const Constant& constant, ConstantRole role) const {
  const bool is_number = constant.kind == Kind::kInt || constant.kind == Kind::kFloat;
  const bool is_string = constant.kind == Kind::kString;
  switch (role) {
    case ConstantRole::kAny:
      return true;
    case ConstantRole::kString:
      return is_string;
    case ConstantRole::kNumber:
      return is_number;
    case ConstantRole::kNumberOrString:
      return is_number || is_string;
    case ConstantRole::kKey:
      return IsKey(constant);
    case ConstantRole::kKeyArray:
      return constant.kind == Kind::kIntArray ||
             (constant.kind == Kind::kArray && holds_keys_[constant.index]);
  }
  return false;
}

}  // namespace ruff
