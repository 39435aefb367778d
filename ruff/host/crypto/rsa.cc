// RSA: OAEP with SHA-256 for secrets, PKCS#1 v1.5 with SHA-256 for signatures. Keys are PEM texts,
// PKCS#8 for private and SubjectPublicKeyInfo for public ones.

#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <climits>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/host/crypto/decoded_text.h"
#include "ruff/host/crypto/openssl.h"
#include "ruff/host/families.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr std::string_view kGenerateType =
    "rsa_generate_keypair requires an integer (2048 or 4096)";
constexpr std::string_view kGenerateSize = "RSA key size must be 2048 or 4096 bits";
constexpr std::string_view kEncryptType =
    "rsa_encrypt requires (plaintext_string, public_key_pem) arguments";
constexpr std::string_view kDecryptType =
    "rsa_decrypt requires (ciphertext_string, private_key_pem) arguments";
constexpr std::string_view kSignType =
    "rsa_sign requires (message_string, private_key_pem) arguments";
constexpr std::string_view kVerifyType =
    "rsa_verify requires (message, signature, public_key_pem) arguments";

constexpr std::string_view kTooLong = "RSA encryption failed: message too long";
constexpr std::string_view kNotDecrypted = "RSA decryption failed: decryption error";

constexpr size_t kOaepOverhead = 2 * 32 + 2;  // bytes, with SHA-256

enum class KeyKind { kPublic, kPrivate };

// The content of the PEM text `pem`, which must be of the wanted kind and not be encrypted.
class PemContent {
 public:
  explicit PemContent(std::string_view pem) {
    const OpenSslPtr<BIO> in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (PEM_read_bio(in.get(), &label_, &header_, &data_, &size_) != 1) size_ = 0;
  }
  ~PemContent() {
    OPENSSL_free(label_);
    OPENSSL_free(header_);
    OPENSSL_clear_free(data_, static_cast<size_t>(size_));
  }
  PemContent(const PemContent&) = delete;
  PemContent& operator=(const PemContent&) = delete;

  bool Is(std::string_view label) const { return size_ > 0 && label == label_ && *header_ == '\0'; }
  const unsigned char* data() const { return data_; }
  long size() const { return size_; }

 private:
  char* label_ = nullptr;
  char* header_ = nullptr;
  unsigned char* data_ = nullptr;
  long size_ = 0;
};

OpenSslPtr<EVP_PKEY> ParseKey(std::string_view pem, KeyKind kind) {
  if (pem.size() > INT_MAX) return nullptr;
  const PemContent content(pem);
  const unsigned char* at = content.data();
  if (kind == KeyKind::kPublic) {
    if (!content.Is("PUBLIC KEY")) return nullptr;
    return OpenSslPtr<EVP_PKEY>(d2i_PUBKEY(nullptr, &at, content.size()));
  }
  if (!content.Is("PRIVATE KEY")) return nullptr;
  const OpenSslPtr<PKCS8_PRIV_KEY_INFO> info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, content.size()));
  return OpenSslPtr<EVP_PKEY>(info == nullptr ? nullptr : EVP_PKCS82PKEY(info.get()));
}

// The key of the PEM argument; null after making the call fail.
OpenSslPtr<EVP_PKEY> KeyArgument(NativeContext& context, Value pem, KeyKind kind) {
  OpenSslPtr<EVP_PKEY> key = ParseKey(TextOf(pem), kind);
  if (key != nullptr && EVP_PKEY_is_a(key.get(), "RSA")) return key;
  const std::string reason =
      key != nullptr ? "not an RSA key" : absl::StrCat("not a key in PEM: ", TakeOpenSslError());
  context.Fail(absl::StrCat("Invalid RSA ", kind == KeyKind::kPublic ? "public" : "private",
                            " key: ", reason));
  return nullptr;
}

size_t ModulusSize(EVP_PKEY* key) { return static_cast<size_t>(EVP_PKEY_get_size(key)); }

