// tcp_*: connections as programs see them.

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/network/destination/outbound_policy.h"
#include "ruff/network/socket/lookup.h"
#include "ruff/network/socket/socket_text.h"
#include "ruff/network/tcp/connect.h"
#include "ruff/network/tcp/families.h"
#include "ruff/network/tcp/tcp_value.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/collection.h"

namespace ruff {
namespace {

constexpr std::string_view kListenArguments =
    "tcp_listen requires (string_host, int_port) arguments";
constexpr std::string_view kAcceptArguments = "tcp_accept requires a TcpListener argument";
constexpr std::string_view kConnectArguments =
    "tcp_connect requires (string_host, int_port) arguments";
constexpr std::string_view kSendArguments =
    "tcp_send requires (TcpStream, string_or_bytes_data) arguments";
constexpr std::string_view kReceiveArguments =
    "tcp_receive requires (TcpStream, int_size) arguments";
constexpr std::string_view kCloseArguments =
    "tcp_close requires a TcpStream or TcpListener argument";
constexpr std::string_view kNonblockingArguments =
    "tcp_set_nonblocking requires (TcpStream/TcpListener, bool) arguments";
constexpr char kBinding[] = "Failed to bind TCP listener on";

// Ends `call` with a listener at the first address that can be bound.
void BindListener(PendingCall call, const std::string& host, uint16_t port,
                  const AddressLookup& lookup) {
  if (!call.is_wanted()) return;
  Socket socket;
  std::string why;
  if (!OpenAtFirst(lookup, port, Listen, &socket, &why)) {
    return call.Throw(EndpointFailure(kBinding, host, port, why));
  }
  call.Return(NewTcpListener(call.scheduler(), std::move(socket)));
}

Value TcpListen(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsInt()) return context.Fail(std::string(kListenArguments));
  const std::string host(TextOf(args[0]));
  if (!IsPort(args[1].i)) {
    return context.Fail(EndpointFailure(kBinding, host, args[1].i, kInvalidPort));
  }
  return LookUp(context, host,
                [host, port = static_cast<uint16_t>(args[1].i)](PendingCall call,
                                                                const AddressLookup& lookup) {
                  BindListener(std::move(call), host, port, lookup);
                });
}

Value TcpAccept(NativeContext& context, Value* args, uint32_t) {
  const auto* handle = StateAs<TcpListenerHandle>(args[0]);
  if (handle == nullptr) return context.Fail(std::string(kAcceptArguments));
  return handle->listener->Accept(context);
}

void ConnectTo(PendingCall call, std::string host, uint16_t port, const OutboundPolicy& policy,
               AddressLookup lookup) {
  if (!call.is_wanted()) return;
  if (!lookup.error.empty()) {
    return call.Throw(policy.deny_private ? UnresolvedDestination(host, port, lookup.error)
                                          : EndpointFailure("tcp_connect failed to resolve", host,
                                                            port, lookup.error));
  }
  const std::string refusal = CheckDestination(policy, "tcp_connect", lookup.addresses);
  if (!refusal.empty()) return call.Throw(refusal);
  TcpConnect::Start(std::move(call), std::move(host), port, std::move(lookup.addresses));
}

Value Connect(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsInt()) return context.Fail(std::string(kConnectArguments));
  if (!IsPort(args[1].i) || args[1].i == 0) {
    return context.Fail("tcp_connect failed: destination port must be 1-65535");
  }
  const OutboundPolicy policy = ReadOutboundPolicy();
  if (!policy.error.empty()) return context.Fail(policy.error);
  const std::string host(TextOf(args[0]));
  return LookUp(context, host,
                [host, port = static_cast<uint16_t>(args[1].i), policy](
                    PendingCall call, AddressLookup lookup) mutable {
                  ConnectTo(std::move(call), std::move(host), port, policy, std::move(lookup));
                });
}

