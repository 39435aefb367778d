#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "ruff/host/families.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/builtins/test_context.h"

namespace ruff {
namespace {

class PasswordTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { AddNatives(PasswordBuiltins()); }

  std::string Verify(std::string_view password, std::string_view hash) {
    return context_.Try("verify_password", {S(password), S(hash)});
  }
  std::string Defect(std::string_view hash) {
    const std::string result = Verify("x", hash);
    constexpr std::string_view kStart = "error: Failed to verify password: ";
    return result.starts_with(kStart) ? result.substr(kStart.size()) : result;
  }
  TestContext context_;
};

constexpr std::string_view kSalt = "CCCCCCCCCCCCCCCCCCCCC.";
constexpr std::string_view kDigest = "E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

// The vectors of crypt_blowfish.
TEST_F(PasswordTest, KnownHashes) {
  EXPECT_EQ(Verify("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
            "Bool(true)");
  EXPECT_EQ(Verify("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
            "Bool(true)");
  EXPECT_EQ(Verify("U*U*U", "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"),
            "Bool(true)");
  EXPECT_EQ(Verify("", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"),
            "Bool(true)");
}

TEST_F(PasswordTest, HashesAreSaltedAndVerify) {
  const Ref a = context_.Call("hash_password", {S("pass word ✓")});
  const Ref b = context_.Call("hash_password", {S("pass word ✓")});
  const std::string_view text = a.As<String>()->view();
  EXPECT_EQ(text.size(), 60u);
  EXPECT_TRUE(text.starts_with("$2b$12$"));
  EXPECT_NE(text, b.As<String>()->view());
  EXPECT_EQ(Verify("pass word ✓", text), "Bool(true)");
  EXPECT_EQ(Verify("pass word", text), "Bool(false)");
}

TEST_F(PasswordTest, SeventyTwoBytesCount) {
  const Ref hash = context_.Call("hash_password", {S(std::string(100, 'a'))});
  const std::string_view text = hash.As<String>()->view();
  EXPECT_EQ(Verify(std::string(72, 'a'), text), "Bool(true)");
  EXPECT_EQ(Verify(std::string(71, 'a') + "b", text), "Bool(false)");
}

TEST_F(PasswordTest, NulBytesNeverShortenAPassword) {
  const std::string_view password("U*U\0more", 8);
  EXPECT_EQ(Verify(password, absl::StrCat("$2b$05$", kSalt, kDigest)), "Bool(false)");
  EXPECT_EQ(context_.Try("hash_password", {S(password)}),
            "error: Failed to hash password: password contains an unexpected NUL byte");
}

TEST_F(PasswordTest, DefectsComeInOrder) {
  const std::string tail = absl::StrCat(kSalt, kDigest);
  EXPECT_EQ(Defect("garbage"), "Invalid hash: garbage");
  EXPECT_EQ(Defect("$2b$$"), "Invalid hash: $2b$$");
  EXPECT_EQ(Defect("$9$xx$abc"), "Invalid Prefix: 9");
  EXPECT_EQ(Defect("$2b$xx$abc"), "Invalid Cost: xx");
  EXPECT_EQ(Defect("$2b$99999999999$abc"), "Invalid Cost: 99999999999");
  EXPECT_EQ(Defect("$2b$99$abc"), "Invalid hash: $2b$99$abc");
  EXPECT_EQ(Defect("$2b$99$" + tail), "Cost needs to be between 4 and 31, got 99");
  EXPECT_EQ(Defect("$2b$3$" + tail), "Cost needs to be between 4 and 31, got 3");
  EXPECT_EQ(Defect("$2b$99$!" + tail.substr(1)), "Base64 error: Invalid byte 33, offset 0.");
  EXPECT_EQ(Defect("$2b$04$" + tail.substr(0, 52) + "!"),
            "Base64 error: Invalid byte 33, offset 30.");
  EXPECT_EQ(Defect("$2b$04$" + std::string(22, 'C') + std::string(kDigest)),
            "Base64 error: Invalid last symbol 67, offset 21.");
  EXPECT_EQ(Defect("$$2b$$05$$" + tail), "Bool(false)");  // empty parts do not count
}

}  // namespace
}  // namespace ruff