// Sets the padding of encryption or decryption.
bool UseOaep(EVP_PKEY_CTX* operation) {
  return EVP_PKEY_CTX_set_rsa_padding(operation, RSA_PKCS1_OAEP_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_oaep_md(operation, EVP_sha256()) == 1 &&
         EVP_PKEY_CTX_set_rsa_mgf1_md(operation, EVP_sha256()) == 1;
}

Value Encrypt(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) return context.Fail(std::string(kEncryptType));
  const OpenSslPtr<EVP_PKEY> key = KeyArgument(context, args[1], KeyKind::kPublic);
  if (key == nullptr) return Value::Unset();
  const std::string_view text = TextOf(args[0]);
  const size_t size = ModulusSize(key.get());
  if (text.size() + kOaepOverhead > size) return context.Fail(std::string(kTooLong));
  const OpenSslPtr<EVP_PKEY_CTX> operation(EVP_PKEY_CTX_new(key.get(), nullptr));
  std::string ciphertext(size, '\0');
  size_t written = size;
  if (EVP_PKEY_encrypt_init(operation.get()) != 1 || !UseOaep(operation.get()) ||
      EVP_PKEY_encrypt(operation.get(), BytesOf(ciphertext), &written, BytesOf(text),
                       text.size()) != 1) {
    return context.Fail(absl::StrCat("RSA encryption failed: ", TakeOpenSslError()));
  }
  return NewBase64(std::string_view(ciphertext).substr(0, written));
}

Value Decrypt(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) return context.Fail(std::string(kDecryptType));
  const OpenSslPtr<EVP_PKEY> key = KeyArgument(context, args[1], KeyKind::kPrivate);
  if (key == nullptr) return Value::Unset();
  std::string ciphertext;
  if (!DecodeArgument(context, "ciphertext", TextOf(args[0]), &ciphertext)) return Value::Unset();
  const OpenSslPtr<EVP_PKEY_CTX> operation(EVP_PKEY_CTX_new(key.get(), nullptr));
  Secret plaintext(ModulusSize(key.get()));
  size_t written = plaintext.size();
  if (EVP_PKEY_decrypt_init(operation.get()) != 1 || !UseOaep(operation.get()) ||
      EVP_PKEY_decrypt(operation.get(), plaintext.bytes(), &written, BytesOf(ciphertext),
                       ciphertext.size()) != 1) {
    TakeOpenSslError();
    return context.Fail(std::string(kNotDecrypted));
  }
  return NewPlaintext(context, plaintext.view().substr(0, written));
}

Value Sign(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) return context.Fail(std::string(kSignType));
  const OpenSslPtr<EVP_PKEY> key = KeyArgument(context, args[1], KeyKind::kPrivate);
  if (key == nullptr) return Value::Unset();
  const std::string_view text = TextOf(args[0]);
  const OpenSslPtr<EVP_MD_CTX> state(EVP_MD_CTX_new());
  std::string signature(ModulusSize(key.get()), '\0');
  size_t size = signature.size();
  if (EVP_DigestSignInit(state.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
      EVP_DigestSign(state.get(), BytesOf(signature), &size, BytesOf(text), text.size()) != 1) {
    return context.Fail(absl::StrCat("RSA signing failed: ", TakeOpenSslError()));
  }
  return NewBase64(std::string_view(signature).substr(0, size));
}

Value Verify(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString() || !args[2].IsString()) {
    return context.Fail(std::string(kVerifyType));
  }
  const OpenSslPtr<EVP_PKEY> key = KeyArgument(context, args[2], KeyKind::kPublic);
  if (key == nullptr) return Value::Unset();
  std::string signature;
  if (!DecodeArgument(context, "signature", TextOf(args[1]), &signature)) return Value::Unset();
  const std::string_view text = TextOf(args[0]);
  const OpenSslPtr<EVP_MD_CTX> state(EVP_MD_CTX_new());
  const bool valid =
      EVP_DigestVerifyInit(state.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
      EVP_DigestVerify(state.get(), BytesOf(signature), signature.size(), BytesOf(text),
                       text.size()) == 1;
  if (!valid) TakeOpenSslError();
  return Value::Bool(valid);
}

Value PrivatePem(EVP_PKEY* key) {
  const OpenSslPtr<BIO> out(BIO_new(BIO_s_secmem()));
  RUFF_CHECK(PEM_write_bio_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) ==
             1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return NewText({text, static_cast<size_t>(size)});
}

