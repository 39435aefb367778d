// http_response and its like: what handlers answer.

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/network/http_server/families.h"
#include "ruff/network/http_server/response_value.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/json.h"

namespace ruff {
namespace {

Value NewResponse(ServerResponse response) {
  return NewHandle(std::make_unique<HttpResponseValue>(std::move(response)));
}

// A response with `body` and a type (empty: none), or a failure of the call of `name`.
Value Respond(NativeContext& context, std::string_view name, int64_t status, std::string_view type,
              std::string_view body) {
  if (status < ServerResponse::kLeastStatus || status > ServerResponse::kMostStatus) {
    return context.Fail(absl::StrCat(name, " status must be 100-999"));
  }
  ServerResponse response(static_cast<int>(status), std::string(body));
  if (!type.empty()) response.SetHeader("Content-Type", type);
  return NewResponse(std::move(response));
}

Value Plain(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsInt() || !args[1].IsString()) {
    return context.Fail("http_response requires status code and body string");
  }
  return Respond(context, "http_response", args[0].i, "", TextOf(args[1]));
}

Value Html(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsInt() || !args[1].IsString()) {
    return context.Fail("html_response requires status code and HTML string");
  }
  return Respond(context, "html_response", args[0].i, "text/html; charset=utf-8", TextOf(args[1]));
}

Value Json(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsInt()) return context.Fail("json_response requires status code and data");
  BoundedText text;
  std::string error;
  if (!WriteJson(args[1], JsonLayout::kCompact, &text, &error)) {
    return text.failed()
               ? FailTooLarge(context, "json_response")
               : context.Fail(absl::StrCat("json_response failed to serialize data: ", error));
  }
  return Respond(context, "json_response", args[0].i, "application/json", text.view());
}

// Sets the headers that are strings, in key order.
void SetHeaders(const Dict* headers, ServerResponse* response) {
  const uint32_t* order = DictOrder(headers);
  for (uint32_t i = 0; i < headers->size; ++i) {
    const DictEntry& entry = headers->entries[order[i]];
    if (!entry.value.IsString()) continue;
    String* name = DictKeyText(entry.key);
    response->SetHeader(name->view(), TextOf(entry.value));
    ReleaseObject(name);
  }
}

Value Redirect(NativeContext& context, Value* args, uint32_t count) {
  constexpr int kFound = 302;
  if (!args[0].IsString()) return context.Fail("redirect_response requires a URL string");
  if (count == 2 && !args[1].IsDict()) {
    return context.Fail("redirect_response headers must be a dictionary");
  }
  ServerResponse response(kFound, absl::StrCat("Redirecting to ", TextOf(args[0])));
  response.SetHeader("Location", TextOf(args[0]));
  if (count == 2) SetHeaders(args[1].As<Dict>(), &response);
  return NewResponse(std::move(response));
}

Value SetOneHeader(NativeContext& context, Value* args, uint32_t) {
  if (!args[1].IsString() || !args[2].IsString()) {
    return context.Fail("set_header requires response, header name, and header value");
  }
  const auto* before = StateAs<HttpResponseValue>(args[0]);
  if (before == nullptr) {
    return context.Fail("set_header requires an HTTP response as first argument");
  }
  ServerResponse response = before->response;
  response.SetHeader(TextOf(args[1]), TextOf(args[2]));
  return NewResponse(std::move(response));
}

Value SetAllHeaders(NativeContext& context, Value* args, uint32_t) {
  if (!args[1].IsDict()) {
    return context.Fail("set_headers requires response and headers dictionary");
  }
  const auto* before = StateAs<HttpResponseValue>(args[0]);
  if (before == nullptr) {
    return context.Fail("set_headers requires an HTTP response as first argument");
  }
  ServerResponse response = before->response;
  SetHeaders(args[1].As<Dict>(), &response);
  return NewResponse(std::move(response));
}

constexpr NativeFunction kTable[] = {
    {.name = "http_response",
     .min_args = 2,
     .max_args = 2,
     .body = Plain,
     .signature = "http_response(status: int, body: string) -> httpresponse",
     .doc = "A response of plain text, unless a header says otherwise.",
     .example = "print(http_response(200, \"hello\")) => <httpresponse>",
     .errors = "http_response requires status code and body string\n"
               "http_response status must be 100-999",
     .arity_error = "http_response() expects 2 arguments (status, body), got {}"},
    {.name = "json_response",
     .min_args = 2,
     .max_args = 2,
     .body = Json,
     .signature = "json_response(status: int, data: any) -> httpresponse",
     .doc = "A response with the JSON of a value.",
     .example = "print(json_response(200, {\"id\": 7}) == json_response(200, {\"id\": 7})) => true",
     .errors = "json_response requires status code and data\n"
               "json_response failed to serialize data: WHY\n"
               "json_response() result exceeds maximum size\n"
               "json_response status must be 100-999",
     .arity_error = "json_response() expects 2 arguments (status, data), got {}"},
    {.name = "html_response",
     .min_args = 2,
     .max_args = 2,
     .body = Html,
     .signature = "html_response(status: int, html: string) -> httpresponse",
     .doc = "A response of HTML.",
     .example = "print(type(html_response(200, \"<h1>Hello</h1>\"))) => httpresponse",
     .errors = "html_response requires status code and HTML string\n"
               "html_response status must be 100-999",
     .arity_error = "html_response() expects 2 arguments (status, html), got {}"},
    {.name = "redirect_response",
     .min_args = 1,
     .max_args = 2,
     .body = Redirect,
     .signature = "redirect_response(url: string, headers: dict = {}) -> httpresponse",
     .doc = "A response with status 302 that sends the client elsewhere.",
     .example = "print(redirect_response(\"/login\")) => <httpresponse>",
     .errors = "redirect_response requires a URL string\n"
               "redirect_response headers must be a dictionary",
     .arity_error = "redirect_response() expects 1-2 arguments (url, headers?), got {}"},
    {.name = "set_header",
     .min_args = 3,
     .max_args = 3,
     .body = SetOneHeader,
     .signature = "set_header(response: httpresponse, name: string, value: string) -> httpresponse",
     .doc = "The response with a header set; what HTTP does not allow is left out.",
     .example = "r := http_response(200, \"a,b\")\n"
                "print(set_header(r, \"Content-Type\", \"text/csv\") == r) => false",
     .errors = "set_header requires response, header name, and header value\n"
               "set_header requires an HTTP response as first argument",
     .arity_error = "set_header() expects 3 arguments (response, name, value), got {}"},
    {.name = "set_headers",
     .min_args = 2,
     .max_args = 2,
     .body = SetAllHeaders,
     .signature = "set_headers(response: httpresponse, headers: dict) -> httpresponse",
     .doc = "The response with all headers set whose values are strings.",
     .example = "r := http_response(200, \"x\")\n"
                "print(set_headers(r, {\"A\": \"1\"}) == set_header(r, \"a\", \"1\")) => true",
     .errors = "set_headers requires response and headers dictionary\n"
               "set_headers requires an HTTP response as first argument",
     .arity_error = "set_headers() expects 2 arguments (response, headers), got {}"},
};

}  // namespace

absl::Span<const NativeFunction> HttpResponseBuiltins() { return kTable; }

}  // namespace ruff
