// JSON web tokens signed with HS256: HEADER.PAYLOAD.SIGNATURE, each in unpadded URL-safe Base64.

#include <openssl/sha.h>

#include <string>
#include <string_view>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "ruff/base/check.h"
#include "ruff/base/utf8.h"
#include "ruff/host/crypto/openssl.h"
#include "ruff/host/families.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/base64_defect.h"
#include "ruff/runtime/builtins/json.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr std::string_view kEncodeType =
    "jwt_encode requires a dictionary payload and secret key string";
constexpr std::string_view kDecodeType = "jwt_decode requires a token string and secret key string";
constexpr std::string_view kVerifyType = "jwt_verify requires a token string and secret key string";

constexpr std::string_view kHeader = R"({"typ":"JWT","alg":"HS256"})";
constexpr std::string_view kAlgorithm = "HS256";
constexpr std::string_view kOtherAlgorithms[] = {"HS384", "HS512", "RS256", "RS384",
                                                 "RS512", "PS256", "PS384", "PS512",
                                                 "ES256", "ES384", "EdDSA"};
constexpr double kLeeway = 60;  // seconds after `exp`

// The signature of "HEADER.PAYLOAD", encoded.
std::string Signature(std::string_view signed_text, std::string_view secret) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  const OpenSslPtr<EVP_PKEY> key(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_HMAC, nullptr, BytesOf(secret), secret.size()));
  const OpenSslPtr<EVP_MD_CTX> state(EVP_MD_CTX_new());
  size_t size = sizeof digest;
  RUFF_CHECK(EVP_DigestSignInit(state.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1);
  RUFF_CHECK(EVP_DigestSign(state.get(), digest, &size, BytesOf(signed_text), signed_text.size()) ==
             1);
  return absl::WebSafeBase64Escape({reinterpret_cast<const char*>(digest), size});
}

Value Encode(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsDict() || !args[1].IsString()) return context.Fail(std::string(kEncodeType));
  BoundedText payload;
  std::string error;
  if (!WriteJson(args[0], JsonLayout::kCompact, &payload, &error)) {
    if (payload.failed()) return FailTooLarge(context, "jwt_encode");
    return context.Fail(absl::StrCat("Failed to convert payload to JSON: ", error));
  }
  if (!CanMakeString(uint64_t{payload.view().size()} * 4))
    return FailTooLarge(context, "jwt_encode");
  std::string token = absl::StrCat(absl::WebSafeBase64Escape(kHeader), ".",
                                   absl::WebSafeBase64Escape(payload.view()));
  absl::StrAppend(&token, ".", Signature(token, TextOf(args[1])));
  return NewText(token);
}

struct Token {
  std::string_view header;
  std::string_view payload;
  std::string_view signature;
  std::string_view signed_text;  // header and payload
};

bool SplitToken(std::string_view text, Token* token) {
  const size_t first = text.find('.');
  if (first == std::string_view::npos) return false;
  const size_t second = text.find('.', first + 1);
  if (second == std::string_view::npos) return false;
  token->header = text.substr(0, first);
  token->payload = text.substr(first + 1, second - first - 1);
  token->signature = text.substr(second + 1);
  token->signed_text = text.substr(0, second);
  return token->signature.find('.') == std::string_view::npos;
}

// The JSON object that `part` encodes; Null, with what is wrong in `*error`, when it encodes none.
Ref ReadPart(std::string_view part, std::string* error) {
  if (const std::string defect = FindBase64Defect(part, Base64::kUrl); !defect.empty()) {
    *error = absl::StrCat("Base64 error: ", defect);
    return Ref();
  }
  std::string json;
  absl::WebSafeBase64Unescape(part, &json);
  if (!IsValidUtf8(json)) {
    *error = "JSON error: invalid unicode";
    return Ref();
  }
  std::string reason;
  Value value = ParseJson(json, &reason);
  if (value.Is(Kind::kUnset)) {
    *error = absl::StrCat("JSON error: ", reason);
    return Ref();
  }
  Ref object(value);
  if (object.get().IsDict()) return object;
  *error = "JSON error: expected an object";
  return Ref();
}

Value Member(const Ref& object, std::string_view name) {
  return DictGet(object.As<Dict>(), Ref(NewString(name)).get());
}

