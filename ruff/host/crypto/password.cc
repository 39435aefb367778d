// Passwords, hashed with bcrypt.
//
// A hash is "$PREFIX$COST$SALT HASH": 22 and 31 characters of bcrypt's own Base64. The prefixes 2a,
// 2b, 2x and 2y once told apart implementations and their bugs; all are computed as the correct 2b.

#include <crypt.h>
#include <openssl/rand.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ruff/base/check.h"
#include "ruff/host/crypto/openssl.h"
#include "ruff/host/families.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/base64_defect.h"

namespace ruff {
namespace {

constexpr std::string_view kHashType = "hash_password requires a string password argument";
constexpr std::string_view kVerifyType =
    "verify_password requires (string_password, string_hash) arguments";
constexpr std::string_view kHashNul =
    "Failed to hash password: password contains an unexpected NUL byte";

constexpr int kCost = 12;
constexpr uint32_t kMinCost = 4;
constexpr uint32_t kMaxCost = 31;
constexpr size_t kMaxPassword = 72;  // bytes that count
constexpr size_t kSaltSize = 22;     // characters
constexpr size_t kDigestSize = 31;

constexpr std::string_view kAlphabet =
    "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

// 128 random bits: 21 characters of 6 bits and one of 2.
std::string NewSalt() {
  uint8_t random[kSaltSize];
  RUFF_CHECK(RAND_bytes(random, sizeof random) == 1);
  std::string salt;
  for (const uint8_t byte : random) salt.push_back(kAlphabet[byte % 64]);
  salt.back() = kAlphabet[random[kSaltSize - 1] / 64 * 16];
  return salt;
}

// The whole hash. The cost is allowed, the salt is well formed, the password has no U+0000.
std::string Bcrypt(std::string_view password, uint32_t cost, std::string_view salt) {
  const Secret key(password.substr(0, kMaxPassword));
  const std::string setting = absl::StrCat("$2b$", cost < 10 ? "0" : "", cost, "$", salt);
  const auto data = std::make_unique<crypt_data>();
  const char* hash = crypt_rn(key.view().data(), setting.c_str(), data.get(), sizeof *data);
  RUFF_CHECK(hash != nullptr);
  return hash;
}

Value HashPassword(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kHashType));
  const std::string_view password = TextOf(args[0]);
  if (absl::StrContains(password, '\0')) return context.Fail(std::string(kHashNul));
  return NewText(Bcrypt(password, kCost, NewSalt()));
}

bool ParseCost(std::string_view text, uint32_t* cost) {
  if (text.starts_with('+')) text.remove_prefix(1);
  uint64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + static_cast<uint64_t>(c - '0');
    if (number > UINT32_MAX) return false;
  }
  *cost = static_cast<uint32_t>(number);
  return !text.empty();
}

struct PasswordHash {
  uint32_t cost;
  std::string_view salt;
  std::string_view digest;
};

// The parts of `text`, or what is wrong with it.
std::string ParseHash(std::string_view text, PasswordHash* hash) {
  const std::vector<std::string_view> parts = absl::StrSplit(text, '$', absl::SkipEmpty());
  if (parts.size() != 3) return absl::StrCat("Invalid hash: ", text);
  const std::string_view prefix = parts[0];
  if (prefix != "2a" && prefix != "2b" && prefix != "2x" && prefix != "2y") {
    return absl::StrCat("Invalid Prefix: ", prefix);
  }
  if (!ParseCost(parts[1], &hash->cost)) return absl::StrCat("Invalid Cost: ", parts[1]);
  if (parts[2].size() != kSaltSize + kDigestSize) return absl::StrCat("Invalid hash: ", text);
  hash->salt = parts[2].substr(0, kSaltSize);
  hash->digest = parts[2].substr(kSaltSize);
  std::string defect = FindBase64Defect(hash->salt, Base64::kBcrypt);
  if (!defect.empty()) return absl::StrCat("Base64 error: ", defect);
  if (hash->cost < kMinCost || hash->cost > kMaxCost) {
    return absl::StrCat("Cost needs to be between ", kMinCost, " and ", kMaxCost, ", got ",
                        hash->cost);
  }
  defect = FindBase64Defect(hash->digest, Base64::kBcrypt);
  if (!defect.empty()) return absl::StrCat("Base64 error: ", defect);
  return {};
}

Value VerifyPassword(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) return context.Fail(std::string(kVerifyType));
  PasswordHash hash;
  if (const std::string defect = ParseHash(TextOf(args[1]), &hash); !defect.empty()) {
    return context.Fail(absl::StrCat("Failed to verify password: ", defect));
  }
  const std::string_view password = TextOf(args[0]);
  if (absl::StrContains(password, '\0')) return Value::Bool(false);
  const std::string computed = Bcrypt(password, hash.cost, hash.salt);
  const std::string_view digest = std::string_view(computed).substr(computed.size() - kDigestSize);
  return Value::Bool(SecretsEqual(digest, hash.digest));
}

constexpr NativeFunction kTable[] = {
    {.name = "hash_password",
     .min_args = 1,
     .max_args = 1,
     .body = HashPassword,
     .signature = "hash_password(password: string) -> string",
     .doc = "A bcrypt hash of cost 12 with a random salt; the first 72 bytes count.",
     .example = "print(len(hash_password(\"secret\"))) => 60",
     .errors = "hash_password requires a string password argument\n"
               "Failed to hash password: password contains an unexpected NUL byte",
     .arity_error = kHashType},
    {.name = "verify_password",
     .min_args = 2,
     .max_args = 2,
     .body = VerifyPassword,
     .signature = "verify_password(password: string, hash: string) -> bool",
     .doc = "Is `hash`, made by hash_password or any bcrypt, that of `password`?",
     .example = "print(verify_password(\"secret\", hash_password(\"secret\"))) => true",
     .errors = "verify_password requires (string_password, string_hash) arguments\n"
               "Failed to verify password: Invalid hash: HASH\n"
               "Failed to verify password: Invalid Prefix: P\n"
               "Failed to verify password: Invalid Cost: C\n"
               "Failed to verify password: Cost needs to be between 4 and 31, got N\n"
               "Failed to verify password: Base64 error: REASON",
     .arity_error = kVerifyType},
};

}  // namespace

absl::Span<const NativeFunction> PasswordBuiltins() { return kTable; }

}  // namespace ruff
