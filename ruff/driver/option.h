#ifndef RUFF_DRIVER_OPTION_H_
#define RUFF_DRIVER_OPTION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ruff {

enum class OptionId : uint8_t {
#define RUFF_OPTION(Id, name, letter, kind, low, high, choices, help) k##Id,
#include "ruff/driver/option.def"
};

enum class OptionKind : uint8_t {
  kFlag,    // takes no value
  kText,    // any text, also one that begins with `-`
  kNumber,  // decimal digits
  kBytes,   // decimal digits, then perhaps K, M or G
  kChoice,  // one of a few words
};

struct OptionInfo {
  std::string_view name;  // "--scheduler-timeout-ms"
  char letter;            // 0: none
  OptionKind kind;
  uint64_t low, high;
  std::string_view choices;
  std::string_view help;
};

const OptionInfo& InfoOf(OptionId id);

// The option spelled `word` ("--quiet" or "-q").
std::optional<OptionId> FindOption(std::string_view word);

// Is `word` meant as an option, known or not? `-`, `--` and negative numbers are none.
bool LooksLikeOption(std::string_view word);

// "--scheduler-timeout-ms <SCHEDULER_TIMEOUT_MS>", as messages and help call it; a flag is its
// name.
std::string OptionUsage(const OptionInfo& option);

// Is `text` a value for `option`? Empty, with *number set where it is one; else why not, worded for
// the end of "invalid value 'X' for '--opt <OPT>'".
std::string ParseOptionValue(const OptionInfo& option, std::string_view text, uint64_t* number);

}  // namespace ruff

#endif  // RUFF_DRIVER_OPTION_H_
