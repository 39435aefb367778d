// AES-256-GCM under the SHA-256 of a key text. A ciphertext is the Base64 of nonce, encrypted bytes
// and tag.

#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "ruff/base/check.h"
#include "ruff/base/utf8.h"
#include "ruff/host/crypto/decoded_text.h"
#include "ruff/host/crypto/openssl.h"
#include "ruff/host/families.h"
#include "ruff/runtime/builtins/arguments.h"

namespace ruff {
namespace {

constexpr std::string_view kEncryptType =
    "aes_encrypt requires (plaintext_string, key_string) arguments";
constexpr std::string_view kDecryptType =
    "aes_decrypt requires (ciphertext_string, key_string) arguments";
constexpr std::string_view kEncryptBytesType =
    "aes_encrypt_bytes requires (data_string, key_string) arguments";
constexpr std::string_view kDecryptBytesType =
    "aes_decrypt_bytes requires (ciphertext_string, key_string) arguments";

constexpr std::string_view kTooShort = "Invalid ciphertext: too short";
constexpr std::string_view kNotAuthentic = "AES decryption failed: aead::Error";

constexpr size_t kNonceSize = 12;
constexpr size_t kTagSize = 16;
constexpr size_t kPiece = size_t{1} << 30;  // OpenSSL counts in int

enum class Direction : int { kDecrypt = 0, kEncrypt = 1 };

OpenSslPtr<EVP_CIPHER_CTX> NewCipher(Direction direction, std::string_view key_text,
                                     const unsigned char* nonce) {
  Secret key(SHA256_DIGEST_LENGTH);
  RUFF_CHECK(EVP_Digest(key_text.data(), key_text.size(), key.bytes(), nullptr, EVP_sha256(),
                        nullptr) == 1);
  OpenSslPtr<EVP_CIPHER_CTX> cipher(EVP_CIPHER_CTX_new());
  RUFF_CHECK(EVP_CipherInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.bytes(), nonce,
                               static_cast<int>(direction)) == 1);
  return cipher;
}

// Writes as many bytes to `out` as `in` has.
void Process(EVP_CIPHER_CTX* cipher, std::string_view in, unsigned char* out) {
  while (!in.empty()) {
    const size_t size = std::min(in.size(), kPiece);
    int written = 0;
    RUFF_CHECK(EVP_CipherUpdate(cipher, out, &written, BytesOf(in), static_cast<int>(size)) == 1);
    in.remove_prefix(size);
    out += written;
  }
}

template <const std::string_view& kTypeError>
Value Encrypt(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) return context.Fail(std::string(kTypeError));
  const std::string_view plaintext = TextOf(args[0]);
  std::string sealed(kNonceSize + plaintext.size() + kTagSize, '\0');
  if (!CanMakeString(uint64_t{sealed.size()} * 4)) return FailTooLarge(context, "aes_encrypt");
  unsigned char* nonce = BytesOf(sealed);
  unsigned char* tag = nonce + kNonceSize + plaintext.size();
  RUFF_CHECK(RAND_bytes(nonce, kNonceSize) == 1);
  const OpenSslPtr<EVP_CIPHER_CTX> cipher = NewCipher(Direction::kEncrypt, TextOf(args[1]), nonce);
  Process(cipher.get(), plaintext, nonce + kNonceSize);
  int rest = 0;
  RUFF_CHECK(EVP_CipherFinal_ex(cipher.get(), tag, &rest) == 1);
  RUFF_CHECK(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, kTagSize, tag) == 1);
  return NewBase64(sealed);
}

enum class NotUtf8 { kFail, kBase64 };

