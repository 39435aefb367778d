#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <string>

#include "absl/strings/escaping.h"
#include "ruff/host/families.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/builtins/test_context.h"

namespace ruff {
namespace {

constexpr char kNotAuthentic[] = "error: AES decryption failed: aead::Error";

class AesTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { AddNatives(AesBuiltins()); }
  TestContext context_;
};

// Made by another implementation of the format.
TEST_F(AesTest, ReadsForeignCiphertexts) {
  EXPECT_EQ(context_.Try("aes_decrypt",
                         {S("tI4BxDvcbKHwFaqXSUoYhTb46QFM6qbEdbrrIfLNwbmXn5PZQcWD2ZIXukz6Kw=="),
                          S("pass phrase")}),
            "String(\"attack at dawn ☃\")");
}

TEST_F(AesTest, RoundTripsAllSizes) {
  std::string text;
  for (int i = 0; i < 100; ++i) {
    const Ref sealed = context_.Call("aes_encrypt", {S(text), S("key")});
    EXPECT_EQ(context_.Call("aes_decrypt", {sealed, S("key")}).As<String>()->view(), text);
    text += static_cast<char>('a' + i % 26);
  }
}

TEST_F(AesTest, EveryFlippedBitIsNoticed) {
  const Ref sealed = context_.Call("aes_encrypt", {S("some text"), S("key")});
  std::string bytes;
  ASSERT_TRUE(absl::Base64Unescape(sealed.As<String>()->view(), &bytes));
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
    EXPECT_EQ(context_.Try("aes_decrypt", {S(absl::Base64Escape(damaged)), S("key")}),
              kNotAuthentic);
  }
  for (size_t size = 12; size < bytes.size(); ++size) {
    EXPECT_EQ(context_.Try("aes_decrypt", {S(absl::Base64Escape(bytes.substr(0, size))), S("key")}),
              kNotAuthentic);
  }
  EXPECT_EQ(context_.Try("aes_decrypt", {S(absl::Base64Escape(bytes.substr(0, 11))), S("key")}),
            "error: Invalid ciphertext: too short");
}

// What is not text comes as Base64, or as an error, but only when it is authentic.
TEST_F(AesTest, PlaintextsThatAreNotUtf8) {
  const std::string plaintext = "a\xff";
  unsigned char key[32];
  ASSERT_EQ(EVP_Digest("k", 1, key, nullptr, EVP_sha256(), nullptr), 1);
  std::string sealed(12 + plaintext.size() + 16, '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(sealed.data());
  EVP_CIPHER_CTX* cipher = EVP_CIPHER_CTX_new();
  int written;
  ASSERT_EQ(EVP_EncryptInit_ex(cipher, EVP_aes_256_gcm(), nullptr, key, bytes), 1);
  ASSERT_EQ(EVP_EncryptUpdate(cipher, bytes + 12, &written,
                              reinterpret_cast<const unsigned char*>(plaintext.data()),
                              static_cast<int>(plaintext.size())),
            1);
  ASSERT_EQ(EVP_EncryptFinal_ex(cipher, bytes + 12 + written, &written), 1);
  ASSERT_EQ(EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, 16, bytes + 12 + plaintext.size()),
            1);
  EVP_CIPHER_CTX_free(cipher);
  const Ref text = S(absl::Base64Escape(sealed));
  EXPECT_EQ(context_.Try("aes_decrypt", {text, S("k")}),
            "error: Decrypted data is not valid UTF-8: "
            "invalid utf-8 sequence of 1 bytes from index 1");
  EXPECT_EQ(context_.Try("aes_decrypt_bytes", {text, S("k")}), "String(\"Yf8=\")");
}

}  // namespace
}  // namespace ruff
