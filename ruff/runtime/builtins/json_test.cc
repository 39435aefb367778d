#include "ruff/runtime/builtins/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "ruff/runtime/builtins/test_context.h"

namespace ruff {
namespace {

std::string Repeat(std::string_view text, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += text;
  return out;
}

TEST(JsonTest, ParsesNumbersAtTheEdges) {
  TestContext c;
  EXPECT_EQ(c.Try("parse_json", {S("[9223372036854775807, -9223372036854775808, -0, 5e-1]")}),
            "Array[Int(9223372036854775807), Int(-9223372036854775808), Float(-0), Float(0.5)]");
  EXPECT_EQ(c.Try("parse_json", {S("9223372036854775808")}), "Float(9223372036854776000)");
  EXPECT_EQ(c.Try("parse_json", {S("1e-400")}), "Float(0)");
  EXPECT_EQ(c.Try("parse_json", {S("-0.000000000000000000001e-400")}), "Float(-0)");
  EXPECT_EQ(c.Try("parse_json", {S("[1.234567890123456789, 0.01234567890123456789012345 ]")}),
            "Array[Float(1.2345678901234567), Float(0.012345678901234568)]");
  EXPECT_EQ(c.Try("parse_json", {S("123456789012345678901234567890.5")}),
            "Float(123456789012345680000000000000)");
  EXPECT_EQ(c.Try("parse_json", {S("1e999")}),
            "error: JSON parse error: number out of range at line 1 column 5");
}

TEST(JsonTest, ParsesEscapesAndSurrogates) {
  TestContext c;
  EXPECT_EQ(c.Try("parse_json", {S(R"("\u00e9\ud83d\ude00\n\/")")}), "String(\"é😀\n/\")");
  EXPECT_EQ(c.Try("parse_json", {S(R"("\ud83d")")}),
            "error: JSON parse error: unexpected end of hex escape at line 1 column 8");
  EXPECT_EQ(c.Try("parse_json", {S("\"a\n\"")}),
            "error: JSON parse error: control character (\\u0000-\\u001F) found while parsing a "
            "string at line 2 column 0");
}

TEST(JsonTest, EveryPrefixOfADocumentIsRefused) {
  const std::string text = R"({"a":[1,-2.5e3,true,null,"x\u00e9\\"],"b":{"c":{}}})";
  for (size_t size = 0; size < text.size(); ++size) {
    std::string error;
    EXPECT_TRUE(ParseJson(text.substr(0, size), &error).Is(Kind::kUnset)) << size;
    EXPECT_NE(error.find("EOF while parsing"), std::string::npos) << error;
  }
}

TEST(JsonTest, DepthIsLimitedBothWays) {
  TestContext c;
  const std::string deep = Repeat("[", 10'000) + Repeat("]", 10'000);
  Ref value = c.Call("parse_json", {S(deep)});
  EXPECT_EQ(c.Try("to_json", {value}), "String(\"" + deep + "\")");
  EXPECT_EQ(c.Try("to_json", {A({value})}),
            "error: JSON value exceeds maximum nesting depth of 10000");
  EXPECT_EQ(c.Try("parse_json", {S(Repeat("[", 1'000'000))}),
            "error: JSON input exceeds maximum nesting depth of 10000");
}

TEST(JsonTest, WritesFloatsAndControls) {
  TestContext c;
  EXPECT_EQ(c.Try("to_json", {A({F(5), F(-0.0), F(1e16), F(1e15), F(1e-5), F(1.5e-6), F(1e100)})}),
            "String(\"[5.0,-0.0,1e+16,1000000000000000.0,0.00001,1.5e-6,1e+100]\")");
  EXPECT_EQ(c.Try("to_json", {S("a\"\\\x01\x7f/é\t")}),
            "String(\"\"a\\\"\\\\\\u0001\x7f/é\\t\"\")");
  EXPECT_EQ(c.Try("to_json", {F(INFINITY)}), "error: Cannot convert non-finite float inf to JSON");
  EXPECT_EQ(c.Try("to_json_pretty", {D({{"b", A({I(1)})}, {"a", A({})}})}),
            "String(\"{\n  \"a\": [],\n  \"b\": [\n    1\n  ]\n}\")");
  EXPECT_EQ(c.Try("to_json", {}), "error: to_json requires a value argument");
}

}  // namespace
}  // namespace ruff
