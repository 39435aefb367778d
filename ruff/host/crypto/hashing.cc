// Digests of texts, of bytes and of files.

#include <fcntl.h>

#include <string>
#include <string_view>

#include "absl/strings/escaping.h"
#include "ruff/base/check.h"
#include "ruff/host/crypto/openssl.h"
#include "ruff/host/failure.h"
#include "ruff/host/families.h"
#include "ruff/host/posix/file.h"
#include "ruff/runtime/value/collection.h"

namespace ruff {
namespace {

constexpr std::string_view kSha256Type = "sha256 requires a string or bytes argument";
constexpr std::string_view kMd5Type = "md5 requires a string or bytes argument";
constexpr std::string_view kSha256FileType = "sha256_file requires a string path argument";
constexpr std::string_view kMd5FileType = "md5_file requires a string path argument";

constexpr size_t kBlockBytes = 256 * 1024;

class Digest {
 public:
  explicit Digest(const EVP_MD* algorithm) : state_(EVP_MD_CTX_new()) {
    RUFF_CHECK(EVP_DigestInit_ex(state_.get(), algorithm, nullptr) == 1);
  }
  void Add(std::string_view content) {
    RUFF_CHECK(EVP_DigestUpdate(state_.get(), content.data(), content.size()) == 1);
  }
  // In lower-case hexadecimal.
  std::string Finish() {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    RUFF_CHECK(EVP_DigestFinal_ex(state_.get(), digest, &size) == 1);
    return absl::BytesToHexString({reinterpret_cast<const char*>(digest), size});
  }

 private:
  const OpenSslPtr<EVP_MD_CTX> state_;
};

FailureText AddFile(const std::string& path, Digest* digest) {
  FailureText failure = CheckPath(path);
  File file;
  if (failure.empty()) failure = file.Open(path, O_RDONLY);
  std::string block(kBlockBytes, '\0');
  for (size_t got = 1; failure.empty() && got > 0;) {
    failure = file.ReadSome(block.data(), block.size(), &got);
    if (failure.empty()) digest->Add({block.data(), got});
  }
  return failure;
}

template <const EVP_MD* (*kAlgorithm)(), const std::string_view& kTypeError>
Value Hash(NativeContext& context, Value* args, uint32_t) {
  Digest digest(kAlgorithm());
  if (args[0].IsString()) {
    digest.Add(TextOf(args[0]));
  } else if (args[0].Is(Kind::kBytes)) {
    digest.Add(args[0].As<Bytes>()->view());
  } else {
    return context.Fail(std::string(kTypeError));
  }
  return NewText(digest.Finish());
}

template <const EVP_MD* (*kAlgorithm)(), const std::string_view& kTypeError>
Value HashFile(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kTypeError));
  const std::string path(TextOf(args[0]));
  Digest digest(kAlgorithm());
  const FailureText failure = AddFile(path, &digest);
  if (!failure.empty()) return FailOn(context, "Failed to read file", path, failure);
  return NewText(digest.Finish());
}

constexpr NativeFunction kTable[] = {
    {.name = "sha256",
     .min_args = 1,
     .max_args = 1,
     .body = Hash<EVP_sha256, kSha256Type>,
     .signature = "sha256(data: string | bytes) -> string",
     .doc = "The SHA-256 digest in hexadecimal.",
     .example = "print(substring(sha256(\"abc\"), 0, 8)) => ba7816bf",
     .errors = kSha256Type,
     .arity_error = kSha256Type},
    {.name = "md5",
     .min_args = 1,
     .max_args = 1,
     .body = Hash<EVP_md5, kMd5Type>,
     .signature = "md5(data: string | bytes) -> string",
     .doc = "The MD5 digest in hexadecimal; for old formats only, MD5 is broken.",
     .example = "print(md5(\"abc\")) => 900150983cd24fb0d6963f7d28e17f72",
     .errors = kMd5Type,
     .arity_error = kMd5Type},
    {.name = "sha256_file",
     .min_args = 1,
     .max_args = 1,
     .body = HashFile<EVP_sha256, kSha256FileType>,
     .capability = Capability::kFilesystemRead,
     .signature = "sha256_file(path: string) -> string",
     .doc = "The SHA-256 digest of a file's content, of any size.",
     .example = "write_file(\"a\", \"abc\")\nprint(sha256_file(\"a\") == sha256(\"abc\")) => true",
     .errors = "sha256_file requires a string path argument\n"
               "Failed to read file 'P': REASON",
     .arity_error = "sha256_file expects 1 arguments, got {}"},
    {.name = "md5_file",
     .min_args = 1,
     .max_args = 1,
     .body = HashFile<EVP_md5, kMd5FileType>,
     .capability = Capability::kFilesystemRead,
     .signature = "md5_file(path: string) -> string",
     .doc = "The MD5 digest of a file's content, of any size.",
     .example = "write_file(\"a\", \"abc\")\nprint(md5_file(\"a\") == md5(\"abc\")) => true",
     .errors = "md5_file requires a string path argument\n"
               "Failed to read file 'P': REASON",
     .arity_error = kMd5FileType},
};

}  // namespace

absl::Span<const NativeFunction> HashingBuiltins() { return kTable; }

}  // namespace ruff
