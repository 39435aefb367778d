#include "ruff/network/socket/lookup.h"

#include <utility>

namespace ruff {
namespace {

constexpr char kUnknownName[] = "failed to lookup address information: Name or service not known";

class NameLookup final : public Work {
 public:
  NameLookup(std::string host, absl::AnyInvocable<void(AddressLookup)> found)
      : host_(std::move(host)), found_(std::move(found)) {}

  std::string_view name() const override { return "name lookup"; }
  void Run() override { lookup_ = Resolve(host_); }
  void Done() override { found_(std::move(lookup_)); }

 private:
  const std::string host_;
  absl::AnyInvocable<void(AddressLookup)> found_;
  AddressLookup lookup_;
};

}  // namespace

void LookUp(Poller& poller, std::string host, absl::AnyInvocable<void(AddressLookup)> found) {
  if (host.find('\0') != host.npos || host.empty()) {
    found({.addresses = {}, .error = kUnknownName});
  } else if (const auto address = IpAddress::Parse(host)) {
    found({.addresses = {*address}, .error = ""});
  } else {
    poller.Start(new NameLookup(std::move(host), std::move(found)));
  }
}

}  // namespace ruff
