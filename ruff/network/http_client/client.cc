// The HTTP client as programs see it.

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ruff/network/http/body_text.h"
#include "ruff/network/http/status.h"
#include "ruff/network/http_client/families.h"
#include "ruff/network/http_client/pending_request.h"
#include "ruff/network/http_client/response_value.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/dict_member.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/collection.h"

namespace ruff {
namespace {

constexpr Surface kGet = {"HTTP GET"};
constexpr Surface kPost = {"HTTP POST"};
constexpr Surface kPut = {"HTTP PUT"};
constexpr Surface kDelete = {"HTTP DELETE"};
constexpr Surface kBinary = {"HTTP GET request"};
constexpr Surface kStream = {"HTTP GET stream", "HTTP GET stream request"};
constexpr Surface kRequest = {"HTTP request"};

Dict* StatusAndBody(const HttpResponse& response) {
  Dict* dict = NewDict(3);
  PutMember(dict, "status", Value::Int(response.status));
  PutMember(dict, "body", BodyText(response.body));
  return dict;
}

// --- Outcomes. ---

HttpOutcome Thrown(std::string_view message) { return {HttpOutcome::kThrown, NewText(message)}; }

HttpOutcome FinishPlain(const HttpRequest&, HttpResponse& response) {
  if (!response.error.empty()) return Thrown(response.error);
  return {HttpOutcome::kValue, Value::Heap(StatusAndBody(response))};
}

HttpOutcome FinishBytes(const HttpRequest& request, HttpResponse& response) {
  if (!response.error.empty()) return Thrown(response.error);
  if (response.status < 200 || response.status > 299) {
    const std::string_view name = request.surface.name == kBinary.name ? "HTTP GET" : kStream.name;
    return Thrown(absl::StrCat(name, " failed with status: ", StatusText(response.status)));
  }
  return {HttpOutcome::kValue, Value::Heap(NewBytes(response.body))};
}

// An element of parallel_http.
HttpOutcome FinishElement(const HttpRequest&, HttpResponse& response) {
  Dict* dict = StatusAndBody(response);
  if (!response.error.empty()) PutMember(dict, "error", NewText(response.error));
  return {HttpOutcome::kValue, Value::Heap(dict)};
}

HttpOutcome FinishAsync(const HttpRequest&, HttpResponse& response) {
  if (!response.error.empty()) return {HttpOutcome::kReason, NewText(response.error)};
  Dict* dict = StatusAndBody(response);
  PutMember(dict, "headers", HeaderDict(response.headers));
  return {HttpOutcome::kValue, Value::Heap(dict)};
}

HttpOutcome FinishResult(const HttpRequest&, HttpResponse& response) {
  if (!response.error.empty()) {
    return {HttpOutcome::kValue, Value::Heap(NewBox(Kind::kErr, NewText(response.error)))};
  }
  Dict* dict = NewDict(5);
  PutMember(dict, "status", Value::Int(response.status));
  PutMember(dict, "_status", Value::Int(response.status));
  const Value body = BodyText(response.body);
  PutMember(dict, "body", Retain(body));
  PutMember(dict, "_body", body);
  PutMember(dict, "headers", HeaderDict(response.headers));
  return {HttpOutcome::kValue, Value::Heap(NewBox(Kind::kOk, Value::Heap(dict)))};
}

// --- http_get and its like. ---

Value Start(NativeContext& context, HttpRequest request, HttpFinish finish,
            bool can_abort = false) {
  return Value::Heap(
      StartHttpRequest(Scheduler::Of(context), std::move(request), std::move(finish), can_abort));
}

Value FromUrl(NativeContext& context, std::string_view name, Value url, const Surface& surface,
              const char* method, HttpFinish finish) {
  if (!url.IsString()) return context.Fail(absl::StrCat(name, " requires a URL string"));
  return Start(context, {.surface = surface, .method = method, .url = std::string(TextOf(url))},
               std::move(finish));
}

Value Get(NativeContext& context, Value* args, uint32_t) {
  return FromUrl(context, "http_get", args[0], kGet, "GET", FinishPlain);
}
Value Delete(NativeContext& context, Value* args, uint32_t) {
  return FromUrl(context, "http_delete", args[0], kDelete, "DELETE", FinishPlain);
}
Value GetBinary(NativeContext& context, Value* args, uint32_t) {
  return FromUrl(context, "http_get_binary", args[0], kBinary, "GET", FinishBytes);
}
Value GetStream(NativeContext& context, Value* args, uint32_t) {
  return FromUrl(context, "http_get_stream", args[0], kStream, "GET", FinishBytes);
}

Value WithBody(NativeContext& context, std::string_view name, Value* args, const Surface& surface,
               const char* method) {
  if (!args[0].IsString() || !args[1].IsString()) {
    return context.Fail(absl::StrCat(name, " requires URL and JSON body strings"));
  }
  return Start(context,
               {.surface = surface,
                .method = method,
                .url = std::string(TextOf(args[0])),
                .headers = {{"content-type", "application/json"}},
                .body = std::string(TextOf(args[1]))},
               FinishPlain);
}
Value Post(NativeContext& context, Value* args, uint32_t) {
  return WithBody(context, "http_post", args, kPost, "POST");
}
Value PutBody(NativeContext& context, Value* args, uint32_t) {
  return WithBody(context, "http_put", args, kPut, "PUT");
}

Value ParallelHttp(NativeContext& context, Value* args, uint32_t) {
  constexpr char kError[] = "parallel_http requires an array of URL strings";
  if (!args[0].IsArray()) return context.Fail(kError);
  auto* urls = args[0].As<Array>();
  for (uint64_t i = 0; i < urls->size; ++i) {
    if (!ArrayGet(urls, i).IsString()) return context.Fail(kError);
  }
  Array* promises = NewArray(urls->size, Array::kValues);
  for (uint64_t i = 0; i < urls->size; ++i) {
    ArrayPush(promises,
              Start(context, {.surface = kGet, .url = std::string(TextOf(ArrayGet(urls, i)))},
                    FinishElement));
  }
  Promise* all = Scheduler::Of(context).Combine(Aggregate::kAll, promises, {});
  ReleaseObject(promises);
  return Value::Heap(all);
}

// --- Requests with headers and options. ---

Value Request(NativeContext& context, Value* args, uint32_t count) {
  if (count == 1 && !args[0].IsDict()) {
    return context.Fail("http_request() single-argument form requires a request dictionary");
  }
  if (count == 2 && !args[0].IsString()) {
    return context.Fail("http_request() requires a URL string as first argument");
  }
  if (count == 2 && !args[1].IsDict()) {
    return context.Fail("http_request() requires an options dictionary as second argument");
  }
  const Value options = args[count - 1];
  const Value url = count == 2 ? args[0] : Member(options, "url");
  if (count == 1 && (!url.IsString() || absl::StripAsciiWhitespace(TextOf(url)).empty())) {
    return context.Fail("http_request() request dictionary requires a non-empty 'url' string");
  }
  HttpRequest request = {.surface = kRequest, .url = std::string(TextOf(url))};
  if (const Value method = Member(options, "method"); method.IsString()) {
    request.method = absl::AsciiStrToUpper(TextOf(method));
  }
  if (!IsHttpToken(request.method)) {
    return Value::Heap(NewBox(
        Kind::kErr,
        NewText(absl::StrCat("Invalid HTTP method '", request.method, "': invalid HTTP method"))));
  }
  for (const char* key : {"headers", "_headers"}) {
    if (const Value headers = Member(options, key); headers.IsDict()) {
      request.headers = HeadersOf(headers.As<Dict>());
    }
  }
  for (const char* key : {"body", "_body"}) {
    if (const Value body = Member(options, key); body.IsString()) {
      request.body = std::string(TextOf(body));
    }
  }
  if (const Value timeout = Member(options, "timeout"); timeout.IsNumber()) {
    const double ms = FloatOf(timeout) * 1'000;
    request.timeout_ms = ms >= INT32_MAX ? INT32_MAX : std::max<int64_t>(TruncateToInt(ms), 1);
  }
  return Start(context, std::move(request), FinishResult);
}

Value AsyncGet(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) {
    return context.Fail("async_http_get() requires a string URL argument");
  }
  return Start(context, {.surface = kGet, .url = std::string(TextOf(args[0]))}, FinishAsync, true);
}

Value AsyncPost(NativeContext& context, Value* args, uint32_t count) {
  if (!args[0].IsString()) {
    return context.Fail("async_http_post() requires a string URL argument");
  }
  if (!args[1].IsString()) {
    return context.Fail("async_http_post() requires a string body argument");
  }
  HttpRequest request = {.surface = kPost,
                         .method = "POST",
                         .url = std::string(TextOf(args[0])),
                         .body = std::string(TextOf(args[1]))};
  if (count == 3) {
    if (!args[2].IsDict()) return context.Fail("async_http_post() headers must be a dictionary");
    request.headers = HeadersOf(args[2].As<Dict>());
  }
  return Start(context, std::move(request), FinishAsync, true);
}

// Examples must work anywhere: they fail before anything is sent.
#define RUFF_HTTP_REFUSED(call, what)                              \
  "try { print(" call ") } except e { print(e.message) } => " what \
  " failed: unsupported URL scheme 'ftp'; expected http or https"

#define RUFF_HTTP_ROW(ruff_name, fewest, most, function, awaits, text, summary, sample, kinds, \
                      arity)                                                                   \
  {.name = ruff_name,                                                                          \
   .min_args = fewest,                                                                         \
   .max_args = most,                                                                           \
   .body = function,                                                                           \
   .flags = awaits,                                                                            \
   .capability = Capability::kNetworkClient,                                                   \
   .signature = ruff_name text,                                                                \
   .doc = summary,                                                                             \
   .example = sample,                                                                          \
   .errors = kinds,                                                                            \
   .arity_error = ruff_name "() expects " arity ", got {}"}

