// http_server, http_listen and the methods of servers.

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ruff/network/http_server/families.h"
#include "ruff/network/http_server/response_value.h"
#include "ruff/network/http_server/server_value.h"
#include "ruff/network/http_server/serving.h"
#include "ruff/network/socket/lookup.h"
#include "ruff/network/socket/socket_text.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/output.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {
namespace {

constexpr int kServerError = 500;
constexpr char kAnyAddress[] = "0.0.0.0";
constexpr std::string_view kRouteArguments = "route() requires (method, path, handler_function)";

Output& OutputOf(const NativeContext& context) {
  Output* output = context.output();
  return output != nullptr ? *output : *StandardOutput();
}

Value NewServer(NativeContext& context, std::string_view name, std::string_view host,
                int64_t port) {
  if (!IsPort(port)) return context.Fail(absl::StrCat(name, " port must be 0-65535"));
  return NewHandle(std::make_unique<HttpServer>(host, static_cast<uint16_t>(port)));
}

Value HttpServerAt(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsInt()) return context.Fail("http_server requires a port number");
  return NewServer(context, "http_server", kAnyAddress, args[0].i);
}

Value HttpListen(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsInt()) {
    return context.Fail("http_listen requires host string and port number");
  }
  const std::string_view host = absl::StripAsciiWhitespace(TextOf(args[0]));
  if (host.empty()) return context.Fail("http_listen requires a non-empty host string");
  return NewServer(context, "http_listen", host, args[1].i);
}

Value Route(NativeContext& context, Value* args, uint32_t count) {
  const bool is_callable = count == 4 && (args[3].Is(Kind::kFunction) || args[3].Is(Kind::kNative));
  if (!is_callable || !args[1].IsString() || !args[2].IsString()) {
    return context.Fail(std::string(kRouteArguments));
  }
  return NewHandle(std::make_unique<HttpServer>(
      Retain(args[0]), absl::AsciiStrToUpper(TextOf(args[1])), TextOf(args[2]), Retain(args[3])));
}

// The prelude's loop does it.
Value Serve(NativeContext& context, Value* args, uint32_t) {
  if (!Scheduler::CanWait(context)) return Value::Unset();
  Function* loop = static_cast<Vm&>(context).natives()->Prelude("__http_serve");
  return context.CallInstead(Value::Heap(RetainObject(loop)), Retain(args[0]));
}

// "127.0.0.1:80", "[::1]:80".
std::string Place(std::string_view host, uint16_t port) {
  return host.find(':') != host.npos ? absl::StrCat("[", host, "]:", port)
                                     : absl::StrCat(host, ":", port);
}

// Ends `call` with a server at work (owned_server is consumed).
void OpenServer(PendingCall call, Output& output, Value owned_server, const AddressLookup& lookup) {
  if (!call.is_wanted()) return Release(owned_server);
  const auto* server = StateAs<HttpServer>(owned_server);
  Socket socket;
  std::string why;
  if (!OpenAtFirst(lookup, server->port(), Listen, &socket, &why)) {
    call.Throw(absl::StrCat("Failed to start server: ", why));
    return Release(owned_server);
  }
  output.Write(absl::StrCat("Server listening on http://",
                            Place(server->host(), LocalEndpoint(socket).port),
                            "\nPress Ctrl+C to stop\n"));
  output.Flush();
  call.Return(
      NewHandle(std::make_unique<HttpServing>(call.scheduler(), owned_server, std::move(socket))));
}

Value Open(NativeContext& context, Value* args, uint32_t) {
  const auto* server = StateAs<HttpServer>(args[0]);
  Output& output = OutputOf(context);
  output.Write(
      absl::StrCat("Starting HTTP server on ", Place(server->host(), server->port()), "...\n"));
  output.Flush();
  return LookUp(
      context, server->host(),
      [&output, kept = Ref(Retain(args[0]))](PendingCall call, const AddressLookup& lookup) {
        OpenServer(std::move(call), output, Retain(kept.get()), lookup);
      });
}