Value TcpSend(NativeContext& context, Value* args, uint32_t) {
  const auto* handle = StateAs<TcpStreamHandle>(args[0]);
  const bool is_bytes = args[1].Is(Kind::kBytes);
  if (handle == nullptr || (!args[1].IsString() && !is_bytes)) {
    return context.Fail(std::string(kSendArguments));
  }
  return handle->stream->Send(context, is_bytes ? args[1].As<Bytes>()->view() : TextOf(args[1]));
}

Value TcpReceive(NativeContext& context, Value* args, uint32_t) {
  const auto* handle = StateAs<TcpStreamHandle>(args[0]);
  if (handle == nullptr || !args[1].IsInt()) return context.Fail(std::string(kReceiveArguments));
  const std::string problem = CheckReceiveSize("tcp_receive", args[1].i);
  if (!problem.empty()) return context.Fail(problem);
  return handle->stream->Receive(context, static_cast<uint64_t>(args[1].i));
}

Value TcpClose(NativeContext& context, Value* args, uint32_t) {
  if (const auto* handle = StateAs<TcpStreamHandle>(args[0])) {
    handle->stream->Close();
  } else if (const auto* listening = StateAs<TcpListenerHandle>(args[0])) {
    listening->listener->Close();
  } else {
    return context.Fail(std::string(kCloseArguments));
  }
  return Value::Bool(true);
}

template <typename T>
Value SetNonblocking(NativeContext& context, T& socket, std::string_view what, bool on) {
  if (!socket.is_open()) {
    return context.Fail(absl::StrCat("tcp_set_nonblocking failed: ", what, " is closed"));
  }
  socket.set_nonblocking(on);
  return Value::Bool(true);
}

Value TcpSetNonblocking(NativeContext& context, Value* args, uint32_t) {
  const auto* handle = StateAs<TcpStreamHandle>(args[0]);
  const auto* listening = StateAs<TcpListenerHandle>(args[0]);
  if (!args[1].Is(Kind::kBool) || (handle == nullptr && listening == nullptr)) {
    return context.Fail(std::string(kNonblockingArguments));
  }
  return handle != nullptr ? SetNonblocking(context, *handle->stream, "stream", args[1].b)
                           : SetNonblocking(context, *listening->listener, "listener", args[1].b);
}

#define RUFF_TCP_TIMEOUT(operation) \
  operation " timed out after 30000ms read/30000ms write timeout policy: OSERR"

