#include "ruff/runtime/vm/capability.h"

#include "absl/strings/str_cat.h"

namespace ruff {
namespace {

struct Texts {
  std::string_view name;
  std::string_view flag;
  std::string_view purpose;
};
constexpr Texts kTexts[] = {
    {"none", "none", "nothing"},
#define RUFF_CAPABILITY(name, text, flag, purpose) {text, flag, purpose},
#include "ruff/runtime/vm/capability.def"
};

}  // namespace

std::string_view CapabilityName(Capability c) { return kTexts[static_cast<int>(c)].name; }
std::string_view CapabilityFlag(Capability c) { return kTexts[static_cast<int>(c)].flag; }

std::string_view CapabilityPurpose(Capability c) { return kTexts[static_cast<int>(c)].purpose; }

std::string DenialMessage(Capability c, std::string_view native) {
  return absl::StrCat("Capability denied: ", CapabilityName(c), " required for ", native,
                      "; rerun with --allow-", CapabilityFlag(c));
}

}  // namespace ruff