Value PublicPem(EVP_PKEY* key) {
  const OpenSslPtr<BIO> out(BIO_new(BIO_s_mem()));
  RUFF_CHECK(PEM_write_bio_PUBKEY(out.get(), key) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return NewText({text, static_cast<size_t>(size)});
}

Value Generate(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsInt()) return context.Fail(std::string(kGenerateType));
  const int64_t bits = args[0].i;
  if (bits != 2048 && bits != 4096) return context.Fail(std::string(kGenerateSize));
  const OpenSslPtr<EVP_PKEY> key(EVP_RSA_gen(static_cast<unsigned>(bits)));
  if (key == nullptr) {
    return context.Fail(absl::StrCat("RSA key generation failed: ", TakeOpenSslError()));
  }
  Dict* pair = NewDict();
  DictSet(pair, Ref(NewString("private")).get(), PrivatePem(key.get()));
  DictSet(pair, Ref(NewString("public")).get(), PublicPem(key.get()));
  return Value::Heap(pair);
}

constexpr NativeFunction kTable[] = {
    {.name = "rsa_generate_keypair",
     .min_args = 1,
     .max_args = 1,
     .body = Generate,
     .signature = "rsa_generate_keypair(bits: int) -> dict",
     .doc = "A new key pair in PEM: `private` (PKCS#8) and `public`; 2048 or 4096 bits.",
     .example = "print(keys(rsa_generate_keypair(2048))) => [private, public]",
     .errors = "rsa_generate_keypair requires an integer (2048 or 4096)\n"
               "RSA key size must be 2048 or 4096 bits",
     .arity_error = kGenerateType},
    {.name = "rsa_encrypt",
     .min_args = 2,
     .max_args = 2,
     .body = Encrypt,
     .signature = "rsa_encrypt(text: string, public_pem: string) -> string",
     .doc =
         "The text encrypted with OAEP and SHA-256, as Base64; 190 bytes at most with 2048 bits.",
     .example = "k := rsa_generate_keypair(2048)\n"
                "print(len(rsa_encrypt(\"hello\", k[\"public\"]))) => 344",
     .errors = "rsa_encrypt requires (plaintext_string, public_key_pem) arguments\n"
               "Invalid RSA public key: REASON\n"
               "RSA encryption failed: message too long",
     .arity_error = kEncryptType},
    {.name = "rsa_decrypt",
     .min_args = 2,
     .max_args = 2,
     .body = Decrypt,
     .signature = "rsa_decrypt(ciphertext: string, private_pem: string) -> string",
     .doc = "The text that rsa_encrypt was given with the public key.",
     .example =
         "k := rsa_generate_keypair(2048)\n"
         "print(rsa_decrypt(rsa_encrypt(\"hello\", k[\"public\"]), k[\"private\"])) => hello",
     .errors = "rsa_decrypt requires (ciphertext_string, private_key_pem) arguments\n"
               "Invalid RSA private key: REASON\n"
               "Invalid base64 ciphertext: REASON\n"
               "RSA decryption failed: decryption error\n"
               "Decrypted data is not valid UTF-8: REASON",
     .arity_error = kDecryptType},
    {.name = "rsa_sign",
     .min_args = 2,
     .max_args = 2,
     .body = Sign,
     .signature = "rsa_sign(text: string, private_pem: string) -> string",
     .doc = "The PKCS#1 v1.5 signature of the text's SHA-256, as Base64.",
     .example = "k := rsa_generate_keypair(2048)\n"
                "print(len(rsa_sign(\"hello\", k[\"private\"]))) => 344",
     .errors = "rsa_sign requires (message_string, private_key_pem) arguments\n"
               "Invalid RSA private key: REASON\n"
               "RSA signing failed: REASON",
     .arity_error = kSignType},
    {.name = "rsa_verify",
     .min_args = 3,
     .max_args = 3,
     .body = Verify,
     .signature = "rsa_verify(text: string, signature: string, public_pem: string) -> bool",
     .doc = "Is `signature` one that rsa_sign made of `text` with the private key?",
     .example = "k := rsa_generate_keypair(2048)\n"
                "print(rsa_verify(\"a\", rsa_sign(\"a\", k[\"private\"]), k[\"public\"])) => true",
     .errors = "rsa_verify requires (message, signature, public_key_pem) arguments\n"
               "Invalid RSA public key: REASON\n"
               "Invalid base64 signature: REASON",
     .arity_error = kVerifyType},
};

}  // namespace

absl::Span<const NativeFunction> RsaBuiltins() { return kTable; }

}  // namespace ruff