constexpr NativeFunction kTable[] = {
    RUFF_HTTP_ROW("http_get", 1, 1, Get, NativeFunction::kAwaits, "(url: string) -> dict",
                  "Status and body of a GET.",
                  RUFF_HTTP_REFUSED("http_get(\"ftp://example.com\")", "HTTP GET"),
                  "http_get requires a URL string", "1 argument (url)"),
    RUFF_HTTP_ROW(
        "http_post", 2, 2, Post, NativeFunction::kAwaits, "(url: string, body: string) -> dict",
        "Status and body of a POST of JSON.",
        RUFF_HTTP_REFUSED("http_post(\"ftp://example.com\", to_json({\"id\": 1}))", "HTTP POST"),
        "http_post requires URL and JSON body strings", "2 arguments (url, body)"),
    RUFF_HTTP_ROW(
        "http_put", 2, 2, PutBody, NativeFunction::kAwaits, "(url: string, body: string) -> dict",
        "Status and body of a PUT of JSON.",
        RUFF_HTTP_REFUSED("http_put(\"ftp://example.com\", to_json({\"id\": 1}))", "HTTP PUT"),
        "http_put requires URL and JSON body strings", "2 arguments (url, body)"),
    RUFF_HTTP_ROW("http_delete", 1, 1, Delete, NativeFunction::kAwaits, "(url: string) -> dict",
                  "Status and body of a DELETE.",
                  RUFF_HTTP_REFUSED("http_delete(\"ftp://example.com\")", "HTTP DELETE"),
                  "http_delete requires a URL string", "1 argument (url)"),
    RUFF_HTTP_ROW("http_get_binary", 1, 1, GetBinary, NativeFunction::kAwaits,
                  "(url: string) -> bytes", "The body of a GET that succeeds.",
                  RUFF_HTTP_REFUSED("http_get_binary(\"ftp://example.com\")", "HTTP GET request"),
                  "http_get_binary requires a URL string", "1 argument (url)"),
    RUFF_HTTP_ROW("http_get_stream", 1, 1, GetStream, NativeFunction::kAwaits,
                  "(url: string) -> bytes", "The whole body of a GET that succeeds.",
                  RUFF_HTTP_REFUSED("http_get_stream(\"ftp://example.com\")", "HTTP GET stream"),
                  "http_get_stream requires a URL string", "1 argument (url)"),
    RUFF_HTTP_ROW(
        "parallel_http", 1, 1, ParallelHttp, NativeFunction::kAwaits, "(urls: array) -> array",
        "The outcomes of many GETs at once, in order.",
        "for answer in parallel_http([\"ftp://example.com\"]) { print(answer[\"status\"]) } => 0",
        "parallel_http requires an array of URL strings", "1 argument (urls)"),
    RUFF_HTTP_ROW("http_request", 1, 2, Request, NativeFunction::kAwaits,
                  "(request: dict) or (url: string, options: dict) -> Result",
                  "Any request: Ok of status, body and headers, or Err of a text.",
                  "print(http_request(\"ftp://example.com\", {\"method\": \"HEAD\"})) => Err(HTTP "
                  "request failed: unsupported URL scheme 'ftp'; expected http or https)",
                  "http_request() single-argument form requires a request dictionary\n"
                  "http_request() request dictionary requires a non-empty 'url' string\n"
                  "http_request() requires a URL string as first argument\n"
                  "http_request() requires an options dictionary as second argument",
                  "1-2 arguments ((request), or (url, options))"),
    RUFF_HTTP_ROW("async_http_get", 1, 1, AsyncGet, 0, "(url: string) -> promise",
                  "A promise of status, body and headers of a GET.",
                  RUFF_HTTP_REFUSED("await async_http_get(\"ftp://example.com\")",
                                    "Promise rejected: HTTP GET"),
                  "async_http_get() requires a string URL argument", "1 argument (url)"),
    RUFF_HTTP_ROW("async_http_post", 2, 3, AsyncPost, 0,
                  "(url: string, body: string, headers: dict = {}) -> promise",
                  "A promise of status, body and headers of a POST.",
                  RUFF_HTTP_REFUSED("await async_http_post(\"ftp://example.com\", \"hi\")",
                                    "Promise rejected: HTTP POST"),
                  "async_http_post() requires a string URL argument\n"
                  "async_http_post() requires a string body argument\n"
                  "async_http_post() headers must be a dictionary",
                  "2-3 arguments (url, body, headers?)"),
};

#undef RUFF_HTTP_ROW
#undef RUFF_HTTP_REFUSED

}  // namespace

absl::Span<const NativeFunction> HttpClientBuiltins() { return kTable; }

}  // namespace ruff
