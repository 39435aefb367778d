#include "ruff/runtime/builtins/yaml.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/test_context.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

std::string Read(std::string_view text) {
  std::string error;
  const Ref value(ParseYaml(text, &error));
  return value.get().Is(Kind::kUnset) ? error : FormatToString(value.get(), Form::kDebug);
}
std::string Write(const Ref& value) {
  std::string error;
  BoundedText out;
  return WriteYaml(value.get(), &out, &error) ? std::string(out.view()) : error;
}

TEST(YamlTest, PlainScalars) {
  EXPECT_EQ(Read("[~, NULL, True, 0, -7, +7, 017, 0x1F, 0o17, 0b1, 0x, -0x1]"),
            "Array[Null, Null, Bool(true), Int(0), Int(-7), Int(7), String(\"017\"), Int(31), "
            "Int(15), Int(1), String(\"0x\"), String(\"-0x1\")]");
  EXPECT_EQ(Read("[1., .5, 1e3, -1.5E-1, ., e3, .inf, -.INF, .nan, 1_0, 1.2.3]"),
            "Array[Float(1), Float(0.5), Float(1000), Float(-0.15), String(\".\"), "
            "String(\"e3\"), Float(inf), Float(-inf), Float(NaN), String(\"1_0\"), "
            "String(\"1.2.3\")]");
  EXPECT_EQ(Read("0xFFFFFFFFFFFFFFFF"), "Float(18446744073709552000)");
  EXPECT_EQ(Read("a: 0x10000000000000000"),
            "YAML parse error: integer out of range at line 1 column 4");
}

TEST(YamlTest, Tags) {
  EXPECT_EQ(Read("[!!str 5, !!float 5, !!int '5', !!null ~, !!bool 'true', !!str]"),
            "Array[String(\"5\"), Float(5), Int(5), Null, Bool(true), String(\"\")]");
  EXPECT_EQ(Read("[!x 5, !x '5', &a !x \"5\", !x &b 5, !<y> 5]"),
            "Array[Int(5), String(\"5\"), String(\"5\"), Int(5), Int(5)]");
  EXPECT_EQ(Read("!!int x"), "YAML parse error: scalar that is no int at line 1 column 1");
}

TEST(YamlTest, AnchorsShareValues) {
  EXPECT_EQ(Read("a: &x [1]\nb: *x"), "Dict{a: Array[Int(1)], b: Array[Int(1)]}");
  EXPECT_EQ(Read("&a [*a]"),
            "YAML parse error: alias inside the node it stands for at line 1 column 5");
  std::string bomb = "- &a0 [x]\n";
  for (int i = 1; i < 30; ++i) {
    absl::StrAppend(&bomb, "- &a", i, " [*a", i - 1, ", *a", i - 1, "]\n");
  }
  EXPECT_TRUE(Read(bomb).starts_with("YAML parse error: aliases stand for too many nodes"));
}

TEST(YamlTest, RefusesWhatIsNoDocument) {
  for (const char* bad :
       {"a: 1\na: 2", "- a\nb: 1", "[1, 2", "{a: 1", "'x", "a: b: c", "*x", "--- 1\n--- 2",
        "a: \x01", "%YAML", "]", "a: [1\nb: 2", "!<", "&", "\tx: 1", "\"\\z\""}) {
    std::string error;
    EXPECT_TRUE(ParseYaml(bad, &error).Is(Kind::kUnset)) << bad;
    EXPECT_TRUE(error.starts_with("YAML parse error: ")) << bad << " " << error;
  }
  EXPECT_EQ(Read("a: 1\nb: 2\na: 3"), "YAML parse error: duplicate key at line 3 column 1");
  EXPECT_EQ(Read(std::string("\0\0a", 3)),
            "YAML parse error: control character at line 1 column 1");
}

TEST(YamlTest, NestingIsLimited) {
  for (const std::string& part : {"[", "{a: ", "- ", "? "}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += part;
    EXPECT_TRUE(Read(text).starts_with("YAML parse error: ")) << part;
  }
}

TEST(YamlTest, KeysBecomeText) {
  EXPECT_EQ(Read("1: a\n1.50: b\n~: c\n[x, 2]: d\n"),
            "Dict{1: String(\"a\"), 1.5: String(\"b\"), [x, 2]: String(\"d\"), null: "
            "String(\"c\")}");
}

TEST(YamlTest, WritesStrings) {
  const auto write = [](std::string_view text) { return Write(S(text)); };
  EXPECT_EQ(write(" a\n"), "|2\n   a\n");
  EXPECT_EQ(write("a\n\n"), "|+\n  a\n\n");
  EXPECT_EQ(write("\n"), "|2+\n\n");
  EXPECT_EQ(write("a \nb"), "\"a \\nb\"\n");
  EXPECT_EQ(write("a\nb\t"), "\"a\\nb\\t\"\n");
  EXPECT_EQ(write("it's: x"), "'it''s: x'\n");
  EXPECT_EQ(write("\x7f\u2028"), "\"\\u007F\\u2028\"\n");
  for (const char* plain : {"yes", "12:30", "it's", "x{y", "-a", ":a", "1_000", "0x", "a#b"}) {
    EXPECT_EQ(write(plain), absl::StrCat(plain, "\n"));
  }
  for (const char* quoted : {"", "~", "017", "+1", "1.", ".5", "---", "...x", "a:", "- a", "? a",
                             ",a", "a #b", "+", "-.inf"}) {
    const std::string expected = absl::StrCat("'", quoted, "'\n");
    EXPECT_EQ(write(quoted), std::string_view(quoted) == "+" ? "+\n" : expected);
  }
}

TEST(YamlTest, WritesKeys) {
  EXPECT_EQ(Write(D({{"a\nb", A({I(1)})}, {"1", D({{"x: y", Null()}})}})),
            "'1':\n  'x: y': null\n? |-\n  a\n  b\n:\n- 1\n");
  const std::string key(2000, 'k');
  EXPECT_EQ(Write(D({{key, I(1)}})), "? " + key + "\n: 1\n");
  std::string escaped;
  for (int i = 0; i < 500; ++i) escaped += "\\u007F";
  EXPECT_EQ(Write(D({{std::string(500, '\x7f'), I(1)}})), "? \"" + escaped + "\"\n: 1\n");
}

TEST(YamlTest, WritingNeedsNoStack) {
  constexpr size_t kDepth = 200'000;
  Ref value = I(1);
  for (size_t i = 0; i < kDepth; ++i) value = A({std::move(value)});
  std::string expected;
  for (size_t i = 0; i < kDepth; ++i) expected += "- ";
  EXPECT_TRUE(Write(value) == expected + "1\n");
}

}  // namespace
}  // namespace ruff
