// udp_*: datagrams as programs see them.

#include <errno.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/network/destination/outbound_policy.h"
#include "ruff/network/socket/lookup.h"
#include "ruff/network/socket/socket_text.h"
#include "ruff/network/udp/families.h"
#include "ruff/network/udp/udp_socket.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/handle.h"

namespace ruff {
namespace {

constexpr std::string_view kBindArguments = "udp_bind requires (string_host, int_port) arguments";
constexpr std::string_view kSendArguments =
    "udp_send_to requires (UdpSocket, string_or_bytes_data, string_host, int_port) arguments";
constexpr std::string_view kReceiveArguments =
    "udp_receive_from requires (UdpSocket, int_size) arguments";
constexpr std::string_view kCloseArguments = "udp_close requires a UdpSocket argument";
constexpr char kBinding[] = "Failed to bind UDP socket on";

struct UdpHandle final : HandleState {
  static constexpr std::string_view kType = "udpsocket";

  explicit UdpHandle(std::shared_ptr<UdpSocket> s) : socket(std::move(s)) {}
  std::string_view type() const override { return kType; }
  std::string_view title() const override { return "UdpSocket"; }
  bool has_fields() const override { return false; }

  const std::shared_ptr<UdpSocket> socket;
};

// Ends `call` with a socket at the first address that can be bound.
void BindSocket(PendingCall call, const std::string& host, uint16_t port,
                const AddressLookup& lookup) {
  if (!call.is_wanted()) return;
  Socket socket;
  std::string why;
  if (!OpenAtFirst(lookup, port, BindDatagrams, &socket, &why)) {
    return call.Throw(EndpointFailure(kBinding, host, port, why));
  }
  call.Return(NewHandle(std::make_unique<UdpHandle>(
      std::make_shared<UdpSocket>(call.scheduler(), std::move(socket)))));
}

Value UdpBind(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsInt()) return context.Fail(std::string(kBindArguments));
  const std::string host(TextOf(args[0]));
  if (!IsPort(args[1].i)) {
    return context.Fail(EndpointFailure(kBinding, host, args[1].i, kInvalidPort));
  }
  return LookUp(context, host,
                [host, port = static_cast<uint16_t>(args[1].i)](PendingCall call,
                                                                const AddressLookup& lookup) {
                  BindSocket(std::move(call), host, port, lookup);
                });
}

struct Parcel {
  std::shared_ptr<UdpSocket> socket;
  std::string data;
  std::string host;
  uint16_t port;
  OutboundPolicy policy;
};

void SendParcel(PendingCall call, Parcel parcel, const AddressLookup& lookup) {
  const std::string failure =
      absl::StrCat("Failed to send UDP datagram to '", parcel.host, ":", parcel.port, "'");
  if (!lookup.error.empty()) {
    return call.Throw(parcel.policy.deny_private
                          ? UnresolvedDestination(parcel.host, parcel.port, lookup.error)
                          : absl::StrCat(failure, ": ", lookup.error));
  }
  const std::string refusal = CheckDestination(parcel.policy, "udp_send_to", lookup.addresses);
  if (!refusal.empty()) return call.Throw(refusal);
  const bool is_v6 = parcel.socket->is_open() && parcel.socket->is_v6();
  const auto address =
      std::find_if(lookup.addresses.begin(), lookup.addresses.end(),
                   [&](const IpAddress& candidate) { return candidate.is_v6() == is_v6; });
  if (address == lookup.addresses.end()) {
    return call.Throw(SocketFailure(failure, EAFNOSUPPORT));
  }
  parcel.socket->Send(std::move(call), std::move(parcel.data), {*address, parcel.port}, failure);
}

Value UdpSendTo(NativeContext& context, Value* args, uint32_t) {
  const auto* handle = StateAs<UdpHandle>(args[0]);
  const bool is_bytes = args[1].Is(Kind::kBytes);
  if (handle == nullptr || (!args[1].IsString() && !is_bytes) || !args[2].IsString() ||
      !args[3].IsInt()) {
    return context.Fail(std::string(kSendArguments));
  }
  if (!IsPort(args[3].i) || args[3].i == 0) {
    return context.Fail("udp_send_to failed: destination port must be 1-65535");
  }
  if (!handle->socket->is_open()) return context.Fail("udp_send_to failed: socket is closed");
  Parcel parcel = {
      .socket = handle->socket,
      .data = std::string(is_bytes ? args[1].As<Bytes>()->view() : TextOf(args[1])),
      .host = std::string(TextOf(args[2])),
      .port = static_cast<uint16_t>(args[3].i),
      .policy = ReadOutboundPolicy(),
  };
  if (!parcel.policy.error.empty()) return context.Fail(parcel.policy.error);
  return LookUp(context, parcel.host,
                [parcel](PendingCall call, const AddressLookup& lookup) mutable {
                  SendParcel(std::move(call), std::move(parcel), lookup);
                });
}

Value UdpReceiveFrom(NativeContext& context, Value* args, uint32_t) {
  const auto* handle = StateAs<UdpHandle>(args[0]);
  if (handle == nullptr || !args[1].IsInt()) return context.Fail(std::string(kReceiveArguments));
  const std::string problem = CheckReceiveSize("udp_receive_from", args[1].i);
  if (!problem.empty()) return context.Fail(problem);
  return handle->socket->Receive(context, static_cast<uint64_t>(args[1].i));
}

Value UdpClose(NativeContext& context, Value* args, uint32_t) {
  const auto* handle = StateAs<UdpHandle>(args[0]);
  if (handle == nullptr) return context.Fail(std::string(kCloseArguments));
  handle->socket->Close();
  return Value::Bool(true);
}

constexpr NativeFunction kTable[] = {
    {.name = "udp_bind",
     .min_args = 2,
     .max_args = 2,
     .body = UdpBind,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kNetworkServer,
     .signature = "udp_bind(host: string, port: int) -> udpsocket",
     .doc = "A socket that sends and receives datagrams at an address of this machine.",
     .example = "print(udp_bind(\"127.0.0.1\", 0)) => <udpsocket>",
     .errors = "udp_bind requires (string_host, int_port) arguments\n"
               "Failed to bind UDP socket on 'H:P': OSERR\n"
               "Failed to bind UDP socket on 'H:P': invalid port value",
     .arity_error = kBindArguments},
    {.name = "udp_send_to",
     .min_args = 4,
     .max_args = 4,
     .body = UdpSendTo,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kNetworkClient,
     .signature =
         "udp_send_to(socket: udpsocket, data: string | bytes, host: string, port: int) -> int",
     .doc = "Sends one datagram, which may be empty; the number of bytes.",
     .example = R"(socket := udp_bind("127.0.0.1", 47111)
print(udp_send_to(socket, "hello", "127.0.0.1", 47111)) => 5)",
     .errors = "udp_send_to requires (UdpSocket, string_or_bytes_data, string_host, int_port) "
               "arguments\n"
               "udp_send_to failed: destination port must be 1-65535\n"
               "Failed to send UDP datagram to 'H:P': OSERR\n"
               "udp_send_to failed: socket is closed",
     .arity_error = kSendArguments},
    {.name = "udp_receive_from",
     .min_args = 2,
     .max_args = 2,
     .body = UdpReceiveFrom,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kNetworkClient,
     .signature = "udp_receive_from(socket: udpsocket, size: int) -> dict",
     .doc = "The next datagram as `data`, `from` and `size`; what exceeds the size is lost.",
     .example = R"(socket := udp_bind("127.0.0.1", 47112)
udp_send_to(socket, "hello", "127.0.0.1", 47112)
print(udp_receive_from(socket, 100)) => {"data": hello, "from": 127.0.0.1:47112, "size": 5})",
     .errors = "udp_receive_from requires (UdpSocket, int_size) arguments\n"
               "udp_receive_from size must be positive\n"
               "udp_receive_from size exceeds maximum network body size (N bytes > LIMIT bytes)\n"
               "Failed to receive UDP datagram: OSERR\n"
               "Failed to receive UDP datagram timed out after 30000ms read/30000ms write timeout "
               "policy: OSERR\n"
               "udp_receive_from failed: socket is closed",
     .arity_error = kReceiveArguments},
    {.name = "udp_close",
     .min_args = 1,
     .max_args = 1,
     .body = UdpClose,
     .signature = "udp_close(socket: udpsocket) -> bool",
     .doc = "Closes a socket; true, also when it is closed already.",
     .example = "print(udp_close(udp_bind(\"127.0.0.1\", 0))) => true",
     .errors = "udp_close requires a UdpSocket argument",
     .arity_error = kCloseArguments},
};

}  // namespace

absl::Span<const NativeFunction> UdpBuiltins() { return kTable; }

}  // namespace ruff
