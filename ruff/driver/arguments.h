// The command line of one command, taken apart.

#ifndef RUFF_DRIVER_ARGUMENTS_H_
#define RUFF_DRIVER_ARGUMENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "ruff/driver/command.h"
#include "ruff/driver/option.h"

namespace ruff {

class Arguments {
 public:
  // `words` is what follows the command's name. Nothing when the command cannot be run so; then
  // *error is the whole text to print. With --help the rest is not looked at.
  static std::optional<Arguments> Parse(const Command& command,
                                        absl::Span<const std::string_view> words,
                                        std::string* error);

  bool Has(OptionId id) const { return values_.contains(id); }
  // The value given for `id`, the last one if there are several.
  std::string_view Text(OptionId id, std::string_view otherwise = "") const;
  uint64_t Number(OptionId id, uint64_t otherwise) const;

  // Positionals in order; optional ones may be missing at the end.
  const std::vector<std::string>& positionals() const { return positionals_; }
  // What is passed on to a program.
  const std::vector<std::string>& program_arguments() const { return program_arguments_; }

 private:
  friend class ArgumentParser;

  struct OptionValue {
    std::string text;
    uint64_t number = 0;
  };

  absl::flat_hash_map<OptionId, OptionValue> values_;
  std::vector<std::string> positionals_;
  std::vector<std::string> program_arguments_;
};

}  // namespace ruff

#endif  // RUFF_DRIVER_ARGUMENTS_H_
