#ifndef RUFF_LANG_LEX_NUMBER_H_
#define RUFF_LANG_LEX_NUMBER_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace ruff {

// The value of the digits `text` (not empty); nullopt if it does not fit.
std::optional<int64_t> ParseInt(std::string_view text);

// The double nearest to `text`, which is `digits [. digits] [(e|E) [+|-] digits]`; nullopt if that
// is infinite. Values too small for a double are 0.
std::optional<double> ParseFloat(std::string_view text);

}  // namespace ruff

#endif  // RUFF_LANG_LEX_NUMBER_H_
