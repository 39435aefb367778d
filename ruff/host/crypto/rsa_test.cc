#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "ruff/host/families.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/builtins/test_context.h"
#include "testing/base/file_text.h"
#include "testing/base/shell.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

// One pair for all tests: making one takes long.
class RsaTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    AddNatives(RsaBuiltins());
    TestContext context;
    const Ref pair = context.Call("rsa_generate_keypair", {I(2048)});
    private_pem_ = new std::string(Member(pair, "private"));
    public_pem_ = new std::string(Member(pair, "public"));
  }
  static void TearDownTestSuite() {
    delete private_pem_;
    delete public_pem_;
  }
  static std::string Member(const Ref& dict, std::string_view name) {
    return std::string(DictGet(dict.As<Dict>(), S(name).get()).As<String>()->view());
  }
  std::string Text(std::string_view name, std::vector<Ref> args) {
    const Ref result = context_.Call(name, std::move(args));
    return result.get().IsString() ? std::string(result.As<String>()->view()) : context_.failure();
  }

  static inline std::string* private_pem_;
  static inline std::string* public_pem_;
  TestContext context_;
};

TEST_F(RsaTest, KeysArePemTexts) {
  EXPECT_TRUE(private_pem_->starts_with("-----BEGIN PRIVATE KEY-----\n"));
  EXPECT_TRUE(private_pem_->ends_with("\n-----END PRIVATE KEY-----\n"));
  EXPECT_TRUE(public_pem_->starts_with("-----BEGIN PUBLIC KEY-----\n"));
  EXPECT_TRUE(public_pem_->ends_with("\n-----END PUBLIC KEY-----\n"));
}

TEST_F(RsaTest, SizesFromNothingToTheLimit) {
  for (const size_t size : {0, 1, 189, 190}) {
    const std::string text(size, 'x');
    const std::string sealed = Text("rsa_encrypt", {S(text), S(*public_pem_)});
    EXPECT_EQ(sealed.size(), 344u);
    EXPECT_EQ(Text("rsa_decrypt", {S(sealed), S(*private_pem_)}), text);
  }
  EXPECT_EQ(Text("rsa_encrypt", {S(std::string(191, 'x')), S(*public_pem_)}),
            "RSA encryption failed: message too long");
}

TEST_F(RsaTest, SignaturesHoldForOneTextAndKey) {
  const std::string signature = Text("rsa_sign", {S("text"), S(*private_pem_)});
  const auto verify = [&](std::string_view text, std::string_view encoded) {
    return context_.Try("rsa_verify", {S(text), S(encoded), S(*public_pem_)});
  };
  EXPECT_EQ(verify("text", signature), "Bool(true)");
  EXPECT_EQ(verify("texT", signature), "Bool(false)");
  std::string bytes;
  ASSERT_TRUE(absl::Base64Unescape(signature, &bytes));
  bytes[100] = static_cast<char>(bytes[100] ^ 1);
  EXPECT_EQ(verify("text", absl::Base64Escape(bytes)), "Bool(false)");
  EXPECT_EQ(verify("text", absl::Base64Escape(bytes + "x")), "Bool(false)");
}

TEST_F(RsaTest, DamagedCiphertexts) {
  const std::string sealed = Text("rsa_encrypt", {S("text"), S(*public_pem_)});
  std::string bytes;
  ASSERT_TRUE(absl::Base64Unescape(sealed, &bytes));
  bytes[5] = static_cast<char>(bytes[5] ^ 1);
  EXPECT_EQ(Text("rsa_decrypt", {S(absl::Base64Escape(bytes)), S(*private_pem_)}),
            "RSA decryption failed: decryption error");
  EXPECT_EQ(Text("rsa_decrypt", {S(""), S(*private_pem_)}),
            "RSA decryption failed: decryption error");
}

TEST_F(RsaTest, TheKeyIsCheckedFirst) {
  EXPECT_TRUE(Text("rsa_decrypt", {S("!"), S("no key")}).starts_with("Invalid RSA private key: "));
  EXPECT_TRUE(Text("rsa_verify", {S("m"), S("!"), S(*private_pem_)})
                  .starts_with("Invalid RSA public key: "));
  std::string damaged = *private_pem_;
  damaged.replace(300, 40, 40, 'A');
  const std::string result = Text("rsa_sign", {S("m"), S(damaged)});
  EXPECT_FALSE(result.empty());  // an error or a worthless signature, but no crash
}

TEST_F(RsaTest, AgreesWithOpenssl) {
  if (!HasTool("openssl")) GTEST_SKIP() << "openssl is not installed";
  const TempDir dir;
  ASSERT_TRUE(WriteFileText(dir.Join("private"), *private_pem_));
  ASSERT_TRUE(WriteFileText(dir.Join("public"), *public_pem_));
  constexpr char kOaep[] =
      " -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256 ";
  EXPECT_EQ(Shell("openssl pkey -in private -noout -check", dir.path()), "Key is valid");

  std::string bytes;
  ASSERT_TRUE(absl::Base64Unescape(Text("rsa_encrypt", {S("ours"), S(*public_pem_)}), &bytes));
  ASSERT_TRUE(WriteFileText(dir.Join("sealed"), bytes));
  EXPECT_EQ(Shell(std::string("openssl pkeyutl -decrypt -inkey private") + kOaep + "-in sealed",
                  dir.path()),
            "ours");
  EXPECT_EQ(Shell(std::string("printf theirs | openssl pkeyutl -encrypt -pubin -inkey public") +
                      kOaep + "-out theirs",
                  dir.path()),
            "");
  EXPECT_EQ(Text("rsa_decrypt",
                 {S(absl::Base64Escape(*ReadFileText(dir.Join("theirs")))), S(*private_pem_)}),
            "theirs");

  ASSERT_TRUE(absl::Base64Unescape(Text("rsa_sign", {S("text"), S(*private_pem_)}), &bytes));
  ASSERT_TRUE(WriteFileText(dir.Join("signature"), bytes));
  EXPECT_EQ(
      Shell("printf text | openssl dgst -sha256 -verify public -signature signature", dir.path()),
      "Verified OK");

  // Other kinds of keys are refused.
  EXPECT_EQ(Shell("openssl rsa -in private -traditional -out pkcs1 2>/dev/null; "
                  "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec; "
                  "openssl pkey -in private -aes256 -passout pass:x -out encrypted",
                  dir.path()),
            "");
  for (const char* other : {"pkcs1", "ec", "encrypted"}) {
    EXPECT_TRUE(Text("rsa_sign", {S("m"), S(*ReadFileText(dir.Join(other)))})
                    .starts_with("Invalid RSA private key: "))
        << other;
  }
}

}  // namespace
}  // namespace ruff
