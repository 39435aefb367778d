#include <gtest/gtest.h>

#include "ruff/runtime/builtins/test_context.h"
#include "ruff/runtime/value/box.h"

namespace ruff {
namespace {

TEST(FormatTest, Placeholders) {
  TestContext c;
  EXPECT_EQ(c.Try("format", {S("%s|%s|%s"), S("a"), F(2), Null()}), "String(\"a|2|null\")");
  EXPECT_EQ(c.Try("format", {S("%s%s"), A({}), D({})}), "String(\"[Array]{Dict}\")");
  EXPECT_EQ(c.Try("format", {S("%s"), Ref(NewBox(Kind::kOk, Value::Int(1)))}),
            "String(\"Ok(Int(1))\")");
  EXPECT_EQ(c.Try("format", {S("%d %d %f"), F(-3.9), B(true), I(2)}), "String(\"-3 1 2\")");
  EXPECT_EQ(c.Try("format", {S("%5d %.2f 50% %%d %"), I(1)}), "String(\"%5d %.2f 50% %d %\")");
  EXPECT_EQ(c.Try("format", {S("x"), I(1), I(2)}), "String(\"x\")");
}

TEST(FormatTest, Errors) {
  TestContext c;
  EXPECT_EQ(c.Try("format", {S("%d %d"), I(1)}),
            "error: format() missing argument for placeholder %d");
  EXPECT_EQ(c.Try("format", {S("%d"), S("5")}),
            "error: format() %d requires numeric argument, got Str(\"5\")");
  EXPECT_EQ(c.Try("format", {S("%f"), B(true)}),
            "error: format() %f requires numeric argument, got Bool(true)");
  EXPECT_EQ(c.Try("format", {I(5)}), "error: format() first argument must be a string");
  EXPECT_EQ(c.Try("format", {}), "error: format() requires at least 1 argument (template)");
}

TEST(AssertionTest, PassOrThrow) {
  TestContext c;
  EXPECT_EQ(c.Try("assert", {I(1)}), "Bool(true)");
  EXPECT_EQ(c.Try("assert", {Null(), S("needed")}), "error: needed");
  EXPECT_EQ(c.Try("assert", {B(false), I(42)}), "error: Assertion failed");
  EXPECT_EQ(c.Try("assert", {}), "error: assert requires at least 1 argument: condition");
  EXPECT_EQ(c.Try("assert_equal", {I(1), F(1)}), "Bool(true)");
  EXPECT_EQ(c.Try("assert_equal", {S("a\"b"), A({I(1)})}),
            "error: Assertion failed: expected Array[1], got Str(\"a\\\"b\")");
  EXPECT_EQ(c.Try("assert_true", {I(1)}), "error: assert_true requires a boolean argument");
  EXPECT_EQ(c.Try("assert_false", {B(true)}), "error: Assertion failed: expected false, got true");
  EXPECT_EQ(c.Try("assert_contains", {A({I(1)}), F(1)}), "Bool(true)");
  EXPECT_EQ(c.Try("assert_contains", {S("abc"), I(1)}),
            "error: Assertion failed: Str(\"abc\") does not contain Int(1)");
}

TEST(DebugTest, ShowsTypes) {
  TestContext c;
  c.Call("debug", {I(1), S("a\n"), A({Null()})});
  EXPECT_EQ(c.TakeOutput(), "[DEBUG] Int(1) String(\"a\n\") Array[Null]\n");
  c.Call("debug", {});
  EXPECT_EQ(c.TakeOutput(), "[DEBUG] \n");
}

TEST(SiteTest, PagesAndPaths) {
  TestContext c;
  EXPECT_EQ(c.Try("ssg_build_output_paths", {S("out"), I(1), S(".txt")}),
            "Array[String(\"out/post_0.txt\")]");
  EXPECT_EQ(c.Try("ssg_build_output_paths", {S("out"), I(-1)}),
            "error: ssg_build_output_paths() file_count must be >= 0, got -1");
  EXPECT_EQ(c.Try("ssg_build_output_paths", {S("out"), I(INT64_MAX)}),
            "error: ssg_build_output_paths() result exceeds maximum size");
  EXPECT_EQ(c.Try("ssg_render_pages", {A({S("é")})}),
            "Dict{checksum: Int(62), pages: Array[String(\"<html><body><h1>Post 0</h1><article>é"
            "</article></body></html>\")]}");
  EXPECT_EQ(c.Try("ssg_render_pages", {A({S("a"), I(5)})}),
            "error: ssg_render_pages() source page at index 1 must be a string");
}

}  // namespace
}  // namespace ruff
