// Owners of OpenSSL's objects and of bytes that must not stay in memory.

#ifndef RUFF_HOST_CRYPTO_OPENSSL_H_
#define RUFF_HOST_CRYPTO_OPENSSL_H_

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace ruff {

struct OpenSslDeleter {
  void operator()(BIO* p) const { BIO_free(p); }
  void operator()(EVP_CIPHER_CTX* p) const { EVP_CIPHER_CTX_free(p); }
  void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
  void operator()(EVP_PKEY_CTX* p) const { EVP_PKEY_CTX_free(p); }
  void operator()(PKCS8_PRIV_KEY_INFO* p) const { PKCS8_PRIV_KEY_INFO_free(p); }
};
template <typename T>
using OpenSslPtr = std::unique_ptr<T, OpenSslDeleter>;

// Bytes (keys, passwords, plaintexts on their way) that are overwritten in the end.
class Secret {
 public:
  explicit Secret(size_t size) : bytes_(size, '\0') {}
  explicit Secret(std::string_view content) : bytes_(content) {}
  ~Secret() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;

  char* data() { return bytes_.data(); }
  unsigned char* bytes() { return reinterpret_cast<unsigned char*>(bytes_.data()); }
  size_t size() const { return bytes_.size(); }
  std::string_view view() const { return bytes_; }

 private:
  std::string bytes_;
};

inline const unsigned char* BytesOf(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* BytesOf(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// Equal, in a time that depends on the sizes alone.
inline bool SecretsEqual(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

// Why the last call into OpenSSL failed, in its words. Forgets the errors of this thread.
std::string TakeOpenSslError();

}  // namespace ruff

#endif  // RUFF_HOST_CRYPTO_OPENSSL_H_
