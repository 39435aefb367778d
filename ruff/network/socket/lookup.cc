#include "ruff/network/socket/lookup.h"

#include <utility>

#include "ruff/async/core/poller.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/base/os_error.h"

namespace ruff {
namespace {

constexpr char kUnknownName[] = "failed to lookup address information: Name or service not known";

class NameLookup final : public Work {
 public:
  NameLookup(std::string host, PendingCall call,
             absl::AnyInvocable<void(PendingCall, AddressLookup)> found)
      : host_(std::move(host)), call_(std::move(call)), found_(std::move(found)) {}

  std::string_view name() const override { return "name lookup"; }
  void Run() override { lookup_ = Resolve(host_); }
  void Done() override { found_(std::move(call_), std::move(lookup_)); }

 private:
  const std::string host_;
  PendingCall call_;
  absl::AnyInvocable<void(PendingCall, AddressLookup)> found_;
  AddressLookup lookup_;
};

}  // namespace

Value LookUp(NativeContext& context, std::string host,
             absl::AnyInvocable<void(PendingCall, AddressLookup)> found) {
  PendingCall call(Scheduler::Of(context));
  const Value awaited = call.Awaited();
  if (host.find('\0') != host.npos || host.empty()) {
    found(std::move(call), {.addresses = {}, .error = kUnknownName});
  } else if (const auto address = IpAddress::Parse(host)) {
    found(std::move(call), {.addresses = {*address}, .error = ""});
  } else {
    Poller& poller = call.scheduler().poller();
    poller.Start(new NameLookup(std::move(host), std::move(call), std::move(found)));
  }
  return awaited;
}

bool OpenAtFirst(const AddressLookup& lookup, uint16_t port, int (*open)(const Endpoint&, Socket*),
                 Socket* socket, std::string* why) {
  *why = lookup.error;
  for (const IpAddress& address : lookup.addresses) {
    const int error = open({address, port}, socket);
    if (error == 0) return true;
    *why = OsErrorText(error);
  }
  return false;
}

}  // namespace ruff
