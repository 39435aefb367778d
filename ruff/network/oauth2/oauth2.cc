// OAuth2: where to send the user, and what to send for the code that comes back.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ruff/network/http/body_text.h"
#include "ruff/network/http_client/pending_request.h"
#include "ruff/network/http_client/response_value.h"
#include "ruff/network/oauth2/families.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/json.h"
#include "ruff/runtime/builtins/random_source.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr Surface kToken = {"OAuth2 token request"};

// Percent-encodes all but ASCII letters, digits and `safe`; `blank` stands for a space.
std::string Encode(std::string_view text, std::string_view safe, std::string_view blank) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || safe.find(c) != safe.npos) {
      encoded.push_back(c);
    } else if (c == ' ') {
      encoded.append(blank);
    } else {
      absl::StrAppendFormat(&encoded, "%%%02X", byte);
    }
  }
  return encoded;
}

std::string InQuery(Value text) { return Encode(TextOf(text), "-._~", "%20"); }
std::string InForm(Value text) { return Encode(TextOf(text), "*-._", "+"); }

bool AreStrings(const Value* args, uint32_t count) {
  return std::all_of(args, args + count, [](Value value) { return value.IsString(); });
}

Value AuthUrl(NativeContext& context, Value* args, uint32_t count) {
  if (!AreStrings(args, count)) {
    return context.Fail(
        "oauth2_auth_url requires client_id, redirect_uri, auth_url, and scope strings");
  }
  uint64_t state;
  FillWithEntropy(&state, sizeof(state));
  const std::string_view url = TextOf(args[2]);
  const std::string_view separator = url.find('?') == url.npos ? "?" : "&";
  return NewText(absl::StrCat(
      url, separator, "client_id=", InQuery(args[0]), "&redirect_uri=", InQuery(args[1]),
      "&response_type=code&scope=", InQuery(args[3]), "&state=", absl::Hex(state)));
}

HttpOutcome Thrown(std::string_view message) { return {HttpOutcome::kThrown, NewText(message)}; }

HttpOutcome FinishToken(const HttpRequest&, HttpResponse& response) {
  if (!response.error.empty()) return Thrown(response.error);
  const Ref body(BodyText(response.body));
  if (response.status < 200 || response.status > 299) {
    return Thrown(absl::StrCat("OAuth2 token request failed with status ", response.status, ": ",
                               TextOf(body.get())));
  }
  std::string problem;
  const Value json = ParseJson(TextOf(body.get()), &problem);
  if (json.Is(Kind::kUnset)) {
    return Thrown(absl::StrCat("Failed to parse OAuth2 token response: ", JsonReason(problem)));
  }
  if (json.IsDict()) return {HttpOutcome::kValue, json};
  Release(json);
  return {HttpOutcome::kValue, Value::Heap(NewDict())};
}

Value GetToken(NativeContext& context, Value* args, uint32_t count) {
  if (!AreStrings(args, count)) {
    return context.Fail(
        "oauth2_get_token requires code, client_id, client_secret, token_url, and redirect_uri "
        "strings");
  }
  HttpRequest request = {
      .surface = kToken,
      .method = "POST",
      .url = std::string(TextOf(args[3])),
      .headers = {{"content-type", "application/x-www-form-urlencoded"}},
      .body = absl::StrCat("grant_type=authorization_code&code=", InForm(args[0]),
                           "&client_id=", InForm(args[1]), "&client_secret=", InForm(args[2]),
                           "&redirect_uri=", InForm(args[4]))};
  return Value::Heap(StartHttpRequest(Scheduler::Of(context), std::move(request), FinishToken,
                                      /*can_abort=*/false));
}

constexpr NativeFunction kTable[] = {
    {.name = "oauth2_auth_url",
     .min_args = 4,
     .max_args = 4,
     .body = AuthUrl,
     .signature = "oauth2_auth_url(client_id: string, redirect_uri: string, auth_url: string, "
                  "scope: string) -> string",
     .doc = "Where a user can allow a program what `scope` says, with a random state.",
     .example = "url := oauth2_auth_url(\"me\", \"http://localhost/cb\", \"https://a.example\", "
                "\"read\")\n"
                "print(split(url, \"&redirect\")[0]) => https://a.example?client_id=me",
     .errors = "oauth2_auth_url requires client_id, redirect_uri, auth_url, and scope strings",
     .arity_error = "oauth2_auth_url() expects 4 arguments (client_id, redirect_uri, auth_url, "
                    "scope), got {}"},
    {.name = "oauth2_get_token",
     .min_args = 5,
     .max_args = 5,
     .body = GetToken,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kNetworkClient,
     .signature = "oauth2_get_token(code: string, client_id: string, client_secret: string, "
                  "token_url: string, redirect_uri: string) -> dict",
     .doc = "What a server gives for an authorization code.",
     .example = "try { oauth2_get_token(\"c\", \"me\", \"secret\", \"ftp://a.example\", \"r\") } "
                "except e { print(e.message) } => OAuth2 token request failed: unsupported URL "
                "scheme 'ftp'; expected http or https",
     .errors = "oauth2_get_token requires code, client_id, client_secret, token_url, and "
               "redirect_uri strings\n"
               "OAuth2 token request failed: REASON\n"
               "OAuth2 token request failed with status S: BODY\n"
               "Failed to parse OAuth2 token response: REASON",
     .arity_error = "oauth2_get_token() expects 5 arguments (code, client_id, client_secret, "
                    "token_url, redirect_uri), got {}"},
};

}  // namespace

absl::Span<const NativeFunction> Oauth2Builtins() { return kTable; }

}  // namespace ruff