// What is wrong with the algorithm that the header names; empty when it is ours.
std::string CheckAlgorithm(const Ref& header) {
  const Value algorithm = Member(header, "alg");
  if (algorithm.Is(Kind::kUnset)) return "JSON error: missing field `alg`";
  if (!algorithm.IsString()) return "JSON error: `alg` is not a string";
  const std::string_view name = TextOf(algorithm);
  if (name == kAlgorithm) return {};
  for (const std::string_view other : kOtherAlgorithms) {
    if (name == other) return "InvalidAlgorithm";
  }
  return absl::StrCat("JSON error: unknown variant `", name, "`");
}

// The claims of an authentic token; Null, with what is wrong in `*error`, when it is not
// acceptable. `exp` is not looked at.
Ref ReadToken(std::string_view text, std::string_view secret, std::string* error) {
  Token token;
  if (!SplitToken(text, &token)) {
    *error = "InvalidToken";
    return Ref();
  }
  const Ref header = ReadPart(token.header, error);
  if (error->empty()) *error = CheckAlgorithm(header);
  if (error->empty() && !SecretsEqual(token.signature, Signature(token.signed_text, secret))) {
    *error = "InvalidSignature";
  }
  if (!error->empty()) return Ref();
  Ref claims = ReadPart(token.payload, error);
  if (error->empty() && !Member(claims, "aud").Is(Kind::kUnset)) *error = "InvalidAudience";
  return error->empty() ? claims : Ref();
}

bool IsExpired(const Ref& claims) {
  const Value expiry = Member(claims, "exp");
  if (expiry.Is(Kind::kUnset)) return false;
  if (!expiry.IsNumber()) return true;
  return static_cast<double>(absl::ToUnixSeconds(absl::Now())) > FloatOf(expiry) + kLeeway;
}

Value Decode(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) return context.Fail(std::string(kDecodeType));
  std::string error;
  Ref claims = ReadToken(TextOf(args[0]), TextOf(args[1]), &error);
  if (!error.empty()) return context.Fail(absl::StrCat("JWT decoding error: ", error));
  return claims.Take();
}

Value Verify(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) return context.Fail(std::string(kVerifyType));
  std::string error;
  const Ref claims = ReadToken(TextOf(args[0]), TextOf(args[1]), &error);
  return Value::Bool(error.empty() && !IsExpired(claims));
}

constexpr NativeFunction kTable[] = {
    {.name = "jwt_encode",
     .min_args = 2,
     .max_args = 2,
     .body = Encode,
     .signature = "jwt_encode(payload: dict, secret: string) -> string",
     .doc = "A JSON web token with these claims, signed with HS256.",
     .example = "print(jwt_encode({}, \"s\"))"
                " => eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.e30."
                "-B4-YCTyLUjMagawx_jogHiJcDIXX789S_kLT1qJKdU",
     .errors = "jwt_encode requires a dictionary payload and secret key string\n"
               "Failed to convert payload to JSON: REASON\n"
               "jwt_encode() result exceeds maximum size",
     .arity_error = "jwt_encode() expects 2 arguments (payload, secret), got {}"},
    {.name = "jwt_decode",
     .min_args = 2,
     .max_args = 2,
     .body = Decode,
     .signature = "jwt_decode(token: string, secret: string) -> dict",
     .doc = "The claims of a token whose signature is right; `exp` is not looked at.",
     .example = "print(jwt_decode(jwt_encode({\"id\": 7}, \"s\"), \"s\")) => {\"id\": 7}",
     .errors = "jwt_decode requires a token string and secret key string\n"
               "JWT decoding error: InvalidToken\n"
               "JWT decoding error: InvalidAlgorithm\n"
               "JWT decoding error: InvalidSignature\n"
               "JWT decoding error: InvalidAudience\n"
               "JWT decoding error: Base64 error: REASON\n"
               "JWT decoding error: JSON error: REASON",
     .arity_error = "jwt_decode() expects 2 arguments (token, secret), got {}"},
    {.name = "jwt_verify",
     .min_args = 2,
     .max_args = 2,
     .body = Verify,
     .signature = "jwt_verify(token: string, secret: string) -> bool",
     .doc = "Is the signature right and `exp`, if there is one, at most a minute ago?",
     .example = "print(jwt_verify(jwt_encode({\"exp\": 1000}, \"s\"), \"s\")) => false",
     .errors = kVerifyType,
     .arity_error = "jwt_verify() expects 2 arguments (token, secret), got {}"},
};

}  // namespace

absl::Span<const NativeFunction> JwtBuiltins() { return kTable; }

}  // namespace ruff