template <const std::string_view& kTypeError, NotUtf8 kNotUtf8>
Value Decrypt(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) return context.Fail(std::string(kTypeError));
  std::string sealed;
  if (!DecodeArgument(context, "ciphertext", TextOf(args[0]), &sealed)) return Value::Unset();
  if (sealed.size() < kNonceSize) return context.Fail(std::string(kTooShort));
  if (sealed.size() < kNonceSize + kTagSize) return context.Fail(std::string(kNotAuthentic));
  Secret plaintext(sealed.size() - kNonceSize - kTagSize);
  const OpenSslPtr<EVP_CIPHER_CTX> cipher =
      NewCipher(Direction::kDecrypt, TextOf(args[1]), BytesOf(sealed));
  Process(cipher.get(), std::string_view(sealed).substr(kNonceSize, plaintext.size()),
          plaintext.bytes());
  RUFF_CHECK(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, kTagSize,
                                 BytesOf(sealed) + sealed.size() - kTagSize) == 1);
  int rest = 0;
  unsigned char none[1];
  if (EVP_CipherFinal_ex(cipher.get(), none, &rest) != 1) {
    TakeOpenSslError();
    return context.Fail(std::string(kNotAuthentic));
  }
  if (kNotUtf8 == NotUtf8::kBase64 && !IsValidUtf8(plaintext.view())) {
    return NewBase64(plaintext.view());
  }
  return NewPlaintext(context, plaintext.view());
}

constexpr NativeFunction kTable[] = {
    {.name = "aes_encrypt",
     .min_args = 2,
     .max_args = 2,
     .body = Encrypt<kEncryptType>,
     .signature = "aes_encrypt(text: string, key: string) -> string",
     .doc = "The text encrypted with AES-256-GCM, as Base64; never twice the same.",
     .example = "print(len(aes_encrypt(\"hello\", \"key\"))) => 44",
     .errors = "aes_encrypt requires (plaintext_string, key_string) arguments\n"
               "aes_encrypt() result exceeds maximum size",
     .arity_error = kEncryptType},
    {.name = "aes_decrypt",
     .min_args = 2,
     .max_args = 2,
     .body = Decrypt<kDecryptType, NotUtf8::kFail>,
     .signature = "aes_decrypt(ciphertext: string, key: string) -> string",
     .doc = "The text that aes_encrypt was given with the same key.",
     .example = "print(aes_decrypt(aes_encrypt(\"hello\", \"key\"), \"key\")) => hello",
     .errors = "aes_decrypt requires (ciphertext_string, key_string) arguments\n"
               "Invalid base64 ciphertext: REASON\n"
               "Invalid ciphertext: too short\n"
               "AES decryption failed: aead::Error\n"
               "Decrypted data is not valid UTF-8: REASON",
     .arity_error = kDecryptType},
    {.name = "aes_encrypt_bytes",
     .min_args = 2,
     .max_args = 2,
     .body = Encrypt<kEncryptBytesType>,
     .signature = "aes_encrypt_bytes(data: string, key: string) -> string",
     .doc = "As aes_encrypt: it takes a string, too.",
     .example = "print(aes_decrypt(aes_encrypt_bytes(\"hello\", \"key\"), \"key\")) => hello",
     .errors = "aes_encrypt_bytes requires (data_string, key_string) arguments\n"
               "aes_encrypt() result exceeds maximum size",
     .arity_error = kEncryptBytesType},
    {.name = "aes_decrypt_bytes",
     .min_args = 2,
     .max_args = 2,
     .body = Decrypt<kDecryptBytesType, NotUtf8::kBase64>,
     .signature = "aes_decrypt_bytes(ciphertext: string, key: string) -> string",
     .doc = "As aes_decrypt, but the Base64 of what is not UTF-8.",
     .example = "print(aes_decrypt_bytes(aes_encrypt(\"hello\", \"key\"), \"key\")) => hello",
     .errors = "aes_decrypt_bytes requires (ciphertext_string, key_string) arguments\n"
               "Invalid base64 ciphertext: REASON\n"
               "Invalid ciphertext: too short\n"
               "AES decryption failed: aead::Error",
     .arity_error = kDecryptBytesType},
};

}  // namespace

absl::Span<const NativeFunction> AesBuiltins() { return kTable; }

}  // namespace ruff
