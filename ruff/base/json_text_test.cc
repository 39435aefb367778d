#include "ruff/base/json_text.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

std::string Json(std::string_view text) {
  std::string out;
  AppendJsonString(text, &out);
  return out;
}

TEST(JsonTextTest, EscapesOnlyWhatItMust) {
  EXPECT_EQ(Json(""), R"("")");
  EXPECT_EQ(Json("a/é😀'\x7F"), "\"a/é😀'\x7F\"");
  EXPECT_EQ(Json("\"\\\b\f\n\r\t"), R"("\"\\\b\f\n\r\t")");
  EXPECT_EQ(Json(std::string_view("\0\x1F", 2)), R"("\u0000\u001f")");
}

}  // namespace
}  // namespace ruff
