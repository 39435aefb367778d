#include "ruff/network/destination/outbound_policy.h"

#include <stdlib.h>

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace ruff {
namespace {

constexpr char kPolicyVariable[] = "RUFF_NET_DESTINATION_POLICY";
constexpr char kOverrideVariable[] = "RUFF_ALLOW_PRIVATE_NETWORK_DESTINATIONS";

std::string_view Raw(const char* variable) {
  const char* value = getenv(variable);
  return value == nullptr ? std::string_view() : value;
}

bool IsOneOf(std::string_view raw, std::initializer_list<std::string_view> words) {
  const std::string word = absl::AsciiStrToLower(absl::StripAsciiWhitespace(raw));
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

OutboundPolicy ReadOutboundPolicy() {
  OutboundPolicy policy;
  const std::string_view raw = Raw(kPolicyVariable);
  if (IsOneOf(raw, {"deny_private", "deny-private", "strict"})) {
    policy.deny_private = !IsOneOf(Raw(kOverrideVariable), {"1", "true", "yes", "on"});
  } else if (!IsOneOf(raw, {"", "allow_all", "allow-all", "permissive"})) {
    policy.error = absl::StrCat("Invalid ", kPolicyVariable, " value '", raw,
                                "'; expected one of: allow_all, deny_private");
  }
  return policy;
}

std::string CheckDestination(const OutboundPolicy& policy, std::string_view surface,
                             absl::Span<const IpAddress> addresses) {
  if (!policy.error.empty()) return policy.error;
  if (!policy.deny_private) return "";
  std::set<std::string> blocked;
  for (const IpAddress& address : addresses) {
    if (address.IsPrivate()) blocked.insert(address.Text());
  }
  if (blocked.empty()) return "";
  return absl::StrCat(
      surface,
      " blocked by outbound destination policy 'deny_private' (resolved to blocked addresses: ",
      absl::StrJoin(blocked, ", "), "). Set ", kOverrideVariable,
      "=1 to allow trusted local/private destinations.");
}

std::string UnresolvedDestination(std::string_view host, int port, std::string_view error) {
  return absl::StrCat("Failed to resolve network destination '", host, ":", port, "': ", error);
}

}  // namespace ruff
