#include <gtest/gtest.h>

#include <string>

#include "ruff/host/families.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/builtins/test_context.h"
#include "ruff/runtime/value/collection.h"
#include "testing/base/file_text.h"
#include "testing/base/shell.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

class HashingTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { AddNatives(HashingBuiltins()); }

  std::string Hash(std::string_view name, std::string_view argument) {
    const Ref digest = context_.Call(name, {S(argument)});
    return digest.get().IsString() ? std::string(digest.As<String>()->view()) : context_.failure();
  }
  TestContext context_;
};

// FIPS 180-2, appendix B.
TEST_F(HashingTest, Sha256OfTheStandard) {
  EXPECT_EQ(Hash("sha256", ""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Hash("sha256", "abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Hash("sha256", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(Hash("sha256", std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// RFC 1321, appendix A.5.
TEST_F(HashingTest, Md5OfTheStandard) {
  EXPECT_EQ(Hash("md5", ""), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(Hash("md5", "a"), "0cc175b9c0f1b6a831c399e269772661");
  EXPECT_EQ(Hash("md5", "message digest"), "f96b697d7cb7938d525a2f31aaf161d0");
  EXPECT_EQ(Hash("md5", "abcdefghijklmnopqrstuvwxyz"), "c3fcd3d76192e4007dfb496cca67e13b");
  EXPECT_EQ(
      Hash("md5",
           "12345678901234567890123456789012345678901234567890123456789012345678901234567890"),
      "57edf4a22be3c955ac49da2e2107b67a");
}

TEST_F(HashingTest, BytesAreHashedAsTheyAre) {
  EXPECT_EQ(context_.Try("md5", {Ref(NewBytes(std::string_view("\0\xff\x80", 3)))}),
            "String(\"4fd64cb80c3f86e1e9d0f559af8b370f\")");
}

TEST_F(HashingTest, FilesOfAnySizeAreHashedInPieces) {
  const TempDir dir;
  for (const size_t size : {0, 1, 262143, 262144, 262145, 1000000}) {
    const std::string content(size, 'x');
    ASSERT_TRUE(WriteFileText(dir.Join("f"), content));
    EXPECT_EQ(Hash("sha256_file", dir.Join("f")), Hash("sha256", content));
    EXPECT_EQ(Hash("md5_file", dir.Join("f")), Hash("md5", content));
  }
}

TEST_F(HashingTest, FilesThatCannotBeRead) {
  EXPECT_EQ(Hash("sha256_file", "/no/such"),
            "Failed to read file '/no/such': No such file or directory (os error 2)");
  EXPECT_EQ(Hash("md5_file", "/"), "Failed to read file '/': Is a directory (os error 21)");
  EXPECT_EQ(
      Hash("md5_file", std::string_view("a\0b", 3)),
      std::string("Failed to read file 'a\0b': file name contained an unexpected NUL byte", 69));
}

TEST_F(HashingTest, AgreesWithTheToolsOfTheSystem) {
  const TempDir dir;
  std::string content;
  for (int i = 0; i < 100'000; ++i) content.push_back(static_cast<char>(i * 31 >> 3));
  ASSERT_TRUE(WriteFileText(dir.Join("f"), content));
  if (HasTool("sha256sum")) {
    EXPECT_EQ(Shell("sha256sum < f", dir.path()), Hash("sha256_file", dir.Join("f")) + "  -");
  }
  if (HasTool("md5sum")) {
    EXPECT_EQ(Shell("md5sum < f", dir.path()), Hash("md5_file", dir.Join("f")) + "  -");
  }
  if (!HasTool("openssl")) GTEST_SKIP() << "openssl is not installed";
  EXPECT_EQ(Shell("openssl dgst -r -sha256 < f", dir.path()),
            Hash("sha256_file", dir.Join("f")) + " *stdin");
}

}  // namespace
}  // namespace ruff
