#include <gtest/gtest.h>

#include <string>

#include "ruff/runtime/builtins/test_context.h"
#include "ruff/runtime/value/collection.h"

namespace ruff {
namespace {

TEST(Base64Test, RoundTripsAllLengths) {
  TestContext c;
  std::string content;
  for (int i = 0; i < 300; ++i) {
    const Ref text = c.Call("encode_base64", {Ref(NewBytes(content))});
    EXPECT_EQ(c.Call("decode_base64", {text}).As<Bytes>()->view(), content);
    content.push_back(static_cast<char>(i * 7));
  }
}

TEST(Base64Test, ChecksComeInOrder) {
  TestContext c;
  const auto decode = [&](const char* text) { return c.Try("decode_base64", {S(text)}); };
  EXPECT_EQ(decode("Zm9v!"), "error: Base64 decode error: Invalid byte 33, offset 4.");
  EXPECT_EQ(decode("!m9vA"),
            "error: Base64 decode error: Encoded text cannot have a 6-bit remainder.");
  EXPECT_EQ(decode("Zg=="), "Bytes(1 bytes)");
  EXPECT_EQ(decode("Zg=a"), "error: Base64 decode error: Invalid byte 61, offset 2.");
  EXPECT_EQ(decode("Zm9="), "error: Base64 decode error: Invalid last symbol 57, offset 2.");
  EXPECT_EQ(decode("Zg"), "error: Base64 decode error: Invalid padding");
}

}  // namespace
}  // namespace ruff