Value Next(NativeContext&, Value* args, uint32_t) { return StateAs<HttpServing>(args[0])->Next(); }

Value Answer(NativeContext&, Value* args, uint32_t) {
  auto* exchange = StateAs<HttpExchange>(args[0]);
  if (const auto* value = StateAs<HttpResponseValue>(args[1])) {
    exchange->Answer(value->response);
  } else {
    exchange->Answer(ServerResponse(
        kServerError, "Internal Server Error: route handler must return an HTTP response"));
  }
  return Value::Null();
}

Value Fail(NativeContext& context, Value* args, uint32_t) {
  OutputOf(context).WriteError(
      absl::StrCat("Error in route handler: ", ErrorMessage(args[1]), "\n"));
  StateAs<HttpExchange>(args[0])->Answer(ServerResponse(kServerError, "Internal Server Error"));
  return Value::Null();
}

constexpr NativeFunction kTable[] = {
    {.name = "http_server",
     .min_args = 1,
     .max_args = 1,
     .body = HttpServerAt,
     .signature = "http_server(port: int) -> httpserver",
     .doc = "A server without routes for all addresses of this machine; `listen` opens the port.",
     .example = "print(http_server(8080)) => <httpserver>",
     .errors = "http_server requires a port number\n"
               "http_server port must be 0-65535",
     .arity_error = "http_server() expects 1 argument (port), got {}"},
    {.name = "http_listen",
     .min_args = 2,
     .max_args = 2,
     .body = HttpListen,
     .capability = Capability::kNetworkServer,
     .signature = "http_listen(host: string, port: int) -> httpserver",
     .doc = "A server without routes for one address of this machine; `listen` opens the port.",
     .example = R"(s := http_listen("127.0.0.1", 8080)
s := s.route("GET", "/users/:id", func(req) {
    return json_response(200, {"id": req.params.id})
})
print(s) => <httpserver>)",
     .errors = "http_listen requires host string and port number\n"
               "http_listen requires a non-empty host string\n"
               "http_listen port must be 0-65535",
     .arity_error = "http_listen() expects 2 arguments (host, port), got {}"},
    {.name = "httpserver.route",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Route,
     .flags = NativeFunction::kHidden},
    {.name = "httpserver.listen",
     .min_args = 1,
     .max_args = 1,
     .body = Serve,
     .flags = NativeFunction::kHidden,
     .capability = Capability::kNetworkServer,
     .arity_error = "HttpServer.listen expects 0 arguments, got {-1}",
     .alias_of = "http_server.listen"},
    {.name = "httpserver.start",
     .min_args = 1,
     .max_args = 1,
     .body = Serve,
     .flags = NativeFunction::kHidden,
     .capability = Capability::kNetworkServer,
     .arity_error = "HttpServer.start expects 0 arguments, got {-1}",
     .alias_of = "http_server.listen"},
    {.name = "__http_serve",
     .min_args = 1,
     .max_args = 1,
     .body = nullptr,
     .flags = NativeFunction::kHidden | NativeFunction::kPrelude},
    {.name = "__http_open",
     .min_args = 1,
     .max_args = 1,
     .body = Open,
     .flags = NativeFunction::kHidden | NativeFunction::kAwaits},
    {.name = "__http_next",
     .min_args = 1,
     .max_args = 1,
     .body = Next,
     .flags = NativeFunction::kHidden | NativeFunction::kAwaits},
    {.name = "__http_answer",
     .min_args = 2,
     .max_args = 2,
     .body = Answer,
     .flags = NativeFunction::kHidden},
    {.name = "__http_fail",
     .min_args = 2,
     .max_args = 2,
     .body = Fail,
     .flags = NativeFunction::kHidden},
};

}  // namespace

absl::Span<const NativeFunction> HttpServerBuiltins() { return kTable; }

}  // namespace ruff
