#include "ruff/driver/option.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace ruff {
namespace {

constexpr OptionInfo kOptions[] = {
#define RUFF_OPTION(Id, name, letter, kind, low, high, choices, help) \
  {name, letter, OptionKind::k##kind, low, high, choices, help},
#include "ruff/driver/option.def"
};

constexpr std::string_view kNoBytes = ": expected a number of bytes such as 500000, 64M or 2G";

// Decimal digits without a sign; the complaint if they are not.
std::string ParseNumber(std::string_view text, uint64_t* number) {
  if (text.empty()) return ": cannot parse integer from empty string";
  if (!std::all_of(text.begin(), text.end(), absl::ascii_isdigit)) {
    return ": invalid digit found in string";
  }
  return absl::SimpleAtoi(text, number) ? "" : ": number too large to fit in target type";
}

std::string ParseBytes(std::string_view text, uint64_t* number) {
  int shift = 0;
  if (!text.empty()) {
    const size_t unit = std::string_view("KMG").find(absl::ascii_toupper(text.back()));
    if (unit != std::string_view::npos) {
      shift = 10 * static_cast<int>(unit + 1);
      text.remove_suffix(1);
    }
  }
  if (!ParseNumber(text, number).empty() || *number > UINT64_MAX >> shift) {
    return std::string(kNoBytes);
  }
  *number <<= shift;
  return "";
}

}  // namespace

const OptionInfo& InfoOf(OptionId id) { return kOptions[static_cast<size_t>(id)]; }

std::optional<OptionId> FindOption(std::string_view word) {
  for (size_t i = 0; i < std::size(kOptions); ++i) {
    const OptionInfo& option = kOptions[i];
    const bool is_letter =
        word.size() == 2 && word[0] == '-' && option.letter != 0 && word[1] == option.letter;
    if (option.name == word || is_letter) return static_cast<OptionId>(i);
  }
  return std::nullopt;
}

bool LooksLikeOption(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && word != "--" && !absl::ascii_isdigit(word[1]);
}

std::string OptionUsage(const OptionInfo& option) {
  if (option.kind == OptionKind::kFlag) return std::string(option.name);
  const std::string placeholder =
      absl::AsciiStrToUpper(absl::StrReplaceAll(option.name.substr(2), {{"-", "_"}}));
  return absl::StrCat(option.name, " <", placeholder, ">");
}

std::string ParseOptionValue(const OptionInfo& option, std::string_view text, uint64_t* number) {
  switch (option.kind) {
    case OptionKind::kFlag:
    case OptionKind::kText:
      return "";
    case OptionKind::kBytes:
      return ParseBytes(text, number);
    case OptionKind::kNumber: {
      const std::string complaint = ParseNumber(text, number);
      if (!complaint.empty() || (*number >= option.low && *number <= option.high)) return complaint;
      return absl::StrCat(": ", *number, " is not in ", option.low, "..=", option.high);
    }
    case OptionKind::kChoice: {
      const std::vector<std::string_view> choices = absl::StrSplit(option.choices, ' ');
      if (std::find(choices.begin(), choices.end(), text) != choices.end()) return "";
      return absl::StrCat("\n  [possible values: ", absl::StrJoin(choices, ", "), "]");
    }
  }
  return "";
}

}  // namespace ruff
