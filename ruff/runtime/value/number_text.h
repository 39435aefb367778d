#ifndef RUFF_RUNTIME_VALUE_NUMBER_TEXT_H_
#define RUFF_RUNTIME_VALUE_NUMBER_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace ruff {

inline constexpr size_t kMaxIntText = 20;     // bytes of the longest int text
inline constexpr size_t kMaxFloatText = 352;  // bytes no float text exceeds

// Writes the decimal text at `buffer` (kMaxIntText bytes); returns its length.
size_t FormatInt(int64_t i, char* buffer);
// Writes the shortest digits that round-trip, without exponent, at `buffer` (kMaxFloatText bytes);
// returns the length. An integral float has no ".0"; specials are "NaN", "inf", "-inf", "-0".
size_t FormatFloat(double d, char* buffer);

void AppendInt(int64_t i, std::string* out);
void AppendFloat(double d, std::string* out);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_NUMBER_TEXT_H_