constexpr NativeFunction kTable[] = {
    {.name = "tcp_listen",
     .min_args = 2,
     .max_args = 2,
     .body = TcpListen,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kNetworkServer,
     .signature = "tcp_listen(host: string, port: int) -> tcplistener",
     .doc = "Takes TCP connections at an address of this machine.",
     .example = "print(tcp_listen(\"127.0.0.1\", 0)) => <tcplistener>",
     .errors = "tcp_listen requires (string_host, int_port) arguments\n"
               "Failed to bind TCP listener on 'H:P': OSERR\n"
               "Failed to bind TCP listener on 'H:P': invalid port value",
     .arity_error = kListenArguments},
    {.name = "tcp_accept",
     .min_args = 1,
     .max_args = 1,
     .body = TcpAccept,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kNetworkServer,
     .signature = "tcp_accept(listener: tcplistener) -> tcpstream",
     .doc = "The next connection; waits for it.",
     .example = R"(listener := tcp_listen("127.0.0.1", 47101)
client := tcp_connect("127.0.0.1", 47101)
print(tcp_accept(listener)) => <tcpstream>)",
     .errors = "tcp_accept requires a TcpListener argument\n"
               "Failed to accept connection: OSERR\n" RUFF_TCP_TIMEOUT(
                   "Failed to accept connection") "\n"
                                                  "tcp_accept failed: listener is closed",
     .arity_error = kAcceptArguments},
    {.name = "tcp_connect",
     .min_args = 2,
     .max_args = 2,
     .body = Connect,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kNetworkClient,
     .signature = "tcp_connect(host: string, port: int) -> tcpstream",
     .doc = "A connection to a host; tries every address that it has, each for 10 seconds.",
     .example = R"(try { tcp_connect("127.0.0.1", 1) } except e { print(e.message) } => )"
                "tcp_connect failed to connect to '127.0.0.1:1': Connection refused (os error 111)",
     .errors = "tcp_connect requires (string_host, int_port) arguments\n"
               "tcp_connect failed: destination port must be 1-65535\n"
               "tcp_connect failed to resolve 'H:P': OSERR\n"
               "tcp_connect failed to connect to 'H:P': OSERR",
     .arity_error = kConnectArguments},
    {.name = "tcp_send",
     .min_args = 2,
     .max_args = 2,
     .body = TcpSend,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kNetworkClient,
     .signature = "tcp_send(stream: tcpstream, data: string | bytes) -> int",
     .doc = "Sends all of the data; the number of bytes.",
     .example = R"(listener := tcp_listen("127.0.0.1", 47102)
print(tcp_send(tcp_connect("127.0.0.1", 47102), "héllo")) => 6)",
     .errors = "tcp_send requires (TcpStream, string_or_bytes_data) arguments\n"
               "Failed to send data over TCP: OSERR\n" RUFF_TCP_TIMEOUT(
                   "Failed to send data over TCP") "\n"
                                                   "tcp_send failed: stream is closed",
     .arity_error = kSendArguments},
    {.name = "tcp_receive",
     .min_args = 2,
     .max_args = 2,
     .body = TcpReceive,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kNetworkClient,
     .signature = "tcp_receive(stream: tcpstream, size: int) -> string | bytes",
     .doc =
         "At most so many bytes, as soon as any are there: a string when they are UTF-8. An empty "
         "string when the other side sends no more.",
     .example = R"(listener := tcp_listen("127.0.0.1", 47103)
tcp_send(tcp_connect("127.0.0.1", 47103), "hello")
peer := tcp_accept(listener)
print(tcp_receive(peer, 2), tcp_receive(peer, 100)) => he llo)",
     .errors = "tcp_receive requires (TcpStream, int_size) arguments\n"
               "tcp_receive size must be positive\n"
               "tcp_receive size exceeds maximum network body size (N bytes > LIMIT bytes)\n"
               "Failed to receive data from TCP: OSERR\n" RUFF_TCP_TIMEOUT(
                   "Failed to receive data from TCP") "\n"
                                                      "tcp_receive failed: stream is closed",
     .arity_error = kReceiveArguments},
    {.name = "tcp_close",
     .min_args = 1,
     .max_args = 1,
     .body = TcpClose,
     .signature = "tcp_close(socket: tcpstream | tcplistener) -> bool",
     .doc = "Closes a stream or a listener; true, also when it is closed already.",
     .example = "print(tcp_close(tcp_listen(\"127.0.0.1\", 0))) => true",
     .errors = "tcp_close requires a TcpStream or TcpListener argument",
     .arity_error = kCloseArguments},
    {.name = "tcp_set_nonblocking",
     .min_args = 2,
     .max_args = 2,
     .body = TcpSetNonblocking,
     .signature = "tcp_set_nonblocking(socket: tcpstream | tcplistener, on: bool) -> bool",
     .doc = "Whether calls that would wait throw instead.",
     .example = R"(listener := tcp_listen("127.0.0.1", 0)
tcp_set_nonblocking(listener, true)
try { tcp_accept(listener) } except e { print(len(e.message) > 0) } => true)",
     .errors = "tcp_set_nonblocking requires (TcpStream/TcpListener, bool) arguments\n"
               "tcp_set_nonblocking failed: stream is closed\n"
               "tcp_set_nonblocking failed: listener is closed",
     .arity_error = kNonblockingArguments},
};

}  // namespace

absl::Span<const NativeFunction> TcpBuiltins() { return kTable; }

}  // namespace ruff
