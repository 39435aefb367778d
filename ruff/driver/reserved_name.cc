#include "ruff/driver/reserved_name.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace ruff {
namespace {

struct Category {
  std::string_view name;
  std::string_view words;

  bool Has(std::string_view word) const {
    for (std::string_view other : absl::StrSplit(words, ' ')) {
      if (other == word) return true;
    }
    return false;
  }
};
constexpr Category kCategories[] = {
#define RUFF_RESERVED(name, words) {#name, words},
#include "ruff/driver/reserved_name.def"
};

std::string CommandError(std::string_view word) {
  return absl::StrCat(
      "[RUFCLI001] [cli] error: Command name '", word,
      "' is reserved by the Ruff CLI.\n\n"
      "External packages cannot register reserved top-level commands.\n"
      "Use a supported contribution point such as contributes.doctor_profiles, or expose a "
      "pack-local command through `ruff pack run <namespace> <command>`.\n");
}

std::string NamespaceError(std::string_view word, std::string_view category) {
  return absl::StrCat(
      "[RUFCLI001] [cli] error: Namespace '", word, "' is reserved by Ruff (category: ", category,
      ").\n\nChoose a different namespace, or publish under a scoped Kennel package "
      "name when namespace support is available.\n");
}

}  // namespace

std::string ReservedNameError(std::string_view word) {
  const std::string name = absl::AsciiStrToLower(absl::StripAsciiWhitespace(word));
  // A word that may become a command is refused as one even when it is a namespace, too.
  const Category* found = nullptr;
  for (const Category& category : kCategories) {
    if (category.Has(name)) found = &category;
  }
  if (found == nullptr) return "";
  return found == &kCategories[0] ? NamespaceError(word, found->name) : CommandError(word);
}

}  // namespace ruff
