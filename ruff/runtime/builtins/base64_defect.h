// Strict Base64: only what an encoder makes is taken, and the error says what is wrong where.

#ifndef RUFF_RUNTIME_BUILTINS_BASE64_DEFECT_H_
#define RUFF_RUNTIME_BUILTINS_BASE64_DEFECT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace ruff {

enum class Base64 : uint8_t {
  kStandard,  // A-Z a-z 0-9 + /, padded with =
  kUrl,       // A-Z a-z 0-9 - _, not padded
  kBcrypt,    // . / A-Z a-z 0-9, not padded
};

// What is wrong with `text`, and where; empty when nothing is. Then Abseil's decoder takes it, too.
std::string FindBase64Defect(std::string_view text, Base64 variant = Base64::kStandard);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_BASE64_DEFECT_H_
