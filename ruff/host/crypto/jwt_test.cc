#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ruff/host/families.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/builtins/test_context.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

class JwtTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { AddNatives(JwtBuiltins()); }

  std::string Decode(std::string_view token, std::string_view secret = "k") {
    const Ref claims = context_.Call("jwt_decode", {S(token), S(secret)});
    return context_.failure().empty() ? FormatToString(claims.get(), Form::kText)
                                      : context_.failure();
  }
  std::string Verify(std::string_view token, std::string_view secret = "k") {
    return context_.Try("jwt_verify", {S(token), S(secret)});
  }
  std::string Encode(Ref payload, std::string_view secret = "k") {
    return std::string(context_.Call("jwt_encode", {payload, S(secret)}).As<String>()->view());
  }
  TestContext context_;
};

// The example that is known from jwt.io, its header in another order.
TEST_F(JwtTest, ReadsForeignTokens) {
  constexpr char kToken[] =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
      "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ."
      "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";
  EXPECT_EQ(Decode(kToken, "your-256-bit-secret"),
            "{\"iat\": 1516239022, \"name\": John Doe, \"sub\": 1234567890}");
  EXPECT_EQ(Verify(kToken, "your-256-bit-secret"), "Bool(true)");
  EXPECT_EQ(Verify(kToken, "your-256-bit-secreT"), "Bool(false)");
}

TEST_F(JwtTest, EmptySecretsWork) {
  const std::string token = Encode(D({{"a", I(1)}}), "");
  EXPECT_EQ(Decode(token, ""), "{\"a\": 1}");
  EXPECT_EQ(Verify(token, "x"), "Bool(false)");
}

TEST_F(JwtTest, DefectsComeInOrder) {
  const std::string token = Encode(D({{"a", I(1)}}));
  const std::string header = token.substr(0, token.find('.'));
  const std::string signed_text = token.substr(0, token.rfind('.'));
  EXPECT_EQ(Decode(""), "JWT decoding error: InvalidToken");
  EXPECT_EQ(Decode(token + ".x"), "JWT decoding error: InvalidToken");
  EXPECT_EQ(Decode("a.b.c"),
            "JWT decoding error: Base64 error: Encoded text cannot have a 6-bit remainder.");
  EXPECT_EQ(Decode("e30.!.!"), "JWT decoding error: JSON error: missing field `alg`");
  EXPECT_EQ(Decode(absl::WebSafeBase64Escape("[1]") + ".!.!"),
            "JWT decoding error: JSON error: expected an object");
  EXPECT_EQ(Decode(absl::WebSafeBase64Escape("\xff") + ".!.!"),
            "JWT decoding error: JSON error: invalid unicode");
  EXPECT_EQ(Decode(absl::WebSafeBase64Escape("{\"alg\":\"none\"}") + ".!.!"),
            "JWT decoding error: JSON error: unknown variant `none`");
  EXPECT_EQ(Decode(absl::WebSafeBase64Escape("{\"alg\":\"RS256\"}") + ".!.!"),
            "JWT decoding error: InvalidAlgorithm");
  EXPECT_EQ(Decode(header + ".!.!"), "JWT decoding error: InvalidSignature");
  EXPECT_EQ(Decode(signed_text + "."), "JWT decoding error: InvalidSignature");
  EXPECT_EQ(Decode(token), "{\"a\": 1}");
}

TEST_F(JwtTest, EveryChangedCharacterIsNoticed) {
  const std::string token = Encode(D({{"a", I(1)}}));
  for (size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(Verify(changed), "Bool(false)") << i;
  }
}

TEST_F(JwtTest, ExpiryAndAudience) {
  const auto verify = [&](const char* name, Ref value) {
    return Verify(Encode(D({{name, value}})));
  };
  EXPECT_EQ(verify("exp", I(1)), "Bool(false)");
  EXPECT_EQ(verify("exp", F(1e18)), "Bool(true)");
  EXPECT_EQ(verify("exp", S("99999999999")), "Bool(false)");
  EXPECT_EQ(verify("exp", Null()), "Bool(false)");
  EXPECT_EQ(verify("nbf", F(1e18)), "Bool(true)");
  EXPECT_EQ(verify("aud", S("me")), "Bool(false)");
  EXPECT_EQ(Decode(Encode(D({{"aud", A({})}}))), "JWT decoding error: InvalidAudience");
}

}  // namespace
}  // namespace ruff
